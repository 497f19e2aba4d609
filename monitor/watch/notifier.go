package watch

import (
	"context"
	"fmt"
	"slices"
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
	shown map[string]shown // by app
}

// A shown is a notice that a daemon has taken.
type shown struct {
	id     uint32
	daemon string   // its unique name on the bus: any program there can send the signal of a button
	keys   []string // of the actions that were offered
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
	var now shown
	for _, a := range actions {
		words = append(words, a.Key, a.Label)
		now.keys = append(now.keys, a.Key)
	}
	body := escape.Replace(notice.Text + "\n" + notice.Remedy)
	ctx, cancel := context.WithTimeout(context.Background(), notifyTimeout)
	defer cancel()
	const untilRead = 0 // what ended a process should not go unseen
	call := n.conn.Object(service, object).CallWithContext(ctx, service+".Notify", 0, "electroscope", n.shown[notice.Title].id, "dialog-warning",
		notice.Title, body, words, map[string]dbus.Variant{"urgency": dbus.MakeVariant(byte(1))}, int32(untilRead))
	if err := call.Store(&now.id); err != nil {
		n.close()
		return fmt.Errorf("cannot show a notice: %w", err)
	}
	// One that has left the bus meanwhile has no name, and nobody's button counts.
	_ = n.conn.BusObject().CallWithContext(ctx, "org.freedesktop.DBus.GetNameOwner", 0, service).Store(&now.daemon)
	n.shown[notice.Title] = now
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
	n.conn, n.shown = conn, map[string]shown{}
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
		if app, ok := n.chosen(s.Sender, id, key); ok {
			n.Act(app, key)
		}
	}
}

// chosen is the app whose notice has the action, if it is the daemon that showed it that says so.
func (n *Notifier) chosen(sender string, id uint32, key string) (app string, ok bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for app, s := range n.shown {
		if s.id == id && s.daemon == sender && slices.Contains(s.keys, key) {
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
