package launcher

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"electroscope/launcher/cgroup"
	"electroscope/launcher/plan"
	"electroscope/launcher/systemd"
)

// A scopeRequest is a scope that has been asked for, or the reason why not.
type scopeRequest struct {
	unit  systemd.Unit
	conn  *systemd.Conn
	start *systemd.Start
	err   error

	read    bool // dropIns has been asked for
	dropIns dropIns
}

func (scope *scopeRequest) ask(conn *systemd.Conn, u systemd.Unit, deadline time.Time) {
	scope.unit, scope.conn = u, conn
	if scope.err == nil {
		conn.Until(deadline)
		scope.start, scope.err = conn.Start(scope.unit)
	}
}

// maxTaken bounds how often a launch asks once more because somebody else has taken
// this process: KIO 5 does so once (kio/src/gui/systemd/scopedprocessrunner.cpp).
const maxTaken = 3

// await ends when this process is in its scope, or will not be in time. It was started
// in the group from.
func (scope *scopeRequest) await(w Process, from cgroup.Group, left []plan.LeftLimit) []plan.Note {
	outcome, group := scope.arrive(w, from)
	for taken := 0; errors.Is(scope.err, errTaken) && taken < maxTaken; taken++ {
		if scope.start, scope.err = scope.conn.Start(scope.unit); scope.err == nil {
			outcome, group = scope.arrive(w, from)
		}
	}
	if scope.err != nil {
		return []plan.Note{scope.unlimited()}
	}
	var notes []plan.Note
	for _, refused := range outcome.Refused {
		notes = append(notes, plan.Note{Failure: true, Without: plan.Spelled(refused.Name), Text: "systemd refuses it: " + strings.TrimSuffix(refused.Reason, ".")})
	}
	if outcome.Unheld != nil {
		notes = append(notes, plan.Note{Failure: true, Without: "a hold on its main process", Text: outcome.Unheld.Error()})
	}
	if group == "" {
		return append(notes, unseen)
	}
	return append(notes, scope.holds(w, group, left)...)
}

// arrive waits for the manager's answer, and until this process is where it says.
func (scope *scopeRequest) arrive(w Process, from cgroup.Group) (outcome systemd.Outcome, group cgroup.Group) {
	if scope.err == nil {
		outcome, scope.err = scope.start.Wait()
	}
	if scope.err == nil {
		scope.unit.Name = outcome.Name
		scope.start.Settle()
		group, scope.err = awaitCgroup(w, outcome.Name, from, scope.start.Expired)
	} else if scope.start != nil {
		// Perhaps the scope was made all the same: the manager executed itself
		// anew, or what it said was spoilt on the way.
		expired := scope.start.Expired
		if !systemd.AnswerLost(scope.err) {
			expired = func() bool { return true } // it has refused, or so it seems: a look is enough
		}
		if own, err := awaitCgroup(w, scope.unit.Name, "", expired); err == nil {
			group, scope.err = own, nil
		}
	}
	return outcome, group
}

// errTaken says that somebody has moved this process out of the scope that the manager
// made for it: a desktop that makes a scope of its own for what it has started.
var errTaken = errors.New("something has moved it out again")

// unseen is not a failure: the manager says that the scope is there.
var unseen = plan.Note{Without: "a look at its limits", Text: "/proc/self/cgroup cannot be read"}

// awaitCgroup waits until /proc shows this process in the unit. The job's result is not
// enough: a manager that re-executes may never report it. The group is empty if it
// cannot be read (a sandbox without /proc, no descriptor left). A process that has left
// the group from, and is not in the unit, was taken by somebody else, if the manager has
// reported the job; from is empty if it has not.
func awaitCgroup(w Process, unit string, from cgroup.Group, expired func() bool) (cgroup.Group, error) {
	for pause := 2 * time.Millisecond; ; pause = min(2*pause, 32*time.Millisecond) {
		group, err := cgroup.Own(w.Proc)
		switch {
		case errors.Is(err, cgroup.ErrLegacy):
			return "", err
		case err != nil:
			return "", nil
		case group.In(unit):
			return group, nil
		case from != "" && group != from:
			return group, fmt.Errorf("systemd made %q, but this process is in %q: %w", unit, string(group), errTaken)
		}
		if expired() {
			return group, fmt.Errorf("systemd made %q, but this process is in %q", unit, string(group))
		}
		systemd.Pause(pause)
	}
}

// unifiedRemedy is for a machine on cgroup v1, kernel-command-line(7).
const unifiedRemedy = "boot with systemd.unified_cgroup_hierarchy=1"

// unlimited is the note of a scope that was not had. If the manager was asked and
// its answer is not known, it may still do what it was asked for.
func (scope *scopeRequest) unlimited() plan.Note {
	n := unlimited(scope.err)
	if scope.start != nil && systemd.AnswerLost(scope.err) && !errors.Is(scope.err, systemd.ErrQueued) {
		n.Text += "; the limits may still come"
	}
	return n
}

func unlimited(err error) plan.Note {
	n := plan.Note{Failure: true, Without: plan.AllLimits, Text: err.Error()}
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
