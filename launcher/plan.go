package launcher

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"electroscope/launcher/catalog"
	"electroscope/launcher/engine"
	"electroscope/launcher/machine"
	"electroscope/launcher/program"
	"electroscope/launcher/systemd"
	"electroscope/launcher/wrapper"
)

// A Request is what is to be launched.
type Request struct {
	Name    string   // a name of the catalogue, as in argv[0]
	Command string   // or a program outside it: a path, or a name on PATH
	Args    []string // without argv[0]
	Layers  catalog.Layers
}

// A Plan is what would run.
type Plan struct {
	App      string // key in the catalogue; empty for a program outside it
	Target   string // absolute path
	Chain    wrapper.Chain
	Engine   engine.Engine // what could be seen of it
	Argv     []string
	EnvAdded []string     // NAME=value
	Unit     systemd.Unit // zero where Within is set
	Within   string       // the unit of ours that the launch stays in
	Settings catalog.Settings
	Disabled bool   // enabled = false: the target alone runs, as if electroscope were not there
	Vendor   string // of the graphics card, by whose wishes it went; empty for a native program
	Notes    []Note
}

// A subject is what a launch is about, before it is decided what to do with it.
type subject struct {
	settings catalog.Settings
	place    Place
	target   program.Target
	past     past
	sight    sight
	hold     hold
	argv0    string
	notes    []Note
}

// resolve finds the settings and the program of a request.
func resolve(w World, r Request) (subject, error) {
	var s subject
	var mistakes []catalog.Mistake
	if r.Command != "" {
		s.settings, mistakes = r.Layers.Default()
		s.settings.App = outsider(s.settings.App, r.Command)
		s.argv0 = r.Command
	} else {
		var known bool
		s.settings, mistakes, known = r.Layers.App(r.Name)
		if !known {
			return stray(w, r)
		}
	}
	s.notes = append(slices.Clip(w.notes), mistakeNotes(mistakes)...)
	s.place = w.place()
	app := s.settings.App
	s.past = readPast(w, s.place, app)
	t, err := find(w, app, r.Args, s.past.guard(w))
	if err != nil {
		return s, withMistakes(err, s.notes)
	}
	s.target = t
	s.notes = append(s.notes, ownScopeNotes(w, app, t)...)
	s.sight = look(w, app, t.Chain)
	if app.Runtime == "" {
		app.Runtime = cmp.Or(s.sight.seen, catalog.Native)
		s.settings.App.Runtime = app.Runtime
	}
	s.hold = planHold(app, s.sight.asks(app), s.sight.reaches(t.Chain), w.PID, w.Getenv("CHROME_DESKTOP"))
	if s.argv0 == "" {
		s.argv0 = t.Path
	}
	return s, nil
}

// outsider is the app made up for a program that the catalogue does not know.
func outsider(app catalog.App, command string) catalog.App {
	app.ID = filepath.Base(command)
	app.Exec = []string{command}
	app.Names = nil
	app.Runtime = ""
	return app
}

// An UnknownName is one that no app answers to, and no program on PATH.
type UnknownName struct{ Name string }

func (e *UnknownName) Error() string { return fmt.Sprintf("no app answers to the name %q", e.Name) }

// withMistakes adds to a program that was not found what may be the reason.
func withMistakes(err error, notes []Note) error {
	var exit *ExitError
	if errors.As(err, &exit) {
		for _, n := range faults(notes) {
			exit.Remedy += "\n" + n.String()
		}
	}
	return err
}

// mistakeNotes tells what each mistake costs: a value, or a whole layer. A
// warning costs nothing, and `electroscope config check` has it.
func mistakeNotes(mistakes []catalog.Mistake) []Note {
	var notes []Note
	for _, m := range mistakes {
		if m.Warning {
			notes = append(notes, Note{Text: m.Error(), Remedy: m.Remedy})
			continue
		}
		without := m.Key
		m.Key = ""
		if without == "" {
			without = "a layer of apps.toml"
		}
		notes = append(notes, Note{Fault: true, Without: without, Text: m.Error(), Remedy: m.Remedy})
	}
	return notes
}

