package plan

import (
	"cmp"
	"slices"

	"electroscope/launcher/catalog"
	"electroscope/launcher/chromium"
	"electroscope/launcher/engine"
	"electroscope/launcher/systemd"
	"electroscope/launcher/unitname"
	"electroscope/launcher/wrapper"
)

// A Plan is what a launch does.
type Plan struct {
	App        string // key in the catalogue; empty for a program outside it
	Target     string // absolute path
	Chain      wrapper.Chain
	Engine     engine.Engine // as far as it could be examined
	Argv       []string
	EnvAdded   []string     // NAME=value
	EnvRemoved []string     // names of inherited variables that the app does not get, or with another value
	Unit       systemd.Unit // zero if Within is set
	Within     string       // the unit of ours that the launch stays in
	Left       []LeftLimit  // limits of the units that it leaves
	Settings   catalog.Settings
	Disabled   bool   // enabled = false: the target alone runs, as if electroscope were not there
	Vendor     string // of the graphics card whose [gpu] table counted; empty for a native program
	Notes      []Note
}

// Decide decides everything. It calls onScope with the scope as soon as that is
// decided, if the launch gets one; nil calls nothing.
func Decide(f Facts, onScope func(systemd.Unit)) Plan {
	if f.Shell {
		return decideShell(f, onScope)
	}
	p := Plan{App: f.Settings.App.Key, Target: f.Program.Path, Chain: f.Program.Chain, Settings: f.Settings, Notes: f.Notes}
	if p.Settings.App.Disabled {
		p.Disabled, p.Argv = true, f.bare()
		return p
	}
	app := &p.Settings.App
	app.Runtime = cmp.Or(app.Runtime, f.Inspection.Runtime, chromium.Native)
	if slices.Contains(app.Unset, SandboxVariable) {
		app.Escape.Env = catalog.EscapeNever // guards are left
	}
	p.Notes = append(p.Notes, f.contradicts(f.Settings.App)...)
	h := planHold(*app, f.asks(*app), f.reaches(p.Chain), f.PID, p.getenv(f, "CHROME_DESKTOP"))
	p.scope(f, h)
	if p.Within == "" && onScope != nil {
		onScope(p.Unit)
	}
	var switches SwitchFacts
	if app.Runtime != chromium.Native {
		switches = f.Switches(*app)
		p.Engine, p.Vendor = switches.Engine.Engine, switches.vendor()
	}
	p.command(switches, f, h)
	return p
}

// bare is the command line of the app without anything of ours.
func (f Facts) bare() []string { return append([]string{f.Argv0}, f.Args...) }

// scope decides whether the launch stays in the scope of ours that it was started in.
// A program outside the catalogue leaves an app's scope if its main process might: it is held in a scope of its own, with drop-ins beside it.
func (p *Plan) scope(f Facts, h hold) {
	app := p.Settings.App
	group := GroupSlice(app, f.Caller)
	if f.Caller.within(app, group) && (h.whole() || unitname.IsScopeOf(f.Caller.Group.Unit(), app.ID)) {
		p.Within = f.Caller.Group.Unit()
		return
	}
	if groups := leaving(f.Caller.Group, group); len(groups) > 0 {
		p.Left = f.Left(groups)
	}
	var notes []Note
	p.Unit, notes = planUnit(p.Settings, f, p.Left, h)
	p.Notes = append(p.Notes, notes...)
}

// GroupSlice is the slice of all apps together. An app that a session manager
// started in the background stays there (uwsm app -s b).
func GroupSlice(app catalog.App, c Caller) string {
	switch {
	case app.Slice != "":
		return app.Slice + unitname.SliceExtension
	case c.background():
		return backgroundSlice
	}
	return AppsSlice
}

// AppsSlice holds all apps that are not in the background, backgroundSlice those that are.
const (
	AppsSlice       = "app-electron.slice"
	backgroundSlice = "background-electron.slice"
)

// AppSlice is where a launch puts the app, if it is not started in the background.
func AppSlice(app catalog.App) string {
	group := GroupSlice(app, Caller{})
	if app.Instances == catalog.Shared {
		return sharedSlice(app, group)
	}
	return group
}

// SharedSlices are where launches of an app may be whose instances share one cap: in the foreground
// and in the background.
func SharedSlices(app catalog.App) []string {
	return []string{sharedSlice(app, GroupSlice(app, Caller{})), sharedSlice(app, backgroundSlice)}
}

// sharedSlice holds all launches of an app whose instances share one cap.
func sharedSlice(app catalog.App, group string) string {
	return unitname.SliceIn(group, app.Key)
}
