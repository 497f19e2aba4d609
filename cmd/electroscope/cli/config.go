package cli

import (
	"fmt"
	"slices"
	"strings"

	"electroscope/cmd/electroscope/cli/render"
	"electroscope/launcher"
	"electroscope/launcher/catalog"
	"electroscope/launcher/limit"
)

func configCommand() *command {
	return &command{
		name: "config", args: "check|show|path",
		summary: "Check the layers of apps.toml, show them merged, list them",
		details: `
check  report every mistake in every layer, with file, line and column; exit
       status 1 if there is one. Then list the limits that follow from memory,
       cpus or MemoryMax, and say whether limits are enforced here.
show   print the merged apps.toml, each value with its origin. If two keys set
       one limit, the one that is not used is a comment.
path   list the places that are read, the lowest layer first.`,
		run: func(inv *invocation, args []string) error {
			layers := inv.layers()
			switch args[0] {
			case "check":
				return checkConfig(inv, layers)
			case "show":
				_, err := fmt.Fprint(inv.out, layers.Show())
				return err
			default: // path
				for _, s := range layers.Sources() {
					fmt.Fprintf(inv.out, "%-12s %s%s\n", s.Kind, s.Name, state(s))
				}
			}
			return nil
		},
	}
}

func state(s catalog.Source) string {
	switch {
	case s.Absent:
		return " (absent)"
	case s.Diagnostic != nil:
		return " (not used: " + s.Diagnostic.Reason + ")"
	}
	return ""
}

func checkConfig(inv *invocation, layers catalog.Layers) error {
	layers = layers.Whole()
	all, mistakes := layers.All()
	mistakes = append(mistakes, commandLines(inv.process, all, layers)...)
	for _, m := range mistakes {
		if m.Warning {
			inv.note(m.Error(), m.Remedy)
		} else {
			inv.fail(m.Error(), m.Remedy)
		}
	}
	if inv.status == 0 {
		fmt.Fprintln(inv.out, "no mistakes")
	}
	for _, line := range heldBy(all, layers) {
		fmt.Fprintln(inv.out, line)
	}
	render.Enforcement(inv.out, limitProperties(all), launcher.ReadDelegation(inv.process))
	return nil
}

// heldBy returns a line for each limit of an app that follows from memory, cpus or a MemoryMax
// that was changed alone: apps.toml does not have it as such.
func heldBy(c catalog.Catalog, layers catalog.Layers) []string {
	var lines []string
	for _, app := range c.Apps {
		if app.Disabled {
			continue
		}
		for _, key := range []string{"memory", "MemoryMax", "cpus"} {
			var limits []string
			for _, l := range app.Limits {
				if l.From == key && !l.Default {
					limits = append(limits, l.Name+" "+l.Text())
				}
			}
			if limits == nil {
				continue
			}
			path := []string{key}
			if key == "MemoryMax" {
				path = []string{"limits", key}
			}
			origin := layers.Origin(app.Key, path...)
			lines = append(lines, fmt.Sprintf("%s: %s, by %s = %s (%s)", app.Key, strings.Join(limits, ", "), key, render.OneLine(origin.Source), origin))
		}
	}
	return lines
}

// limitProperties returns the properties of the limits that any app of the catalogue has.
func limitProperties(c catalog.Catalog) []string {
	var names []string
	for _, app := range append(c.Apps, c.Defaults) {
		for _, l := range app.Limits {
			if row, _ := limit.ByName(l.Name); !slices.Contains(names, row.Property) {
				names = append(names, row.Property)
			}
		}
	}
	return names
}
