// Package notify shows a desktop notification: one call of Notify of the Desktop
// Notifications Specification,
// https://specifications.freedesktop.org/notification-spec/latest/.
//
// A launch that fails from an icon or a link has no terminal to say so. It tells
// once and goes on: an absent notification daemon is not an error.
package notify

import (
	"strings"
	"time"

	"electroscope/launcher/dbus"
)

// A Message is what to show, in plain text; of a long Body only its begin.
type Message struct{ Summary, Body string }

// expires is how long it is shown, in milliseconds. Of some daemons the default is for
// ever (mako(5), default-timeout).
const expires = 15000

// longest is as much as fits a bubble, in bytes.
const longest = 300

const (
	service = "org.freedesktop.Notifications"
	object  = "/org/freedesktop/Notifications"
)

// Send shows n by the daemon on the message bus at address, which has the form of
// DBUS_SESSION_BUS_ADDRESS. It returns when the daemon has taken it, and no later
// than deadline: a bus drops what its sender, gone meanwhile, had asked of a
// service that is still being started.
func Send(address string, deadline time.Time, n Message) error {
	err := dbus.ErrNoSocket
	for _, socket := range dbus.Sockets(address) {
		var conn *dbus.Conn
		if conn, err = dbus.Dial(socket, deadline, dbus.Hello, notify(n)); err != nil {
			continue
		}
		defer conn.Close()
		return taken(conn)
	}
	return err
}

// taken waits for the answer to the second call; an error to the first ends it.
func taken(conn *dbus.Conn) error {
	for {
		m, err := conn.Next()
		if err == nil {
			err = m.Err()
		}
		if err != nil || m.IsReply() && m.ReplySerial == 2 {
			return err
		}
	}
}

// notify is the call: susssasa{sv}i.
func notify(n Message) dbus.Call {
	return dbus.Call{
		Destination: service, Path: object, Interface: service, Member: "Notify", AutoStart: true, Signature: "susssasa{sv}i",
		Body: func(e *dbus.Encoder) {
			e.Text("electroscope")
			e.Uint32(0) // replaces none
			e.Text("dialog-warning")
			e.Text(valid(n.Summary))
			e.Text(escape.Replace(short(valid(n.Body))))
			e.Texts(nil)          // no actions
			e.Array(8, func() {}) // no hints
			e.Uint32(expires)
		},
	}
}

// escape is for the body, "Markup" in the specification.
var escape = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// valid is a text that a bus takes: others would end the connection.
func valid(s string) string { return strings.ToValidUTF8(strings.ReplaceAll(s, "\x00", ""), "\ufffd") }

func short(s string) string {
	if len(s) <= longest {
		return s
	}
	return strings.ToValidUTF8(s[:longest], "") + "…"
}
