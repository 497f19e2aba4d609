package cli

import (
	"flag"
	"fmt"
	"slices"
	"strings"

	"electroscope"
	"electroscope/desktop/appstoml"
	"electroscope/desktop/install"
	"electroscope/launcher/catalog"
)

func removeCommand() *command {
	dry := false
	return &command{
		name: "remove", args: "[OPTIONS] APP",
		summary: "Take an app out of your apps.toml, and uninstall it",
		details: `
The tables [apps.APP] of ~/.config/electroscope/apps.toml go, with the comments
directly above them, be they written by electroscope add or by you. What install
wrote for the app goes too, unless another layer of apps.toml has the app.`,
		flags: func(fs *flag.FlagSet) { dryRunFlag(fs, &dry, diffOnly) },
		run: func(inv *invocation, args []string) error {
			return remove(inv, args[0], dry)
		},
	}
}

func remove(inv *invocation, name string, dry bool) error {
	if err := sandboxed(inv.process.Getenv); err != nil {
		return err
	}
	state, unlock, err := homeState(inv, !dry)
	if err != nil {
		return err
	}
	defer unlock()
	file, err := install.ReadText(userCatalogue(state.Dirs))
	if err != nil {
		return err
	}
	key := name
	if s, _, known := inv.layers().App(name); known && appstoml.Line(file.Text, name) == 0 {
		key = s.App.Key
	}
	rest, ended, err := appstoml.Remove(file.Text, key)
	if err != nil {
		return fmt.Errorf("%q %w", file.Path, err)
	}
	if rest == file.Text {
		return notThere(inv, file, key)
	}
	printTextDiff(inv.out, file, rest)
	others := knownBesides(inv, file.Path, key)
	if others != "" {
		inv.note(fmt.Sprintf("%s stays an app, by %s", key, others), "what install wrote for it stays; electroscope uninstall "+key+" removes that")
	} else if err := undo(inv, state, key, dry); err != nil || inv.status != 0 {
		return err
	}
	switch {
	case dry:
		return nil
	case ended:
		return file.Remove(state.Dirs.Home)
	}
	return file.Write(rest)
}

// undo takes back what install wrote for an app.
func undo(inv *invocation, state install.State, key string, dry bool) error {
	plan := state.Undo([]string{key})
	printNotes(inv, plan.Notes)
	if dry && len(pending(plan.Changes)) > 0 {
		printDiff(inv.out, plan.Changes)
	} else if !dry && len(plan.Changes) > 0 {
		carryOut(inv, state, plan)
	}
	return nil
}

// knownBesides names the layers other than a file that have an app.
func knownBesides(inv *invocation, file, key string) string {
	var list []string
	for _, place := range tablesOfApp(inv, key) {
		if !strings.HasPrefix(place, file+":") {
			list = append(list, place)
		}
	}
	if shipped, _ := catalog.ReadLayers(func(string) string { return "" }, electroscope.Apps).All(); slices.ContainsFunc(shipped.Apps, func(a catalog.App) bool { return a.Key == key }) {
		list = append(list, "the shipped apps.toml")
	}
	return strings.Join(list, " and ")
}

// notThere returns the error that the user's file has no table of an app, with what has.
func notThere(inv *invocation, file install.UserText, key string) error {
	text := fmt.Sprintf("%q has no table [apps.%s]", file.Path, key)
	if others := knownBesides(inv, file.Path, key); others != "" {
		return &usageError{text + "; the app is known by " + others, "[apps." + key + "] enabled = false leaves it alone; electroscope uninstall " + key + " removes its links"}
	}
	var own []string
	all, _ := inv.layers().All()
	for _, a := range all.Apps {
		if appstoml.Line(file.Text, a.Key) > 0 {
			own = append(own, a.Key)
		}
	}
	remedy := didYouMean(catalog.Nearest(key, own))
	if remedy == "" && own != nil {
		remedy = "it has: " + strings.Join(own, ", ")
	}
	return &usageError{text, remedy}
}
