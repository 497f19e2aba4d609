package launcher

import (
	"errors"
	"slices"
	"strconv"

	"electroscope/launcher/catalog"
	"electroscope/launcher/machine"
	"electroscope/launcher/program"
	"electroscope/launcher/systemd"
	"electroscope/launcher/wrapper"
)

// Shell makes this process a command outside the limits of the app in whose
// terminal it was started: in a scope of its own directly under app.slice, which
// has the limits of app and no others. Without words it is $SHELL, or /bin/sh.
// Where there is no such scope to be had, one line says so and the command runs
// where it is. Like [Launch] it returns only where nothing was run.
//
// A link of ours is run as such: the launch behind it makes the app's own scope.
func Shell(w World, words []string, app catalog.App) error {
	clock := startClock(patience)
	conn, err := dial(w, clock.deadline())
	clock.stop()
	candidates := []string{w.Getenv("SHELL"), "/bin/sh"}
	if len(words) > 0 {
		candidates = words[:1]
	}
	t, lost := program.Find(candidates, wrapper.Search{Path: w.Getenv("PATH"), Dir: w.Dir, Env: w.lookupEnv}, nil)
	var missing *program.NotFound
	switch {
	case errors.As(lost, &missing):
		return &ExitError{Status: ExitNotFound, Text: missing.Error(), Remedy: looked(missing)}
	case lost != nil:
		return notFound(lost)
	}
	if len(words) == 0 {
		words = []string{t.Path}
	}
	scope := pending{err: err}
	var notes []Note
	scope.unit, notes = shellUnit(app, machine.Read(), w.PID)
	deadline := clock.deadline()
	w.watch.check()
	scope.ask(conn, deadline)
	if app.OOMScoreAdjust != nil {
		_, _ = adjustOOMScore(w.Proc+"/self/oom_score_adj", *app.OOMScoreAdjust) // a wish, as in a launch
	}
	notes = append(notes, scope.await(w, deadline, nil)...)
	w.watch.pass()
	line := spoken("the shell", notes)
	if scope.err != nil {
		line = stays(w.group().Unit(), unlimited(scope.err))
	}
	if line != "" {
		say(w, line)
	}
	return become(t.Path, words, outside(w.Env))
}

// shellUnit is the scope of a shell, named as https://systemd.io/DESKTOP_ENVIRONMENTS
// has it for what a launcher starts: app-LAUNCHER-ID-RANDOM.scope. It is no part of
// the graphical session: it ends when its processes end.
func shellUnit(app catalog.App, m machine.Machine, pid int) (systemd.Unit, []Note) {
	policy := app.OOMPolicy
	if policy == "" {
		policy = "continue" // systemd's default would end the shell for one process of a build
	}
	limits, notes := properties(app, m)
	return systemd.Unit{
		Name:        "app-electroscope-shell-" + strconv.Itoa(pid) + ".scope",
		Slice:       "app.slice",
		Description: "electroscope shell",
		PID:         pid,
		Properties:  append([]systemd.Property{{Name: "OOMPolicy", Value: policy, Creation: true}}, limits...),
	}, notes
}

// stays says that the shell could not leave the unit it is in.
func stays(unit string, why Note) string {
	if unit == "" {
		unit = "the limits it is under"
	}
	why.Without, why.Text = "", "the shell stays in "+unit+": "+why.Text
	return why.String()
}

// outside is the environment without what a launch adds to keep the app's own
// Chromium in its scope: another one, started in this shell, has nothing to stay in.
func outside(env []string) []string {
	return slices.DeleteFunc(slices.Clone(env), func(e string) bool { return e == sandboxVariable+"=" })
}
