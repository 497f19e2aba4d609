package launcher

import (
	"cmp"
	"errors"
	"fmt"
	"strconv"
	"time"

	"electroscope/launcher/plan"
	"electroscope/launcher/systemd"
)

// managerTimeout is how long a launch waits for the manager in all; a user waits about
// as long. On a machine with more to run than it has processors it is longer, in
// proportion (systemd/wait.go).
const managerTimeout = 2 * time.Second

// unitTimeout is the same for the main process of a unit of systemd's, such as what
// systemd-xdg-autostart-generator(8) makes of an autostart entry. Nobody waits for it
// at a prompt, and a manager that starts a session is long in answering.
const unitTimeout = 30 * time.Second

// patience is how long this launch waits for the manager. SYSTEMD_EXEC_PID is the PID of
// the process that systemd started (systemd.exec(5), since 248); what merely inherited
// the variable has another.
func (w Process) patience() time.Duration {
	if w.Getenv("SYSTEMD_EXEC_PID") == strconv.Itoa(w.PID) {
		return unitTimeout
	}
	return managerTimeout
}

// Launch makes this process the app, inside its scope. It returns only if no
// app was started: an *ExitError, or an *UnknownName.
//
// A panic on the way is caught: see [Rescue].
func Launch(w Process, r Request) (err error) {
	var s resolved
	defer func() {
		if fault := recover(); fault != nil {
			err = notifyFailure(w, nil, cmp.Or(s.facts.Settings.App.ID, r.Name), rescue(w, r, s, fault))
		}
	}()
	return launch(w, r, &s)
}

func launch(w Process, r Request, s *resolved) error {
	clock := startClock(w.patience())
	conn, dialErr := dial(w, clock.deadline())
	clock.stop()
	if dialErr == nil {
		s.leaving = w.beginGracePeriod
	}
	err := resolve(w, r, s)
	app := s.facts.Settings.App
	if err != nil {
		w.watch.pass()
		return notifyFailure(w, conn, cmp.Or(app.ID, r.Name), err)
	}
	scope := scopeRequest{err: dialErr}
	deadline := clock.deadline()
	p := plan.Decide(s.facts, func(u systemd.Unit) {
		w.watch.check()
		scope.ask(conn, u, deadline)
	})
	if p.Disabled {
		return notifyFailure(w, conn, app.ID, s.bypass(w))
	}
	if app.OOMScoreAdjust != nil {
		adjustOOMScore(w.Proc+"/self/oom_score_adj", *app.OOMScoreAdjust) // a wish; explain says what came of it
	}
	if p.Within == "" {
		p.Notes = append(p.Notes, scope.await(w, s.facts.Caller.Group, p.Left)...)
	}
	if errors.Is(scope.err, systemd.ErrDeadline) {
		conn = nil // nobody to leave a notice to
	}
	env := s.past.mark(w, s.facts.Program, p.Within != "" || scope.err != nil)
	w.watch.pass()
	if err := report(w, conn, app, p.Notes); err != nil {
		return notifyFailure(w, conn, app.ID, err)
	}
	return notifyFailure(w, conn, app.ID, become(p.Target, p.Argv, p.Environment(env)))
}

// Bypass makes this process the app and does nothing else: ELECTROSCOPE_DISABLE.
func Bypass(w Process, r Request) error {
	var s resolved
	if err := resolve(w, r, &s); err != nil {
		w.watch.pass()
		return err
	}
	return s.bypass(w)
}

// bypass becomes the app without a scope, switches or variables. Only what might come
// back here for ever is marked.
func (s resolved) bypass(w Process) error {
	env := s.past.mark(w, s.facts.Program, true)
	w.watch.pass()
	return become(s.facts.Program.Path, append([]string{s.facts.Argv0}, s.facts.Args...), env)
}

func dial(w Process, deadline time.Time) (*systemd.Conn, error) {
	dirs, first := w.runtimeDirs()
	for _, dir := range dirs {
		conn, err := systemd.Dial(dir, deadline)
		if err == nil {
			return conn, nil
		}
		if first == nil {
			first = err
		}
	}
	return nil, fmt.Errorf("%w: %w", errNoManager, first)
}

// errNoManager says that nobody listens where a user manager would.
var errNoManager = errors.New("there is no user manager")
