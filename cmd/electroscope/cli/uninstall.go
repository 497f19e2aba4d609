package cli

import (
	"flag"
	"slices"

	"electroscope/desktop/install"
)

func uninstallCommand() *command {
	dry := false
	return &command{
		name: "uninstall", args: "[OPTIONS] [APP...]",
		summary: "Remove what install wrote, and leave the home as it was",
		details: `
Without APP, everything: links, entries, units, empty folders that install made,
and what launches keep in ~/.cache/electroscope and for this session. Files that
install changed are restored. A file that was edited since is kept and named. A
launcher that was made since and starts a link is led to the app's own program.`,
		flags: func(fs *flag.FlagSet) {
			dryRunFlag(fs, &dry, diffOnly)
		},
		run: func(inv *invocation, args []string) error {
			state, unlock, err := homeState(inv, !dry)
			if err != nil {
				return err
			}
			defer unlock()
			keys, err := recordedKeys(inv, state.Manifest, args)
			if err != nil {
				return err
			}
			plan := state.Undo(keys)
			printNotes(inv, plan.Notes)
			if dry {
				printDiff(inv.out, plan.Changes)
				return nil
			}
			var leftovers []string
			if len(args) == 0 {
				leftovers = removeLeftovers(inv)
				defer noteFixes(inv, state.Dirs)
			}
			if idle := !slices.ContainsFunc(plan.Changes, func(c install.Change) bool { return !c.Idle() }); idle && len(leftovers) > 0 {
				_, err := state.Apply(plan)
				failEach(inv, err)
				return nil
			}
			carryOut(inv, state, plan)
			return nil
		},
	}
}

// recordedKeys returns the keys of the apps that the words name. An app can be removed
// after it has left the catalogue.
func recordedKeys(inv *invocation, m install.Manifest, words []string) ([]string, error) {
	var keys []string
	for _, word := range words {
		if slices.ContainsFunc(m.Records, func(r install.Record) bool { return r.App == word }) {
			keys = append(keys, word)
			continue
		}
		apps, err := selectApps(inv.layers(), []string{word})
		if err != nil {
			return nil, err
		}
		keys = append(keys, apps[0].Key)
	}
	return keys, nil
}
