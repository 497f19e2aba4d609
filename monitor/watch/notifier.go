package watch

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/godbus/dbus/v5"
)

// A Notifier shows findings on the desktop: the Desktop Notifications Specification,
// https://specifications.freedesktop.org/notification-spec/latest/. A notice of an app replaces
// the last of the same app.
type Notifier struct {
	Address string                   // of the session's message bus
	Act     func(app, action string) // what the user chose; it may take its time

	mu    sync.Mutex
	conn  *dbus.Conn
	shown map[string]uint32 // ids by app
}

const (
	service = "org.freedesktop.Notifications"
	object  = "/org/freedesktop/Notifications"
)

// An Action is a button of a notice: what it does, and what it is called.
type Action struct{ Key, Label string }

// notifyTimeout is how long a daemon may take, which the bus may have to start.
const notifyTimeout = 30 * time.Second

// Show shows a notice. An absent daemon is an error, and so is a bus that is gone: the next
// notice dials anew.
func (n *Notifier) Show(notice Notice, actions []Action) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	if err := n.dial(); err != nil {
		return err
	}
	var words []string
	for _, a := range actions {
		words = append(words, a.Key, a.Label)
	}
	body := escape.Replace(notice.Text + "\n" + notice.Remedy)
	ctx, cancel := context.WithTimeout(context.Background(), notifyTimeout)
	defer cancel()
	const untilRead = 0 // what ended a process should not go unseen
	call := n.conn.Object(service, object).CallWithContext(ctx, service+".Notify", 0, "electroscope", n.shown[notice.Title], "dialog-warning",
		notice.Title, body, words, map[string]dbus.Variant{"urgency": dbus.MakeVariant(byte(1))}, int32(untilRead))
	var id uint32
	if err := call.Store(&id); err != nil {
		n.close()
		return fmt.Errorf("cannot show a notice: %w", err)
	}
	n.shown[notice.Title] = id
	return nil
}

// escape is for the body, "Markup" in the specification.
var escape = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

func (n *Notifier) dial() error {
	if n.conn != nil && n.conn.Connected() {
		return nil
	}
	// Not SessionBus: without an address that would start a bus of its own (godbus/dbus#268).
	conn, err := dbus.Connect(n.Address)
	if err != nil {
		return fmt.Errorf("cannot reach the message bus at %q: %w", n.Address, err)
	}
	if err := conn.AddMatchSignal(dbus.WithMatchInterface(service), dbus.WithMatchMember("ActionInvoked")); err != nil {
		conn.Close()
		return fmt.Errorf("cannot hear of notices: %w", err)
	}
	signals := make(chan *dbus.Signal, 16)
	conn.Signal(signals)
	n.conn, n.shown = conn, map[string]uint32{}
	go n.hear(signals)
	return nil
}

// hear acts on what the user chooses, until the connection ends.
func (n *Notifier) hear(signals <-chan *dbus.Signal) {
	for s := range signals {
		var id uint32
		var key string
		if s.Name != service+".ActionInvoked" || dbus.Store(s.Body, &id, &key) != nil {
			continue
		}
		if app, ours := n.appOf(id); ours {
			n.Act(app, key)
		}
	}
}

func (n *Notifier) appOf(id uint32) (string, bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for app, shown := range n.shown {
		if shown == id {
			return app, true
		}
	}
	return "", false
}

func (n *Notifier) close() {
	if n.conn != nil {
		n.conn.Close()
	}
	n.conn = nil
}

// Close ends the connection.
func (n *Notifier) Close() {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.close()
}
