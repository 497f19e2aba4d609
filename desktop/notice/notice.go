// Package notice shows a notice of a launch that found no notification daemon. A
// launch does not wait for one; the user manager runs this, in a service
// (launcher/notification.go).
package notice

import (
	"errors"
	"fmt"
	"time"

	"electroscope/launcher/dbus"
	"electroscope/launcher/notify"
)

// Show shows n by the first daemon that answers on the message bus at address, and
// counts it as shown in the file of its turn. The bus is asked once to start the
// daemon; one that cannot be started so, or not yet (a display server that is not
// there), is waited for until deadline. If another process has shown a notice about
// the same thing meanwhile, there is nothing to do.
func Show(address string, deadline time.Time, file string, n notify.Message) error {
	turn, err := notify.Take(file, true)
	if errors.Is(err, notify.ErrNotNow) {
		return nil
	}
	if err != nil {
		return err
	}
	defer turn.Release()
	for start := true; time.Now().Before(deadline); start = false {
		shown, err := notify.Show(address, deadline, start, n, turn.Last)
		if err == nil {
			return turn.Told(shown)
		}
		if !errors.Is(err, notify.ErrAbsent) {
			return err
		}
		if err := await(address, deadline); err != nil {
			return fmt.Errorf("%w: %w", notify.ErrAbsent, err)
		}
	}
	return notify.ErrAbsent
}

// ownerChanges are the signals about the daemon's name (D-Bus specification,
// "org.freedesktop.DBus.NameOwnerChanged").
const ownerChanges = "type='signal',sender='org.freedesktop.DBus',member='NameOwnerChanged',arg0='" + notify.Service + "'"

// await returns when a daemon has its name on the bus.
func await(address string, deadline time.Time) error {
	err := dbus.ErrNoSocket
	for _, socket := range dbus.Sockets(address) {
		var conn *dbus.Conn
		if conn, err = dbus.Dial(socket, deadline, dbus.Hello, dbus.Match(ownerChanges), hasOwner); err == nil {
			defer conn.Close()
			return owned(conn)
		}
	}
	return err
}

// hasOwner is asked after the signals, so that no owner comes between.
var hasOwner = dbus.Call{
	Destination: "org.freedesktop.DBus", Path: "/org/freedesktop/DBus", Interface: "org.freedesktop.DBus", Member: "NameHasOwner", Signature: "s",
	Body: func(e *dbus.Encoder) { e.Text(notify.Service) },
}

func owned(conn *dbus.Conn) error {
	const serial = 3 // of hasOwner
	for {
		m, err := conn.Next()
		if err == nil {
			err = m.Err()
		}
		switch {
		case err != nil:
			return err
		case m.ReplySerial == serial && m.Read().Uint32() != 0:
			return nil
		case m.Member == "NameOwnerChanged" && newOwner(m) != "":
			return nil
		}
	}
}

// newOwner is the third text of the signal, after the name and its owner before.
func newOwner(m dbus.Message) string {
	d := m.Read()
	d.Text()
	d.Text()
	return d.Text()
}
