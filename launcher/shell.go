package launcher

import (
	"errors"

	"electroscope/launcher/catalog"
	"electroscope/launcher/machine"
	"electroscope/launcher/plan"
	"electroscope/launcher/program"
	"electroscope/launcher/systemd"
	"electroscope/launcher/term"
	"electroscope/launcher/wrapper"
)

// Shell makes this process a command outside the limits of the app in whose
// terminal it was started: in a scope of its own directly under app.slice, which
// has the limits of app and no others. Without words it is $SHELL, or /bin/sh.
// If there is no such scope to be had, one line says so and the command runs
// where it is. Like [Launch] it returns only if nothing was run.
//
// A link of ours is run as such: the launch behind it makes the app's own scope.
func Shell(w Process, words []string, app catalog.App) error {
	clock := startClock(managerTimeout)
	conn, err := dial(w, clock.deadline())
	clock.stop()
	f, lost := shellFacts(w, words, app)
	if lost != nil {
		return lost
	}
	scope := scopeRequest{err: err}
	deadline := clock.deadline()
	w.watch.check()
	p := plan.Decide(f, func(u systemd.Unit) { scope.ask(conn, u, deadline) })
	if app.OOMScoreAdjust != nil {
		adjustOOMScore(w.Proc+"/self/oom_score_adj", *app.OOMScoreAdjust) // a wish, as in a launch
	}
	notes := append(p.Notes, scope.await(w, w.group(), nil)...)
	w.watch.pass()
	line := plan.Summary("the shell", notes)
	if scope.err != nil {
		line = stays(w.group().Unit(), unlimited(scope.err))
	}
	if line != "" {
		say(w, term.Note, line)
	}
	return become(p.Target, p.Argv, plan.Outside(w.Env))
}

// PrepareShell decides what [Shell] would do, and does nothing.
func PrepareShell(w Process, words []string, app catalog.App) (plan.Plan, error) {
	f, err := shellFacts(w, words, app)
	if err != nil {
		return plan.Plan{}, err
	}
	return plan.Decide(f, nil), nil
}

// shellFacts finds the program of the words, or a shell if there are none.
func shellFacts(w Process, words []string, app catalog.App) (plan.Facts, error) {
	candidates := []string{w.Getenv("SHELL"), "/bin/sh"}
	if len(words) > 0 {
		candidates = words[:1]
	}
	t, err := program.Find(candidates, wrapper.Search{Path: w.Getenv("PATH"), Dir: w.Dir, Env: w.lookupEnv, Ours: true}, nil)
	var missing *program.NotFound
	switch {
	case errors.As(err, &missing):
		return plan.Facts{}, &ExitError{Status: ExitNotFound, Text: missing.Error(), Remedy: looked(missing)}
	case err != nil:
		return plan.Facts{}, notFound(err)
	}
	if len(words) == 0 {
		words = []string{t.Path}
	}
	return plan.Facts{
		Shell: true, Settings: catalog.Settings{App: app}, Program: t,
		Argv0: words[0], Args: words[1:], PID: w.PID, Machine: machine.Read(),
	}, nil
}

// stays says that the shell could not leave the unit it is in.
func stays(unit string, why plan.Note) string {
	if unit == "" {
		unit = "the limits it is under"
	}
	why.Without, why.Text = "", "the shell stays in "+unit+": "+why.Text
	return why.String()
}
