package cli

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"electroscope/cmd/electroscope/cli/render"
	"electroscope/desktop/install"
	"electroscope/launcher"
	"electroscope/launcher/catalog"
)

// diffOnly says what --dry-run does for install and uninstall.
const diffOnly = "show what would change, as a diff, and change nothing"

// installOptions are the flags of install.
type installOptions struct {
	dry, check, flatpak, snap, slice, browser, watch bool
	path                                             string
}

func installCommand() *command {
	o := &installOptions{}
	return &command{
		name: "install", args: "[OPTIONS] [APP...]",
		summary: "Have apps started by electroscope from the desktop and by name",
		details: `
Without APP, every app of the catalogue that is found on this machine. Each gets
links in ~/.local/bin. Each of its desktop entries gets one of the same id in
~/.local/share/applications or ~/.config/autostart, which takes precedence: a
copy of the app's own in which the Exec lines start the link. An entry of yours
that is there already is changed in the same way, and the original kept aside;
so is a launcher on a panel or on the desktop that is a copy of an entry. What
else starts an app by a path, a shortcut or a script, is named: --check says it
each time.
Of several apps with one program an entry belongs to the one whose id it has, or
whose web app, profile or script it names; --check says which are left alone.

Run it again after an update of an app or of apps.toml: it changes what is out
of date, and nothing else. What it wrote is recorded in
~/.local/state/electroscope/install.json; electroscope uninstall removes it.

Flatpak and Snap start their apps in scopes of their own, outside of those made
here: --flatpak and --snap write the limits to where systemd looks for them. The
Chromium in an app does the same if the variable that keeps it in is lost: for
the names it may ask for, install writes drop-ins below ~/.config/systemd/user.
They keep it within the budget, and so any other Chromium or Electron that asks
for the same name.

A link in an app may start the default browser in the app's scope, under its
limits. --browser makes that browser an app, with a scope of its own and no
limits: ~/.config/electroscope/apps.d/NAME-browser.toml is yours to change.

--watch has a user service tell when an app is killed or slowed for its limits
(electroscope help watch), and starts it.

The exit status is 1 if something could not be done, and with --check if
something is out of date.`,
		flags: func(fs *flag.FlagSet) {
			dryRunFlag(fs, &o.dry, diffOnly)
			fs.BoolVar(&o.check, "check", false, "say what is missing or out of date, and change nothing")
			fs.StringVar(&o.path, "path", "", "use this `FILE` as the program of APP, such as an AppImage")
			fs.BoolVar(&o.flatpak, "flatpak", false, "limit the app's Flatpak too; APP may be the id of any Flatpak")
			fs.BoolVar(&o.snap, "snap", false, "limit the app's Snap too; APP may be the name of any Snap")
			fs.BoolVar(&o.browser, "browser", false, "have the default browser leave the scope of the app whose link starts it")
			fs.BoolVar(&o.watch, "watch", false, "run electroscope watch in each session")
			fs.BoolVar(&o.slice, "slice", false, "enforce the budget of all apps from login on")
		},
		run: o.install,
	}
}

func (o *installOptions) install(inv *invocation, args []string) error {
	if err := sandboxed(inv.process.Getenv); err != nil {
		return err
	}
	state, unlock, err := homeState(inv, !o.dry && !o.check)
	if err != nil {
		return err
	}
	defer unlock()
	request, apps, err := o.request(inv, inv.layers(), state, args)
	if err != nil {
		return err
	}
	plan := state.Plan(request)
	if !o.check {
		plan.Notes = withoutMinor(plan.Notes)
	}
	printNotes(inv, plan.Notes)
	switch {
	case o.dry:
		printDiff(inv.out, plan.Changes)
		return nil
	case o.check:
		printState(inv, plan.Changes)
		return nil
	}
	if carryOut(inv, state, plan) {
		checkPath(inv, state.Dirs.Bin, apps)
	}
	return nil
}

// carryOut applies a plan and prints what was done and what could not be. It reports
// whether everything was done.
func carryOut(inv *invocation, state install.State, plan install.Plan) (whole bool) {
	done, err := state.Apply(plan)
	if err == nil || len(done) > 0 {
		printDone(inv.out, done)
	}
	remindShells(inv, done)
	written := func(kind install.Kind) bool {
		return slices.ContainsFunc(done, func(c install.Change) bool { return c.Kind == kind && !c.Idle() })
	}
	if asked := written(install.Unit); asked || written(install.DropIn) {
		reload(inv, asked)
		restartWatch(inv, state.Dirs, done)
	}
	return !failEach(inv, err)
}

// failEach prints each part of what could not be done, and reports whether there was any.
func failEach(inv *invocation, err error) bool {
	if err == nil {
		return false
	}
	list := []error{err}
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		list = joined.Unwrap()
	}
	for _, e := range list {
		inv.fail(e.Error(), "")
	}
	return true
}

