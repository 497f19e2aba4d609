package cli

import (
	"fmt"
	"slices"
	"strings"

	"electroscope/cmd/electroscope/cli/render"
	"electroscope/launcher"
	"electroscope/launcher/catalog"
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
		run: func(t *toolbox, args []string) error {
			layers := t.layers()
			switch args[0] {
			case "check":
				return checkConfig(t, layers)
			case "show":
				_, err := fmt.Fprint(t.out, layers.Show())
				return err
			default: // path
				for _, s := range layers.Sources() {
					fmt.Fprintf(t.out, "%-12s %s%s\n", s.Kind, s.Name, state(s))
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
	case s.Mistake != nil:
		return " (not used: " + s.Mistake.Reason + ")"
	}
	return ""
}

func checkConfig(t *toolbox, layers catalog.Layers) error {
	all, mistakes := layers.All()
	mistakes = append(mistakes, commandLines(t.world, all, layers)...)
	for _, m := range mistakes {
		if m.Warning {
			t.note(m.Error(), m.Remedy)
		} else {
			t.fail(m.Error(), m.Remedy)
		}
	}
	if t.status == 0 {
		fmt.Fprintln(t.out, "no mistakes")
	}
	for _, line := range heldBy(all, layers) {
		fmt.Fprintln(t.out, line)
	}
	render.Enforcement(t.out, limitProperties(all), launcher.ReadDelegation(t.world))
	return nil
}

// heldBy tells, app by app, of limits that come from memory, cpus or a MemoryMax that was
// changed alone: in apps.toml they stand nowhere as such.
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

// limitProperties are the properties of the limits that any app of the catalogue has.
func limitProperties(c catalog.Catalog) []string {
	var names []string
	for _, app := range append(c.Apps, c.Defaults) {
		for _, l := range app.Limits {
			name := l.Name
			if name == "CPUQuota" {
				name = "CPUQuotaPerSecUSec"
			}
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	return names
}
