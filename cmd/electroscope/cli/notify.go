package cli

import (
	"errors"
	"flag"
	"time"

	"electroscope/desktop/notice"
	"electroscope/launcher/notify"
)

// notifyCommand is what a launch has the user manager run if there is no notification
// daemon yet (launcher/notification.go). It is not in the list of commands: nobody
// else calls it.
func notifyCommand() *command {
	var wait time.Duration
	return &command{
		name: "notify", args: "[OPTIONS] FILE APP TEXT",
		summary: "Show a notification about an app as soon as the desktop can",
		details: `
A launch from an icon starts this if no notification daemon runs yet. The FILE,
below $XDG_RUNTIME_DIR, says what was shown last, and when.`,
		flags: func(fs *flag.FlagSet) {
			fs.DurationVar(&wait, "wait", notify.Patience, "`TIME`: wait no longer for a daemon")
		},
		run: func(inv *invocation, args []string) error {
			address := inv.process.Getenv("DBUS_SESSION_BUS_ADDRESS")
			err := notice.Show(address, time.Now().Add(wait), args[0], notify.Message{Summary: args[1], Body: args[2]})
			if errors.Is(err, notify.ErrAbsent) {
				return nil // a session without one is not a failure, and the journal has the text
			}
			return err
		},
	}
}