func find(w World, app catalog.App, args []string, guard func(program.Target) string) (program.Target, error) {
	self, err := os.Stat(w.Proc + "/self/exe")
	if err != nil {
		self = nil // no /proc: the mark in the environment is left
	}
	search := wrapper.Search{
		Path: w.Getenv("PATH"), Dir: w.Dir, Self: self, Links: app.Names, Args: args, Env: w.lookupEnv,
	}
	t, err := program.Find(app.Exec, search, guard)
	if err != nil && w.seen != nil {
		search.Path, _ = lookup(w.Env, "PATH") // nowhere else: then it may be where nothing answers
		t, err = program.Find(app.Exec, search, guard)
	}
	return t, notFound(err)
}

// notFound gives the error of a search for a program its exit status.
func notFound(err error) error {
	var missing *program.NotFound
	var denied *program.NotExecutable
	switch {
	case errors.As(err, &missing):
		remedy := missing.Remedy() + withArguments(missing.Names) + "\n" + looked(missing)
		return &ExitError{Status: ExitNotFound, Text: missing.Error(), Remedy: strings.TrimSuffix(remedy, "\n")}
	case errors.As(err, &denied):
		return &ExitError{Status: ExitNotExecutable, Text: denied.Error(), Remedy: denied.Remedy()}
	}
	return err
}

// withArguments names the first of the programs not found that looks like a command line.
func withArguments(programs []string) string {
	for _, text := range programs {
		if program, arguments, found := catalog.Arguments(text); found && catalog.IsOption(arguments[0]) {
			return fmt.Sprintf("\nexec takes no arguments: %q may be %q with %q", text, program, strings.Join(arguments, " "))
		}
	}
	return ""
}

func looked(missing *program.NotFound) string {
	if len(missing.Folders()) == 0 {
		return ""
	}
	return "looked in " + strings.Join(missing.Folders(), ", ")
}

// Locate finds the program that a launch of the app would run, and nothing more.
func Locate(w World, app catalog.App) (program.Target, error) { return find(w, app, nil, nil) }

// Prepare decides everything and does nothing.
func Prepare(w World, r Request) (Plan, error) {
	s, err := resolve(w, r)
	if err != nil {
		return Plan{}, err
	}
	return s.plan(w, r.Args, machine.Read()), nil
}

// stays reports whether the launch stays in the scope of ours that it stands in.
// What has no limits of its own leaves another app's scope if its main process
// might: it is held in a scope of its own, with drop-ins beside it.
func (s subject) stays() bool {
	app := s.settings.App
	return s.place.within(app, groupSlice(app, s.place)) && (s.hold.whole() || isScopeOf(s.place.Group.Unit(), app.ID))
}

func (s subject) plan(w World, args []string, m machine.Machine) Plan {
	app := s.settings.App
	if app.Disabled {
		return Plan{App: app.Key, Target: s.target.Path, Chain: s.target.Chain, Argv: s.bare(args), Settings: s.settings, Disabled: true, Notes: s.notes}
	}
	st := setStage(w, app, s.target.Chain, m)
	p := Plan{App: app.Key, Target: s.target.Path, Chain: s.target.Chain, Engine: st.knowledge.Engine, Settings: s.settings, Vendor: st.vendor(), Notes: s.notes}
	p.Notes = append(p.Notes, s.sight.contradicts(app)...)
	if s.stays() {
		p.Within = s.place.Group.Unit()
	} else {
		var notes []Note
		s.place.Left = readLeft(w.Cgroup, leaving(s.place.Group, groupSlice(app, s.place)))
		p.Unit, notes = planUnit(s.settings, m, s.place, w.PID, s.hold)
		p.Notes = append(p.Notes, append(notes, foreseen(p.Unit, w.foundDropIns(p.Unit.Name))...)...)
	}
	var notes []Note
	p.Argv, p.EnvAdded, notes = planCommand(s.settings, st, s.target, s.hold, s.argv0, args, w.lookupEnv)
	p.Notes = append(p.Notes, notes...)
	return p
}
