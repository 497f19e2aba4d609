package cli

import (
	"errors"
	"fmt"
	"path"
	"strconv"
	"strings"
	"time"

	"electroscope/cmd/electroscope/cli/render"
	"electroscope/launcher"
	"electroscope/launcher/cgroup"
	"electroscope/launcher/unitname"
	"electroscope/monitor"
	"electroscope/monitor/control"
)

// launchArgs are the words of a usage line that name launches that run.
const launchArgs = "APP|UNIT|PID"

// whichLaunch explains them.
const whichLaunch = `

If the app runs several times, a unit or a PID that electroscope status shows
chooses one.`

func controlOf(w launcher.Process) control.Control {
	return control.Control{Manager: control.Manager{RuntimeDir: launcher.ReadDelegation(w).RuntimeDir}, Reader: reader(w)}
}

// launches finds those that a word names: all of an app, that of a unit, or that which a
// process is in.
func launches(inv *invocation, word string) ([]monitor.App, error) {
	unit := ""
	pid, err := strconv.Atoi(word)
	if _, _, known := inv.layers().App(word); known {
		pid = 0
	} else if path.Ext(word) == unitname.Extension {
		pid, unit = 0, word
	} else if err != nil || pid <= 0 {
		return nil, unknownApp(inv.layers(), word)
	}
	var names []string
	if unit == "" && pid == 0 {
		names = []string{word}
	}
	candidates, err := candidatesOf(inv, names)
	if err != nil {
		return nil, err
	}
	sample, err := reader(inv.process).Sample(candidates)
	if err != nil {
		return nil, err
	}
	if names != nil {
		return sample.Apps, nil
	}
	for _, a := range sample.Apps {
		if unit != "" && a.Unit == unit || pid != 0 && a.Has(pid) {
			return []monitor.App{a}, nil
		}
	}
	return nil, &remediedError{fmt.Sprintf("no app of apps.toml runs as %q", word), "electroscope status lists what runs"}
}

// chosen are the launches that a word names, to be acted on: one, unless all are meant.
func chosen(inv *invocation, word string, all bool) ([]monitor.App, error) {
	list, err := launches(inv, word)
	switch {
	case err != nil:
		return nil, err
	case len(list) == 0:
		return nil, errors.New(word + " does not run")
	case len(list) > 1 && !all:
		var each []string
		for _, a := range list {
			each = append(each, fmt.Sprintf("%s (for %s)", handle(a), render.Duration(time.Since(a.Started))))
		}
		return nil, &usageError{fmt.Sprintf("%s runs %d times", word, len(list)), "take --all, or one of: " + strings.Join(each, ", ")}
	}
	return list, nil
}

// A remediedError is one of a command that did nothing, with what to do about it.
type remediedError struct{ text, remedy string }

func (e *remediedError) Error() string { return e.text }

// handle is what names a launch among others: its main process, or its unit.
func handle(a monitor.App) string {
	if a.Main == 0 {
		return a.Unit
	}
	return strconv.Itoa(a.Main)
}

// title names a launch in a message.
func title(a monitor.App) string {
	if a.Main == 0 {
		return a.Name + " (" + a.Unit + ")"
	}
	return fmt.Sprintf("%s (PID %d)", a.Name, a.Main)
}

// outsideOf returns an error if this command runs inside what it is to stop: it would stop
// with it.
func outsideOf(w launcher.Process, a monitor.App) error {
	own, err := cgroup.Own(w.Proc)
	if err != nil || a.Kind == monitor.Outside || !own.In(a.Unit) {
		return nil
	}
	return &usageError{"this terminal is inside " + title(a) + ", and would stop with it", "run it in another one, or in electroscope shell"}
}

// onEach acts on the launches that a word names, and says what it could not do.
func onEach(inv *invocation, word string, all bool, verb string, act func(control.Control, monitor.App) error) error {
	list, err := chosen(inv, word, all)
	if err != nil {
		return err
	}
	c := controlOf(inv.process)
	for _, a := range list {
		var refused *usageError
		if err := act(c, a); errors.As(err, &refused) {
			return err
		} else if err != nil {
			inv.fail(fmt.Sprintf("cannot %s %s: %v", verb, title(a), err), "")
		}
	}
	return nil
}

// noteEscape says that the main process is not in the unit that is acted on.
func noteEscape(inv *invocation, a monitor.App, but string) {
	if a.HasEscaped() {
		inv.note(fmt.Sprintf("the main process of %s has left its scope: %s", title(a), but), "electroscope status --fix "+a.Name+" brings it back")
	}
}
