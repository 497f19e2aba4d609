package cli

import (
	"flag"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"electroscope/cmd/electroscope/cli/render"
	"electroscope/desktop/appstoml"
	"electroscope/desktop/install"
	"electroscope/desktop/newapp"
	"electroscope/launcher"
	"electroscope/launcher/catalog"
)

// addOptions are the flags of add.
type addOptions struct {
	dry, noInstall, profile, flatpak      bool
	memory, cpus, id, name, icon, browser string
}

func addCommand() *command {
	o := &addOptions{}
	return &command{
		name: "add", args: "[OPTIONS] NAME|FILE|URL",
		summary: "Add an app to your apps.toml, and install it",
		details: `
NAME is a program on PATH, or the id of a desktop entry. FILE is a desktop
entry, an AppImage or another program. URL is a web app: a browser of Chromium's
family shows it in a window of its own. What the app is, is found out: its
program and arguments, its desktop entry, its engine. An AppImage and a web app
get an entry in the menu.

The table is put at the end of ~/.config/electroscope/apps.toml; what is there
stays as it is. It has the limits given here; without any, those of [defaults]
hold. Then the app is installed, as electroscope install does it. electroscope
remove takes both back.`,
		flags: func(fs *flag.FlagSet) {
			dryRunFlag(fs, &o.dry, "show what would be written, as a diff, and change nothing")
			fs.BoolVar(&o.noInstall, "no-install", false, "write the table, and no links and entries")
			fs.StringVar(&o.memory, "memory", "", "`SIZE`: memory it may use; default: that of [defaults]")
			fs.StringVar(&o.cpus, "cpus", "", "`NUMBER`: CPUs it may keep busy; default: that of [defaults]")
			fs.StringVar(&o.name, "name", "", "`NAME` in the menu, from which the one that is typed is made")
			fs.StringVar(&o.id, "id", "", "`ID` of its desktop entry, without .desktop")
			fs.StringVar(&o.icon, "icon", "", "icon of the entry that is made: a name, or a `FILE`")
			fs.StringVar(&o.browser, "browser", "", "of a URL: the `PROGRAM` that shows it; default: the first that is found")
			fs.BoolVar(&o.profile, "profile", false, "of a URL: give it a profile of its own, and so a process of its own")
			fs.BoolVar(&o.flatpak, "flatpak", false, "NAME is the id of a Flatpak")
		},
		run: o.run,
	}
}

func (o *addOptions) run(inv *invocation, args []string) error {
	if err := sandboxed(inv.process.Getenv); err != nil {
		return err
	}
	app, err := o.add(inv, args[0])
	if err != nil || o.noInstall || inv.status != 0 {
		return err
	}
	then := installOptions{dry: o.dry, flatpak: app.Flatpak != "", snap: app.Snap != ""}
	return then.install(inv, []string{app.Key})
}

// add writes the table. In a dry run the invocation is left with the table as a layer, for
// what would be installed.
func (o *addOptions) add(inv *invocation, what string) (newapp.App, error) {
	state, unlock, err := homeState(inv, !o.dry)
	if err != nil {
		return newapp.App{}, err
	}
	defer unlock()
	app, err := o.app(inv, state, what)
	if err != nil {
		return app, err
	}
	table := app.Table("electroscope add " + catalog.Quoted(what))
	if err := o.check(inv, app, table); err != nil {
		return app, err
	}
	file, err := install.ReadText(userCatalogue(state.Dirs))
	if err != nil {
		return app, err
	}
	text, err := appstoml.Append(file.Text, table)
	if err != nil {
		return app, fmt.Errorf("cannot add to %q: %w", file.Path, err)
	}
	printTextDiff(inv.out, file, text)
	o.sayLimits(inv, app, table)
	if o.dry {
		inv.process.Env = withTable(inv.process.Env, table)
		return app, nil
	}
	return app, file.Write(text)
}

// userCatalogue is the file that add and remove edit.
func userCatalogue(dirs install.Dirs) string {
	return filepath.Join(dirs.Config, "electroscope/apps.toml")
}

