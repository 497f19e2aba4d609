package cli

import (
	"cmp"
	"fmt"

	"electroscope/launcher"
	"electroscope/launcher/catalog"
)

func configCommand() *command {
	return &command{
		name: "config", args: "check|show|path",
		summary: "Check the layers of apps.toml, show what they come to, list them",
		details: `
check  reads every layer strictly; each mistake with file, line and column; exit
       status 1 if there is one. Then tells the limits that follow from memory,
       cpus or MemoryMax, and whether limits are enforced here.
show   the merged apps.toml, each value with its origin. Of two keys for one
       limit, the one that does not hold is shown as a comment.
path   the places that are looked at, the lowest layer first.`,
		run: func(t *toolbox, args []string) error {
			if len(args) != 1 {
				return &usageError{"config what?"}
			}
			layers := t.layers()
			switch args[0] {
			case "check":
				return checkConfig(t, layers)
			case "show":
				_, err := fmt.Fprint(t.out, layers.Show())
				return err
			case "path":
				for _, s := range layers.Sources() {
					fmt.Fprintf(t.out, "%-12s %s%s\n", s.Kind, s.Name, state(s))
				}
				return nil
			}
			return &usageError{fmt.Sprintf("config %s?", args[0])}
		},
	}
}

func state(s catalog.Source) string {
	switch {
	case s.Absent:
		return " (absent)"
	case s.Mistake != nil:
		return " (not used: " + s.Mistake.Reason + ")"
	}
	return ""
}

func checkConfig(t *toolbox, layers catalog.Layers) error {
	all, mistakes := layers.All()
	mistakes = append(mistakes, commandLines(t.world, all, layers)...)
	errors := 0
	for _, m := range mistakes {
		text := m.Error()
		if m.Warning {
			text = "warning: " + text
		} else {
			errors++
		}
		complain(t.err, text, m.Remedy)
	}
	if errors > 0 {
		t.status = 1
	} else {
		fmt.Fprintln(t.out, "no mistakes")
	}
	for _, line := range heldBy(all, layers) {
		fmt.Fprintln(t.out, line)
	}
	fmt.Fprintln(t.out, cmp.Or(unenforced(limitProperties(all), launcher.ReadDelegation(t.world)), "limits are enforced here"))
	return nil
}