// request finds which of the apps are installed, and the units and layers to write.
func (o *installOptions) request(inv *invocation, layers catalog.Layers, state install.State, words []string) (install.Request, []catalog.App, error) {
	r := install.Request{}
	layers, words, err := o.extended(inv, layers, state, words, &r)
	if err != nil {
		return r, nil, err
	}
	layers = layers.Whole()
	apps, bare, err := o.selected(layers, state.Manifest, words)
	if err != nil {
		return r, nil, err
	}
	if r.Self, err = thisProgram(inv); err != nil {
		return r, nil, err
	}
	all, mistakes := layers.All()
	if len(words) == 0 && !slices.ContainsFunc(mistakes, func(m catalog.Diagnostic) bool { return !m.Warning }) {
		r.Known = keys(all.Apps, bare) // all of them: no table is missing because of a mistake
		noteStray(inv, state, all.Apps)
	}
	asked := len(apps)
	apps = enabledOf(inv, layers, apps, len(words) > 0, state.Manifest.Has)
	r.Files = slices.Concat(r.Files, o.units(inv, state, layers, apps, len(words) > 0), o.bareUnits(inv, state.Dirs, bare, len(words) > 0),
		o.watchUnits(state, r.Self))
	var here []catalog.App
	for _, app := range apps {
		if a, ok := o.find(inv, layers, state.Dirs, app, len(words) > 0); ok {
			r.Apps, here = append(r.Apps, a), append(here, app)
		} else if state.Manifest.Has(app.Key) && !o.packaged() {
			inv.fail(app.Key+" is installed here, but the app itself is not found any more", "electroscope uninstall "+app.Key+" removes its links and entries")
		}
	}
	r.Rivals = rivals(inv, layers, all.Apps, r.Apps)
	r.Files = append(r.Files, engineUnits(state.Dirs, here)...)
	if len(here) == 0 && len(r.Files) == 0 && len(apps) == asked && inv.status == 0 {
		inv.fail("no app of the catalogue is installed here", "electroscope explain APP says where it was looked for")
	}
	return r, here, nil
}

// extended returns the layers with what --path and --browser add to them, which goes into the
// request as files, and the words with the browser among them.
func (o *installOptions) extended(inv *invocation, layers catalog.Layers, state install.State, words []string, r *install.Request) (catalog.Layers, []string, error) {
	browser := ""
	if o.browser {
		var err error
		if layers, browser, err = addBrowser(inv, state, r); err != nil {
			return layers, nil, err
		}
	}
	if o.path != "" {
		file, err := o.layer(inv, state.Dirs, words)
		if err != nil {
			return layers, nil, err
		}
		if s, _, _ := layers.App(file.App); !s.App.Disabled {
			r.Files = append(r.Files, file)
		}
		layers = layers.With(catalog.Setting{Path: []string{"apps", file.App, "exec"}, Value: o.path})
	}
	if browser != "" && len(words) > 0 {
		words = append(slices.Clip(words), browser)
	}
	return layers, words, nil
}

func keys(lists ...[]catalog.App) []string {
	var keys []string
	for _, app := range slices.Concat(lists...) {
		keys = append(keys, app.Key)
	}
	return keys
}

// layer returns the layer of apps.toml that records where the program of an app is.
func (o *installOptions) layer(inv *invocation, places install.Dirs, words []string) (install.Text, error) {
	if len(words) != 1 {
		return install.Text{}, &usageError{"option \"--path\" goes with one APP", ""}
	}
	apps, err := selectApps(inv.layers(), words)
	if err != nil {
		return install.Text{}, err
	}
	if o.path, err = absolute(o.path, inv.process.Getenv("HOME")); err != nil {
		return install.Text{}, err
	}
	if info, err := os.Stat(o.path); err != nil {
		return install.Text{}, &usageError{fmt.Sprintf("--path: cannot use %q: %v", o.path, errors.Unwrap(err)), "name the file of the program"}
	} else if !info.Mode().IsRegular() {
		return install.Text{}, &usageError{fmt.Sprintf("--path: %q is not a regular file", o.path), "name the program itself"}
	} else if info.Mode()&0o111 == 0 {
		return install.Text{}, &usageError{fmt.Sprintf("--path: %q may not be executed", o.path), "chmod +x " + render.Quote(o.path)}
	}
	key := apps[0].Key
	text := fmt.Sprintf("# Written by electroscope install --path; electroscope uninstall %s removes it.\n[apps.%s]\nexec = [%s]\n", key, catalog.Quoted(key), catalog.Quoted(o.path))
	return install.Text{Path: places.Layer(strings.ReplaceAll(key, "/", "-") + "-path.toml"), App: key, Text: text, Kind: install.Layer}, nil
}

// find returns where an app is, or prints why it cannot be installed.
func (o *installOptions) find(inv *invocation, layers catalog.Layers, places install.Dirs, app catalog.App, named bool) (install.App, bool) {
	found, err := launcher.Locate(inv.process, app)
	behind := filepath.Base(found.Chain.Program)
	say := inv.note
	if named && !o.packaged() {
		say = inv.fail
	}
	switch {
	case err == nil && (behind == "snap" && o.snap || behind == "flatpak" && o.flatpak):
		return install.App{}, false // it gets a drop-in, and no link
	case err == nil && behind == "snap", err != nil && !o.packaged() && hasSnap(inv, app):
		say(app.Key+" is a Snap, which makes a scope of its own", "electroscope install --snap "+app.Key+" limits that")
	case err == nil && behind == "flatpak", err != nil && !o.packaged() && hasFlatpak(inv, places, app):
		say(app.Key+" is a Flatpak, which makes a scope of its own", "electroscope install --flatpak "+app.Key+" limits that")
	case err == nil:
		return appAt(inv, layers, app, found), true
	case named && !o.packaged():
		failed(inv.err, inv.style, launcher.Request{}, err)
		inv.status = statusFailed
	}
	return install.App{}, false
}
