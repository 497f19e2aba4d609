package cli

import (
	"errors"
	"flag"
	"fmt"
	"strings"
	"text/tabwriter"

	"electroscope/cmd/electroscope/cli/render"
	"electroscope/launcher"
)

func appsCommand() *command {
	asJSON := false
	return &command{
		name: "apps", args: "[--json]",
		summary: "List the catalogue: what is installed, where, and which engine it has",
		flags: func(fs *flag.FlagSet) {
			fs.BoolVar(&asJSON, "json", false, "as JSON")
		},
		run: func(t *toolbox, args []string) error {
			if len(args) > 0 {
				return &usageError{fmt.Sprintf("apps takes no words, %q is one", args[0])}
			}
			list := installed(t)
			if asJSON {
				return render.JSON(t.out, list)
			}
			w := tabwriter.NewWriter(t.out, 0, 0, 2, ' ', 0)
			fmt.Fprintln(w, "APP\tNAMES\tLIMITS\tENGINE\tPROGRAM")
			for _, a := range list {
				program := a.Target
				if program == "" {
					program = "not installed"
				}
				if !a.Enabled {
					program += " (enabled = false)"
				}
				fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", a.App, strings.Join(a.Names, " "), a.limits, a.engine, program)
			}
			return w.Flush()
		},
	}
}

// An appRow is one app of the catalogue in JSON. Keys stay as they are.
type appRow struct {
	App     string            `json:"app"`
	Enabled bool              `json:"enabled"`
	Names   []string          `json:"names"`
	Target  string            `json:"target"`  // empty: not installed
	Program string            `json:"program"` // the ELF behind it, empty: cannot be seen
	Why     string            `json:"why"`     // why there is no target
	Limits  map[string]string `json:"limits"`
	Default bool              `json:"default_cap"` // the limits are those that [defaults] has for apps without
	Engine  render.EngineJSON `json:"engine"`

	limits, engine string
}

func installed(t *toolbox) []appRow {
	layers := t.layers()
	all, mistakes := layers.All()
	for _, m := range mistakes {
		complain(t.err, m.Error(), m.Remedy)
	}
	list := []appRow{}
	for _, app := range all.Apps {
		row := appRow{App: app.Key, Enabled: !app.Disabled, Names: app.Names, Limits: map[string]string{}}
		for _, l := range app.Limits {
			row.Limits[l.Name] = l.Text()
		}
		row.Default = len(app.Limits) > 0 && !app.IsLimited()
		row.limits = limitsText(row)
		p, err := launcher.Prepare(t.world, launcher.Request{Name: app.Names[0], Layers: layers})
		var missing *launcher.ExitError
		if errors.As(err, &missing) {
			row.Why = missing.Text
		}
		p.Settings.App = app
		if err == nil {
			row.Target, row.Program = p.Target, p.Chain.Program
		}
		row.Engine = render.EngineOf(p)
		row.engine = render.EngineText(p)
		list = append(list, row)
	}
	return list
}

// limitsText is MemoryHigh and MemoryMax as the table has them.
func limitsText(row appRow) string {
	if !row.Enabled {
		return "off"
	}
	text := fmt.Sprintf("%s/%s", orNone(row.Limits["MemoryHigh"]), orNone(row.Limits["MemoryMax"]))
	if row.Default {
		text += " (default)"
	}
	return text
}

func orNone(s string) string {
	if s == "" {
		return "-"
	}
	return s
}
