package launcher

import (
	"errors"
	"io"
	"strings"
	"time"

	"electroscope/launcher/catalog"
	"electroscope/launcher/notify"
	"electroscope/launcher/plan"
	"electroscope/launcher/term"
	"electroscope/launcher/unitname"
)

// report prints one line about what the app runs without, or returns an error if
// on-failure = "refuse".
func report(w Process, app catalog.App, notes []plan.Note) error {
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
		showNotification(w, app.ID, plan.Notice(notes))
	}
	return nil
}

// notifyTimeout is how long a launch may take to show a notice: a daemon that runs
// takes about a millisecond, one that the bus has to start perhaps all of it.
const notifyTimeout = 200 * time.Millisecond

// notifyFailure notifies of an error that ends a launch, and returns it.
func notifyFailure(w Process, app string, err error) error {
	var exit *ExitError
	if errors.As(err, &exit) && exit.Status == ExitRefused {
		showNotification(w, app, strings.TrimPrefix(exit.Text, app+" "))
	} else {
		showNotification(w, app, "does not start: "+err.Error())
	}
	return err
}

// showNotification says on the desktop what became of an app, under the app's name, if stderr is not a terminal: someone
// clicked an icon and would otherwise see nothing. It says so once a minute for each app.
func showNotification(w Process, app, text string) {
	if isTerminal(w.Stderr) {
		return
	}
	dirs, _ := w.runtimeDirs()
	if len(dirs) == 0 {
		return
	}
	runtime := dirs[0]
	if !notify.Allow(runtime + "/electroscope/" + unitname.ScopePrefix(app) + "notice") {
		return
	}
	address := w.Getenv("DBUS_SESSION_BUS_ADDRESS")
	if address == "" {
		address = "unix:path=" + runtime + "/bus"
	}
	// An absent daemon is not an error, and stderr and the journal have it.
	_ = notify.Send(address, time.Now().Add(notifyTimeout), notify.Message{Summary: app, Body: text})
}

// isTerminal looks at this process's own stderr; any other writer counts as a terminal.
func isTerminal(stderr io.Writer) bool {
	d, own := stderr.(Descriptor)
	return !own || d.IsTerminal()
}
