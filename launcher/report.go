package launcher

import (
	"errors"
	"io"
	"time"

	"electroscope/launcher/notify"
)

// notifyTimeout is how long a launch may take to show a notice: a daemon that runs
// takes about a millisecond, one that the bus has to start perhaps all of it.
const notifyTimeout = 200 * time.Millisecond

// notifyFailure notifies of an error that ends a launch, and returns it.
func notifyFailure(w World, app string, err error) error {
	var exit *ExitError
	if errors.As(err, &exit) && exit.Status == ExitRefused {
		showNotification(w, app, exit.Text)
	} else {
		showNotification(w, app, app+" does not start: "+err.Error())
	}
	return err
}

// showNotification says a sentence on the desktop where stderr is no terminal, so that who
// clicked an icon does not wait for nothing; about each app once a minute.
func showNotification(w World, app, sentence string) {
	if isTerminal(w.Stderr) {
		return
	}
	dirs, _ := w.runtimeDirs()
	if len(dirs) == 0 {
		return
	}
	runtime := dirs[0]
	if !notify.Allow(runtime + "/electroscope/" + scopePrefix(app) + "notice") {
		return
	}
	address := w.Getenv("DBUS_SESSION_BUS_ADDRESS")
	if address == "" {
		address = "unix:path=" + runtime + "/bus"
	}
	// That no daemon is there is no error, and stderr and the journal have the sentence.
	_ = notify.Send(address, time.Now().Add(notifyTimeout), notify.Message{Summary: "electroscope", Body: sentence})
}

// isTerminal looks at this process's own stderr; who reads another writer is no
// matter of ours.
func isTerminal(stderr io.Writer) bool {
	d, own := stderr.(Descriptor)
	return !own || d.isTerminal()
}
