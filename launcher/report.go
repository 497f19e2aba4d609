package launcher

import (
	"errors"
	"strings"

	"electroscope/launcher/catalog"
	"electroscope/launcher/plan"
	"electroscope/launcher/systemd"
	"electroscope/launcher/term"
)

// report prints one line about what the app runs without, or returns an error if
// on-failure = "refuse".
func report(w Process, conn *systemd.Conn, app catalog.App, notes []plan.Note) error {
	line := plan.Summary(app.ID, notes)
	if line == "" {
		return nil
	}
	if app.OnFailure == catalog.Refuse && len(plan.Failures(notes)) > 0 {
		text := app.ID + " is not started: it would run " + strings.TrimPrefix(line, app.ID+" runs ")
		journal(journalSocket, app.ID, text)
		return &ExitError{Status: ExitRefused, Text: text, Remedy: `on-failure = "refuse" in apps.toml asks for this`}
	}
	if !say(w, term.Note, line) {
		journal(journalSocket, app.ID, line)
	}
	if len(plan.Failures(notes)) > 0 {
		showNotification(w, conn, app.ID, plan.Notice(notes))
	}
	return nil
}

// notifyFailure notifies of an error that ends a launch, and returns it.
func notifyFailure(w Process, conn *systemd.Conn, app string, err error) error {
	var exit *ExitError
	if errors.As(err, &exit) && exit.Status == ExitRefused {
		showNotification(w, conn, app, strings.TrimPrefix(exit.Text, app+" "))
	} else {
		showNotification(w, conn, app, "does not start: "+err.Error())
	}
	return err
}
