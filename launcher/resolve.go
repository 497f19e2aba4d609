package launcher

import (
	"path/filepath"
	"slices"

	"electroscope/launcher/catalog"
	"electroscope/launcher/cgroup"
	"electroscope/launcher/plan"
	"electroscope/launcher/program"
	"electroscope/launcher/self"
	"electroscope/launcher/wrapper"
)

// A Request is what is to be launched.
type Request struct {
	Name    string   // a name of the catalogue, as in argv[0]
	Command string   // or a program outside it: a path, or a name on PATH
	Args    []string // without argv[0]
	Layers  catalog.Layers
}

// resolved is what a request refers to: the facts to decide by, and the launches
// before this one.
type resolved struct {
	facts plan.Facts
	past  past

	leaving func(cgroup.Group) // is called when it is certain that the app leaves its caller's group; nil if nobody asks
}

// resolve finds the settings and the program of a request, and gathers the facts. What
// it has found so far is in s, whatever happens.
func resolve(w Process, r Request, s *resolved) error {
	if r.Command != "" {
		return resolveCommand(w, r, s)
	}
	settings, diagnostics, known := r.Layers.App(r.Name)
	if !known {
		return resolveUnknown(w, r, s)
	}
	return resolveApp(w, r, settings, diagnostics, s)
}

func resolveCommand(w Process, r Request, s *resolved) error {
	settings, diagnostics := r.Layers.Default()
	settings.App = adHocApp(settings.App, r.Command)
	return resolveApp(w, r, settings, diagnostics, s)
}

func resolveApp(w Process, r Request, settings catalog.Settings, diagnostics []catalog.Diagnostic, s *resolved) error {
	*s = resolved{leaving: s.leaving, facts: plan.Facts{Settings: settings, Args: settings.App.CommandLine(r.Args), Argv0: r.Command, Caller: w.caller(settings.App.ID)}}
	f := &s.facts
	f.Notes = append(slices.Clip(w.notes), diagnosticNotes(diagnostics)...)
	s.past = readPast(w, f.Caller, settings.App)
	if s.leaving != nil && !settings.App.Disabled && !s.past.inside {
		s.leaving(f.Caller.Group)
	}
	f.SetByUser = func(key string) bool {
		layer := r.Layers.Origin(settings.App.Key, key).Layer
		return layer != "" && layer != catalog.Shipped
	}
	app, own := settings.App, w.program()
	if own.InStore() && r.Command == "" && !f.SetByUser("exec") {
		app.Exec = slices.Concat(fronted(w), app.Exec)
	}
	var err error
	f.Program, err = find(w, own, app, f.Args, s.past.guard(w))
	if err != nil {
		return withNotes(err, f.Notes)
	}
	f.Notes = append(f.Notes, ownScopeNotes(w, settings.App, f.Program)...)
	if f.Argv0 == "" {
		f.Argv0 = f.Program.Path
	}
	if !settings.App.Disabled {
		gather(w, f)
	}
	return nil
}

// adHocApp is the app made up for a program that the catalogue does not know.
func adHocApp(app catalog.App, command string) catalog.App {
	app.ID = filepath.Base(command)
	app.Exec = []string{command}
	app.Names = nil
	app.Runtime = ""
	return app
}

// program is the one that runs. Without /proc it is not known, and the mark in the
// environment is left.
func (w Process) program() self.Program { return self.At(w.Proc + "/self/exe") }

func find(w Process, own self.Program, app catalog.App, args []string, guard func(program.Target) string) (program.Target, error) {
	search := wrapper.Search{
		Path: w.Getenv("PATH"), Dir: w.Dir, Self: own, Links: app.Names, Args: args, Env: w.as(app).lookupEnv, Runners: app.Runners,
	}
	t, err := program.Find(app.Exec, search, guard)
	if err != nil && w.seen != nil {
		search.Path, _ = lookup(w.Env, "PATH") // nowhere else: then it may be where nothing answers
		t, err = program.Find(app.Exec, search, guard)
	}
	return t, notFound(err)
}

// Locate finds the program that a launch of the app would run, and nothing more.
func Locate(w Process, app catalog.App) (program.Target, error) {
	return find(w, w.program(), app, app.Args, nil)
}

// Prepare decides everything and does nothing.
func Prepare(w Process, r Request) (plan.Plan, error) {
	var s resolved
	if err := resolve(w, r, &s); err != nil {
		return plan.Plan{}, err
	}
	p := plan.Decide(s.facts, nil)
	if p.Unit.Name != "" {
		p.Notes = append(p.Notes, foreseen(p.Unit, w.foundDropIns(p.Unit.Name))...)
	}
	return p, nil
}
