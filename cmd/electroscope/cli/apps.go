package cli

import (
	"cmp"
	"errors"
	"flag"
	"path/filepath"
	"strconv"
	"strings"

	"electroscope/cmd/electroscope/cli/render"
	"electroscope/launcher"
	"electroscope/launcher/catalog"
	"electroscope/launcher/cgroup"
	"electroscope/launcher/plan"
	"electroscope/monitor"
)

func appsCommand() *command {
	asJSON := false
	return &command{
		name: "apps", args: "[--json]",
		summary: "List the apps: what goes through electroscope, and what runs",
		details: `
LIMITS are memory and CPU, as MemoryMax and CPUQuota. RUNNING counts the scopes
that electroscope made for the app and that are there now; ? if the cgroup tree
cannot be read. LINK is the link by which the app is started under its name.`,
		flags: func(fs *flag.FlagSet) {
			fs.BoolVar(&asJSON, "json", false, "as JSON")
		},
		run: func(inv *invocation, args []string) error {
			list := installed(inv)
			if asJSON {
				return render.JSON(inv.out, list)
			}
			var rows [][]string
			for _, a := range list {
				rows = append(rows, a.cells(inv.process.Getenv("HOME")))
			}
			inv.out.Table([]string{"APP", "LIMITS", "RUNNING", "LINK", "PROGRAM"}, rows)
			return nil
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
	Link    string            `json:"link"`    // to electroscope, under one of the names; empty: none
	Running *int              `json:"running"` // scopes; null: not known
}

func installed(inv *invocation) []appRow {
	layers := inv.layers().Whole()
	all, mistakes := layers.All()
	for _, m := range mistakes {
		inv.note(m.Error(), m.Remedy)
	}
	running, known := scopes(inv.process.Cgroup, launcher.ReadDelegation(inv.process))
	folders := linkFolders(inv.process.Getenv)
	list := []appRow{}
	for _, app := range all.Apps {
		row := appRow{App: app.Key, Enabled: !app.Disabled, Names: app.Names, Limits: map[string]string{}}
		for _, l := range app.Limits {
			row.Limits[l.Name] = l.Text()
		}
		row.Default = len(app.Limits) > 0 && !app.IsLimited()
		p, err := planOf(inv, layers, app)
		var missing *launcher.ExitError
		if errors.As(err, &missing) {
			row.Why = missing.Text
		}
		if err == nil {
			row.Target, row.Program = p.Target, p.Chain.Program
		}
		row.Engine = render.EngineOf(p)
		row.Link = linkIn(folders, app.Names)
		if known {
			row.Running = count(running, app)
		}
		list = append(list, row)
	}
	return list
}

// planOf is what a launch of the app would be. One that is not installed, as most of a large
// catalogue are not, has no plan but its settings.
func planOf(inv *invocation, layers catalog.Layers, app catalog.App) (p plan.Plan, err error) {
	if _, err = launcher.Locate(inv.process, app); err == nil {
		p, err = launcher.Prepare(inv.process, launcher.Request{Name: app.Names[0], Layers: layers})
	}
	p.Settings.App = app
	return p, err
}

func count(scopes []cgroup.Group, app catalog.App) *int {
	n := 0
	for _, g := range scopes {
		if monitor.IsScopeOf(g, app) {
			n++
		}
	}
	return &n
}

// cells are the columns of an app in the table.
func (a appRow) cells(home string) []string {
	limits := cmp.Or(a.Limits["MemoryMax"], "-") + " / " + cmp.Or(a.Limits["CPUQuota"], "-")
	if a.Default {
		limits += " (default)"
	}
	if !a.Enabled {
		limits = "off"
	}
	running := "?"
	if a.Running != nil {
		running = strconv.Itoa(*a.Running)
	}
	program := cmp.Or(shortened(a.Target, home), "not installed")
	if !a.Enabled {
		program += " (enabled = false)"
	}
	return []string{a.App, limits, running, cmp.Or(shortened(a.Link, home), "-"), program}
}

// shortened writes the home folder as ~.
func shortened(path, home string) string {
	if below, ok := strings.CutPrefix(path, filepath.Clean(home)+"/"); ok && home != "" {
		return "~/" + below
	}
	return path
}
