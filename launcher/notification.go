package launcher

import (
	"errors"
	"io"
	"os"
	"strings"
	"time"

	"electroscope/launcher/dbus"
	"electroscope/launcher/notify"
	"electroscope/launcher/systemd"
	"electroscope/launcher/unitname"
)

// Times of a notification. Together they are what a launch may take for it.
const (
	// notifyTimeout bounds all of it.
	notifyTimeout = 200 * time.Millisecond
	// answerTimeout is for a daemon that runs, which takes about a millisecond.
	answerTimeout = 100 * time.Millisecond
	// handOverTimeout is for the user manager's answer, which comes as fast.
	handOverTimeout = 50 * time.Millisecond
)

// showNotification says on the desktop what became of an app, under the app's name, if stderr is not a terminal: someone
// clicked an icon and would otherwise see nothing. It says so once a minute for each app, and in place of what it said
// before.
func showNotification(w Process, conn *systemd.Conn, app, text string) {
	if isTerminal(w.Stderr) {
		return
	}
	dirs, _ := w.runtimeDirs()
	if len(dirs) == 0 {
		return
	}
	address := dbus.SessionAddress(w.Getenv, dirs[0])
	file := dirs[0] + "/electroscope/" + unitname.ScopePrefix(app) + "notice"
	turn, err := notify.Take(file, false)
	if err != nil {
		return
	}
	defer turn.Release()
	n := notify.Message{Summary: app, Body: text}
	service := noticeService(w, address, file, n)
	// An absent daemon is not an error, and stderr and the journal have it.
	if shown, err := showOrLeave(conn, service, address, n, turn.Last); err == nil {
		_ = turn.Told(shown)
	}
}

// showOrLeave shows n by the daemon that runs. One that does not run yet, as at login, may
// take seconds to come, and a launch does not wait so long: the user manager that conn
// leads to runs the service, which does. Without one, or if it does not take the service,
// the bus is asked to start the daemon.
func showOrLeave(conn *systemd.Conn, service systemd.Service, address string, n notify.Message, last notify.Shown) (notify.Shown, error) {
	begin := time.Now()
	if conn != nil {
		shown, err := notify.Show(address, begin.Add(answerTimeout), false, n, last)
		if !errors.Is(err, notify.ErrAbsent) || conn.Run(service, time.Now().Add(handOverTimeout)) == nil {
			return shown, err
		}
	}
	return notify.Show(address, begin.Add(notifyTimeout), true, n, last)
}

// noticeService shows a notice when the daemon comes: `electroscope notify`. It is by
// the app's name, so that one waits for each app, and not among the apps.
func noticeService(w Process, address, file string, n notify.Message) systemd.Service {
	program, _ := os.Readlink(w.Proc + "/self/exe")
	n = n.Plain()
	return systemd.Service{
		Name: unitname.Notice(n.Summary), Description: "Notice about " + n.Summary, Slice: "background.slice",
		Program: strings.TrimSuffix(program, " (deleted)"), // by now another version may be there
		Argv:    []string{"electroscope", "notify", "--wait=" + notify.Patience.String(), "--", file, n.Summary, n.Body},
		Env:     []string{"DBUS_SESSION_BUS_ADDRESS=" + address},
		Longest: notify.Patience + notify.Patience/4,
	}
}

// isTerminal looks at this process's own stderr; any other writer counts as a terminal.
func isTerminal(stderr io.Writer) bool {
	d, own := stderr.(Descriptor)
	return !own || d.IsTerminal()
}
