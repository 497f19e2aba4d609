package notify

import (
	"bufio"
	"encoding/binary"
	"errors"
	"net"
	"path/filepath"
	"strings"
	"testing"
	"time"

	godbus "github.com/godbus/dbus/v5"
)

const daemon = ":1.34" // its unique name

// A bus answers one connection's calls as a message bus with a daemon does, or without.
// It speaks through godbus. Real daemons are in tests/session.
type bus struct {
	t       *testing.T
	conn    net.Conn
	answers map[string]any // by member: an id, a refusal by the bus or a failure of the daemon; without one it is silent
	heard   chan *godbus.Message
}

// newBus returns the address.
func newBus(t *testing.T, answers map[string]any) (*bus, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "bus")
	l, err := net.Listen("unix", path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	b := &bus{t: t, answers: answers, heard: make(chan *godbus.Message, 8)}
	go func() {
		defer close(b.heard)
		var err error
		if b.conn, err = l.Accept(); err == nil {
			defer b.conn.Close()
			b.serve()
		}
	}()
	return b, "unix:path=" + path
}

func (b *bus) serve() {
	r := bufio.NewReader(b.conn)
	for line := ""; line != "BEGIN\r\n"; {
		var err error
		if line, err = r.ReadString('\n'); err != nil {
			return
		}
	}
	b.conn.Write([]byte("DATA\r\nOK 0123456789abcdef\r\nERROR\r\n"))
	for {
		m, err := godbus.DecodeMessage(r)
		if err != nil {
			return
		}
		member := m.Headers[godbus.FieldMember].Value().(string)
		if member != "Hello" {
			b.heard <- m
		}
		b.answer(m, b.answers[member])
	}
}

// Error names, by who answers with them.
type (
	refusal string // the bus
	failure string // the daemon
)

func (b *bus) answer(to *godbus.Message, with any) {
	m := godbus.Message{Type: godbus.TypeMethodReply, Headers: map[godbus.HeaderField]godbus.Variant{
		godbus.FieldReplySerial: godbus.MakeVariant(to.Serial()), godbus.FieldSender: godbus.MakeVariant(daemon),
	}}
	switch with := with.(type) {
	case refusal:
		m.Type = godbus.TypeError
		m.Headers[godbus.FieldErrorName] = godbus.MakeVariant(string(with))
		m.Headers[godbus.FieldSender] = godbus.MakeVariant("org.freedesktop.DBus")
	case failure:
		m.Type = godbus.TypeError
		m.Headers[godbus.FieldErrorName] = godbus.MakeVariant(string(with))
	case uint32:
		m.Body = []any{with}
		m.Headers[godbus.FieldSignature] = godbus.MakeVariant(godbus.SignatureOf(with))
	default:
		return
	}
	if err := m.EncodeTo(b.conn, binary.LittleEndian); err != nil {
		b.t.Error(err)
	}
}

// called are the members that were called, an exclamation mark before those for which
// the bus may start the daemon.
func (b *bus) called() string {
	var list []string
	for m := range b.heard {
		member := m.Headers[godbus.FieldMember].Value().(string)
		if m.Flags&godbus.FlagNoAutoStart == 0 {
			member = "!" + member
		}
		list = append(list, member)
	}
	return strings.Join(list, " ")
}

func TestShowAsked(t *testing.T) {
	const refused = refusal("org.freedesktop.DBus.Error.")
	asked := map[bool]string{false: "GetServerInformation", true: "!GetServerInformation"}
	for _, test := range []struct {
		name        string
		information any
		notify      any
		want        error // ErrAbsent, or any other (errSome)
		called      string
	}{
		{"a daemon that runs", uint32(0), uint32(12), nil, " Notify"},
		{"one that does not know the question", failure("org.freedesktop.DBus.Error.UnknownMethod"), uint32(12), nil, " Notify"},
		{"none on a dbus-daemon", refused + "NameHasNoOwner", nil, ErrAbsent, ""},
		{"none on a dbus-broker", refused + "ServiceUnknown", nil, ErrAbsent, ""},
		{"one that ends when it is started", refused + "Spawn.ChildExited", nil, ErrAbsent, ""},
		{"one that systemd must not start", refusal("org.freedesktop.systemd1.UnitMasked"), nil, ErrAbsent, ""},
		{"one that leaves", refused + "NoReply", nil, ErrAbsent, ""},
		{"one that is silent", nil, nil, ErrAbsent, ""},
		{"one that is silent then", uint32(0), nil, errSome, " Notify"},
		{"one that has enough", uint32(0), failure("org.freedesktop.Notifications.Error.ExcessNotificationGeneration"), errSome, " Notify"},
		{"one that leaves then", uint32(0), refused + "NoReply", errSome, " Notify"},
	} {
		for start, first := range asked {
			b, address := newBus(t, map[string]any{"Hello": uint32(0), "GetServerInformation": test.information, "Notify": test.notify})
			patience := 20 * time.Second
			if test.notify == nil && test.want != nil {
				patience = 100 * time.Millisecond
			}
			got, err := Show(address, time.Now().Add(patience), start, Message{}, Shown{})
			switch {
			case test.want == nil && (err != nil || got != Shown{12, daemon}):
				t.Errorf("%s: %v, %v", test.name, got, err)
			case test.want != nil && (err == nil || errors.Is(err, ErrAbsent) != (test.want == ErrAbsent)):
				t.Errorf("%s: %v, want %v", test.name, err, test.want)
			}
			if called := b.called(); called != first+test.called {
				t.Errorf("%s, start %v: called %q", test.name, start, called)
			}
		}
	}
}

var errSome = errors.New("another error than ErrAbsent")

// TestShowReplaces: the id that a daemon gave is for that daemon only.
func TestShowReplaces(t *testing.T) {
	for last, want := range map[Shown]uint32{{}: 0, {12, daemon}: 12, {12, ":1.33"}: 0} {
		b, address := newBus(t, map[string]any{"Hello": uint32(0), "GetServerInformation": uint32(0), "Notify": uint32(13)})
		if got, err := Show(address, time.Now().Add(20*time.Second), false, Message{}, last); err != nil || got != (Shown{13, daemon}) {
			t.Errorf("after %v: %v, %v", last, got, err)
		}
		<-b.heard
		if m := <-b.heard; m.Body[1] != want {
			t.Errorf("after %v replaces %v, want %d", last, m.Body[1], want)
		}
	}
}

// TestShowNowhere: what is not a bus is not a bus whose daemon is absent either.
func TestShowNowhere(t *testing.T) {
	for _, address := range []string{"", "unix:path=" + t.TempDir() + "/bus", "unix:path=" + strings.Repeat("/long", 60), "tcp:host=localhost"} {
		_, err := Show(address, time.Now().Add(20*time.Second), true, Message{}, Shown{})
		if err == nil || errors.Is(err, ErrAbsent) {
			t.Errorf("%q: %v", address, err)
		}
	}
}
