package launcher

import (
	"cmp"
	"errors"
	"fmt"
	"strings"
	"time"

	"electroscope/launcher/catalog"
	"electroscope/launcher/cgroup"
	"electroscope/launcher/machine"
	"electroscope/launcher/systemd"
)

// patience is how long a launch waits for the manager in all. A daemon-reload
// on a busy machine takes over a second; a user waits about as long.
const patience = 2 * time.Second

// Launch makes this process the app, inside its scope. It returns only where no
// app was started: an *ExitError, or an *UnknownName.
func Launch(w World, r Request) error {
	clock := startClock(patience)
	conn, dialErr := dial(w, clock.deadline())
	clock.stop()
	s, err := resolve(w, r)
	app := s.settings.App
	if err != nil {
		w.watch.pass()
		return notifyFailure(w, cmp.Or(app.ID, r.Name), err)
	}
	if app.Disabled {
		return notifyFailure(w, app.ID, s.bypass(w, r.Args))
	}
	scope := pending{err: dialErr}
	deadline := clock.deadline()
	within, m := s.stays(), machine.Read()
	if !within {
		var notes []Note
		s.place.Left = readLeft(w.Cgroup, leaving(s.place.Group, groupSlice(app, s.place)))
		scope.unit, notes = planUnit(s.settings, m, s.place, w.PID, s.hold)
		s.notes = append(s.notes, notes...)
		w.watch.check()
		scope.ask(conn, deadline)
	}
	argv, env, _ := planCommand(s.settings, setStage(w, app, s.target.Chain, m), s.target, s.hold, s.argv0, r.Args, w.lookupEnv)
	if app.OOMScoreAdjust != nil {
		_, _ = adjustOOMScore(w.Proc+"/self/oom_score_adj", *app.OOMScoreAdjust) // a wish; explain tells what it came to
	}
	if !within {
		s.notes = append(s.notes, scope.await(w, deadline, s.place.Left)...)
	}
	base := s.past.mark(w, s.target, within || scope.err != nil)
	w.watch.pass()
	if err := speak(w, app, s.notes); err != nil {
		return notifyFailure(w, app.ID, err)
	}
	return notifyFailure(w, app.ID, become(s.target.Path, argv, append(base, env...)))
}

// Bypass makes this process the app and does nothing else: ELECTROSCOPE_DISABLE.
func Bypass(w World, r Request) error {
	s, err := resolve(w, r)
	if err != nil {
		w.watch.pass()
		return err
	}
	return s.bypass(w, r.Args)
}

// bypass becomes the app without a scope, switches or variables. Only what might come
// back here for ever is marked.
func (s subject) bypass(w World, args []string) error {
	env := s.past.mark(w, s.target, true)
	w.watch.pass()
	return become(s.target.Path, s.bare(args), env)
}

// bare is the command line of the app alone.
func (s subject) bare(args []string) []string { return append([]string{s.argv0}, args...) }

func dial(w World, deadline time.Time) (*systemd.Conn, error) {
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

// A pending scope is one that has been asked for, or the reason why not.
type pending struct {
	unit  systemd.Unit
	start *systemd.Start
	err   error
}

func (p *pending) ask(conn *systemd.Conn, deadline time.Time) {
	if p.err == nil {
		conn.Until(deadline)
		p.start, p.err = conn.Start(p.unit)
	}
}

// await ends when this process is in its scope, or will not be in time.
func (p *pending) await(w World, deadline time.Time, left []leftLimit) []Note {
	var outcome systemd.Outcome
	if p.err == nil {
		outcome, p.err = p.start.Wait()
	}
	var group cgroup.Group
	if p.err == nil {
		p.unit.Name = outcome.Name
		group, p.err = settle(w, outcome.Name, deadline)
	} else if p.start != nil {
		// Perhaps the scope was made all the same: the manager executed itself
		// anew, or what it said was spoilt on the way.
		until := deadline
		if !systemd.AnswerLost(p.err) {
			until = time.Now() // it has refused, or so it seems: a look is enough
		}
		if own, err := settle(w, p.unit.Name, until); err == nil {
			group, p.err = own, nil
		}
	}
	if p.err != nil {
		return []Note{p.unlimited()}
	}
	var notes []Note
	for _, refused := range outcome.Refused {
		notes = append(notes, Note{Fault: true, Without: spelled(refused.Name), Text: "systemd refuses it: " + strings.TrimSuffix(refused.Reason, ".")})
	}
	if outcome.Unheld != nil {
		notes = append(notes, Note{Fault: true, Without: "a hold on its main process", Text: outcome.Unheld.Error()})
	}
	if group == "" {
		return append(notes, unseen)
	}
	return append(notes, p.holds(w, group, left)...)
}

// unseen is no fault: the manager says that the scope is there.
var unseen = Note{Without: "a look at its limits", Text: "/proc/self/cgroup cannot be read"}

// settle looks where this process is: the manager's word is not enough, and
// over its re-execution the job may end unseen. Empty if there is no looking (a
// sandbox without /proc, no descriptor left).
func settle(w World, unit string, deadline time.Time) (cgroup.Group, error) {
	for {
		group, err := cgroup.Own(w.Proc)
		switch {
		case errors.Is(err, cgroup.ErrLegacy):
			return "", err
		case err != nil:
			return "", nil
		case group.In(unit):
			return group, nil
		}
		if !time.Now().Before(deadline) {
			return group, fmt.Errorf("systemd made %q, but this process is in %q", unit, string(group))
		}
		systemd.Pause(2 * time.Millisecond)
	}
}

// unifiedRemedy is for a machine on cgroup v1, kernel-command-line(7).
const unifiedRemedy = "boot with systemd.unified_cgroup_hierarchy=1"

// unlimited is the note of a scope that was not had. If the manager was asked and
// its answer is not known, it may still do what it was asked for.
func (p *pending) unlimited() Note {
	n := unlimited(p.err)
	if p.start != nil && systemd.AnswerLost(p.err) && !errors.Is(p.err, systemd.ErrQueued) {
		n.Text += "; the limits may still come"
	}
	return n
}

func unlimited(err error) Note {
	n := Note{Fault: true, Without: allLimits, Text: err.Error()}
	switch {
	case errors.Is(err, systemd.ErrQueued):
		n.Remedy = "systemctl --user list-jobs tells which; the limits come when it ends"
	case errors.Is(err, systemd.ErrDeadline):
		n.Text = "the user manager does not answer"
		n.Remedy = "see systemctl --user status"
	case errors.Is(err, errNoManager):
		n.Remedy = "log in through PAM, or loginctl enable-linger"
	case errors.Is(err, cgroup.ErrLegacy):
		n.Remedy = unifiedRemedy
	}
	return n
}

// speak says in one line what the app runs without, or refuses to run it so.
func speak(w World, app catalog.App, notes []Note) error {
	line := spoken(app.ID, notes)
	if line == "" {
		return nil
	}
	if app.OnFailure == catalog.Refuse && len(faults(notes)) > 0 {
		journal(journalSocket, app.ID, "refused: "+line)
		return &ExitError{Status: ExitRefused, Text: fmt.Sprintf("%s is not run, it would be so: %s", app.ID, line), Remedy: `on_failure = "refuse" in apps.toml asks for this`}
	}
	if !say(w, line) {
		journal(journalSocket, app.ID, line)
	}
	if len(faults(notes)) > 0 {
		showNotification(w, app.ID, line)
	}
	return nil
}