// check returns an error if an app of that name is there, if the name is another program's,
// or if the table has a mistake: a limit that cannot be, say.
func (o *addOptions) check(inv *invocation, app newapp.App, table string) error {
	names := app.Names
	if names == nil {
		names = []string{app.Key}
	}
	layers := inv.layers()
	for _, name := range append(slices.Clone(names), app.Key) {
		if s, _, taken := layers.App(name); taken {
			return takenBy(inv, s.App.Key, name)
		}
	}
	if len(app.Exec) > 0 {
		if _, err := launcher.Locate(inv.process, catalog.App{Exec: app.Exec, Names: names}); err != nil {
			return err
		}
		if other := inTheWay(inv, names, app.Exec[0]); other != "" {
			return &usageError{fmt.Sprintf("a link %q would stand before %q", app.Key, other), "give the app another name: --name=NAME"}
		}
	}
	_, mistakes, _ := o.with(inv, table).App(app.Key)
	for _, m := range mistakes {
		if strings.HasPrefix(m.File, "environment") && !m.Warning {
			return &usageError{m.Key + ": " + m.Reason, m.Remedy}
		}
	}
	return nil
}

// with returns the layers with a table above them.
func (o *addOptions) with(inv *invocation, table string) catalog.Layers {
	later := *inv
	later.process.Env = withTable(inv.process.Env, table)
	return later.layers()
}

// withTable returns an environment in which a table is a layer of apps.toml.
func withTable(env []string, table string) []string {
	const variable = "ELECTROSCOPE_SET="
	i := slices.IndexFunc(env, func(e string) bool { return strings.HasPrefix(e, variable) })
	if i < 0 {
		return append(slices.Clip(env), variable+table)
	}
	env = slices.Clone(env)
	env[i] += "\n" + table
	return env
}

// takenBy returns the error that an app is there already, with its place.
func takenBy(inv *invocation, key, name string) error {
	text := fmt.Sprintf("%q is an app already", name)
	for _, place := range tablesOfApp(inv, key) {
		return &usageError{text + ": [apps." + key + "] is at " + place, "edit it there; electroscope remove " + key + " takes it out"}
	}
	return &usageError{text + ", " + key + " of the catalogue", "electroscope install " + key + " makes its link; [apps." + key + "] in apps.toml changes its limits"}
}

// tablesOfApp returns FILE:LINE of each file that has tables of an app, the one that counts most
// first.
func tablesOfApp(inv *invocation, key string) []string {
	var list []string
	for _, s := range slices.Backward(inv.layers().Sources()) {
		if s.Kind != catalog.User && s.Kind != catalog.System || s.Absent {
			continue
		}
		file, err := install.ReadText(s.Name)
		if err != nil {
			continue // the layers have told of it
		}
		if line := appstoml.Line(file.Text, key); line > 0 {
			list = append(list, fmt.Sprintf("%s:%d", s.Name, line))
		}
	}
	return list
}

// sayLimits says what the app may use, and that nobody asked for it if that is so.
func (o *addOptions) sayLimits(inv *invocation, app newapp.App, table string) {
	s, _, _ := o.with(inv, table).App(app.Key)
	var limits []string
	given := false
	for _, l := range s.App.Limits {
		limits = append(limits, l.Name+" "+l.Text())
		given = given || !l.Default
	}
	switch {
	case limits == nil:
		inv.note(app.Key+" has no limits: [defaults] has none", "")
	case !given:
		fmt.Fprintf(inv.out, "limits   %s, by [defaults]; --memory and --cpus give it its own\n", strings.Join(limits, ", "))
	default:
		fmt.Fprintf(inv.out, "limits   %s\n", strings.Join(limits, ", "))
	}
}

// printTextDiff prints what becomes of a file's text.
func printTextDiff(out *render.Writer, file install.UserText, text string) {
	oldName := file.Path
	if file.Text == "" {
		oldName = "/dev/null"
	}
	render.Diff(out, oldName, file.Text, file.Path, text)
}
