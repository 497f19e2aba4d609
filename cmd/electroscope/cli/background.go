package cli

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"github.com/coreos/go-systemd/v22/journal"

	"electroscope/launcher"
	"electroscope/monitor/background"
	"electroscope/monitor/control"
)

// keeperOf looks after apps in the background.
func keeperOf(inv *invocation, manager launcher.Delegation) *background.Keeper {
	c := control.Control{Manager: control.Manager{RuntimeDir: manager.RuntimeDir}, Reader: reader(inv.process)}
	folder := cmp.Or(manager.RuntimeDir, inv.process.Getenv("XDG_RUNTIME_DIR")) + "/electroscope"
	policy := func(name string) background.Policy {
		all, _ := inv.layers().All() // mistakes are said by other commands
		for _, app := range all.Apps {
			if cmp.Or(app.Key, app.ID) == name {
				return background.Policy{Do: app.Background, After: app.BackgroundAfter}
			}
		}
		return background.Policy{}
	}
	environ := func() []string {
		list, err := c.Manager.Environ()
		if err != nil || !slices.ContainsFunc(list, func(v string) bool { return strings.HasPrefix(v, "DISPLAY=") }) {
			return inv.process.Env // of a watch that was started by hand
		}
		return list
	}
	return background.NewKeeper(c, environ, folder, policy, func(w background.Word) { sayWord(inv, w) })
}

// sayWord says what became of an app in the background to the journal, or where there is none.
func sayWord(inv *invocation, w background.Word) {
	priority := journal.PriInfo
	if w.Problem != nil {
		priority = journal.PriWarning
	}
	fields := map[string]string{"SYSLOG_IDENTIFIER": "electroscope", "ELECTROSCOPE_APP": w.App, "ELECTROSCOPE_EVENT": "background"}
	if journal.Send(w.Text(), priority, fields) != nil {
		inv.note(w.Text(), "")
	}
}

// releaseApps undoes what a watcher that was killed has left.
func releaseApps(inv *invocation) error {
	err := keeperOf(inv, launcher.ReadDelegation(inv.process)).Release()
	if errors.Is(err, background.ErrTaken) {
		inv.fail(err.Error(), "it undoes what it did when it ends: systemctl --user stop electroscope-watch")
		return nil
	}
	return err
}
