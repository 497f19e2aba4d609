// Package notify shows a desktop notification: one call of Notify of the Desktop
// Notifications Specification,
// https://specifications.freedesktop.org/notification-spec/latest/.
//
// A launch that fails from an icon or a link has no terminal to say so. It tells
// once and goes on: an absent notification daemon is not an error.
package notify

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"electroscope/launcher/dbus"
)

// A Message is what to show, in plain text.
type Message struct{ Summary, Body string }

// Shown is a notification that a daemon has taken.
type Shown struct {
	ID     uint32
	Daemon string // its unique name on the bus; another daemon may have that id for another's notification
}

// expires is how long it is shown, in milliseconds. Of some daemons the default is for
// ever (mako(5), default-timeout).
const expires = 15000

// longest is as much of the body as fits a bubble, in bytes.
const longest = 300

const (
	// Service is the daemon's name on the bus.
	Service = "org.freedesktop.Notifications"
	object  = "/org/freedesktop/Notifications"
)

// Patience is how long a service waits for a daemon that does not run yet. It is as
// long as a session bus waits for a service (dbus, session.conf, service_start_timeout).
const Patience = 2 * time.Minute

// ErrAbsent says that no daemon has answered, and that nothing was shown.
var ErrAbsent = errors.New("no notification daemon answers")

// Show shows n in place of the notification last, by the daemon on the message bus at
// address, which has the form of DBUS_SESSION_BUS_ADDRESS. It returns when the daemon
// has taken it, and no later than deadline. If start is set, the bus may start the
// daemon; a bus drops what its sender, gone meanwhile, had asked of a service that is
// still being started.
//
// The daemon is asked who it is first. One that has its name on the bus and does not
// answer yet would keep the notification, and show it beside the one that follows when
// nobody has waited for the answer.
func Show(address string, deadline time.Time, start bool, n Message, last Shown) (Shown, error) {
	conn, err := dial(address, deadline, information(start))
	if err != nil {
		return Shown{}, err
	}
	defer conn.Close()
	m, err := answer(conn, 2)
	if absent(m, err) {
		return Shown{}, fmt.Errorf("%w: %w", ErrAbsent, err)
	}
	if m.Sender != last.Daemon {
		last = Shown{Daemon: m.Sender}
	}
	serial := conn.NextSerial()
	if err := conn.Send(call(n, last.ID).Message(serial), nil); err != nil {
		return Shown{}, err
	}
	if m, err = answer(conn, serial); err != nil {
		return Shown{}, err
	}
	last.ID = m.Read().Uint32()
	return last, nil
}

// dial connects to the first bus of the address that takes it, with a second call
// behind the greeting.
func dial(address string, deadline time.Time, second dbus.Call) (*dbus.Conn, error) {
	err := dbus.ErrNoSocket
	for _, socket := range dbus.Sockets(address) {
		var conn *dbus.Conn
		if conn, err = dbus.Dial(socket, deadline, dbus.Hello, second); err == nil {
			return conn, nil
		}
	}
	return nil, err
}

// answer waits for the answer to a call; an error to the greeting ends it.
func answer(conn *dbus.Conn, serial uint32) (dbus.Message, error) {
	for {
		m, err := conn.Next()
		if err != nil || m.IsReply() && m.ReplySerial == serial {
			if err == nil {
				err = m.Err()
			}
			return m, err
		}
		if err := m.Err(); err != nil {
			return m, err
		}
	}
}

// absent reports whether the daemon was not there to answer: the bus says so in its own
// name (D-Bus specification, "Message Bus Messages"), or nobody says anything. An error
// of the daemon's is an answer.
func absent(m dbus.Message, err error) bool { return err != nil && !strings.HasPrefix(m.Sender, ":") }

// information is the call that every daemon answers.
func information(start bool) dbus.Call {
	return dbus.Call{Destination: Service, Path: object, Interface: Service, Member: "GetServerInformation", AutoStart: start}
}

// call is that of Notify: susssasa{sv}i.
//
// There is no desktop-entry hint, although it would give the app's icon: GNOME then
// counts the notification as the app's, and takes it away when the sender leaves the
// bus (js/ui/notificationDaemon.js, _onNameVanished), which a launch does at once.
// The urgency is given because rules of mako's do not know one that is not (mako(5)).
func call(n Message, replaces uint32) dbus.Call {
	const normal = 1
	n = n.Plain()
	return dbus.Call{
		Destination: Service, Path: object, Interface: Service, Member: "Notify", Signature: "susssasa{sv}i",
		Body: func(e *dbus.Encoder) {
			e.Text("electroscope")
			e.Uint32(replaces)
			e.Text("dialog-warning")
			e.Text(n.Summary)
			e.Text(escape.Replace(n.Body))
			e.Texts(nil) // no actions
			e.Array(8, func() {
				e.Text("urgency")
				e.Signature("y")
				e.Byte(normal)
			})
			e.Uint32(expires)
		},
	}
}

// escape is for the body, "Markup" in the specification.
var escape = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// Plain is the message as it is shown, but for markup: what a bus takes as text, for
// others would end the connection, and of a long body the begin.
func (n Message) Plain() Message { return Message{valid(n.Summary), short(valid(n.Body))} }

func valid(s string) string { return strings.ToValidUTF8(strings.ReplaceAll(s, "\x00", ""), "\ufffd") }

const ellipsis = "…"

func short(s string) string {
	if len(s) <= longest || len(s) <= longest+len(ellipsis) && strings.HasSuffix(s, ellipsis) {
		return s
	}
	return strings.ToValidUTF8(s[:longest], "") + ellipsis
}
