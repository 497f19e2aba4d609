//go:build rig

package session

import (
	"os"
	"slices"
	"testing"
	"time"

	told "electroscope/monitor/watch"

	"github.com/godbus/dbus/v5"
)

// A plainDaemon takes each notice, and gives all of them the same id.
type plainDaemon struct{ callers chan dbus.Sender }

const noticeID = 7

// Notify is that of the Desktop Notifications Specification.
func (d plainDaemon) Notify(from dbus.Sender, _ string, _ uint32, _, _, _ string, _ []string, _ map[string]dbus.Variant, _ int32) (uint32, *dbus.Error) {
	d.callers <- from
	return noticeID, nil
}

// newBusConn is a connection to the session's bus, as another program has it.
func newBusConn(s *stage) *dbus.Conn {
	s.t.Helper()
	c, err := dbus.ConnectSessionBus()
	s.must(err)
	s.t.Cleanup(func() { c.Close() })
	return c
}

// newPlainDaemon has the daemon's name on the bus.
func newPlainDaemon(s *stage) (*dbus.Conn, plainDaemon) {
	s.t.Helper()
	noNotifier(s)
	c, d := newBusConn(s), plainDaemon{make(chan dbus.Sender, 10)}
	s.must(c.Export(d, "/org/freedesktop/Notifications", notifications))
	_, err := c.RequestName(notifications, dbus.NameFlagDoNotQueue)
	s.must(err)
	return c, d
}

// TestButtons: a button of the watcher's notice acts if the daemon that shows it says that it was
// pressed, and it is one that was offered. Whatever else is on the bus, such as the app itself from its
// sandbox, can send the same signal.
func TestButtons(t *testing.T) {
	s := plainStage(t)
	daemon, _ := newPlainDaemon(s)
	stranger := newBusConn(s)
	chosen := make(chan string, 10)
	n := &told.Notifier{Address: os.Getenv("DBUS_SESSION_BUS_ADDRESS"), Act: func(app, action string) { chosen <- app + " " + action }}
	defer n.Close()
	s.must(n.Show(told.Notice{Title: "plain", Text: "x"}, []told.Action{{Key: "restart", Label: "Restart"}}))

	press := func(from *dbus.Conn, id uint32, key string) {
		s.must(from.Emit("/org/freedesktop/Notifications", notifications+".ActionInvoked", id, key))
	}
	press(stranger, noticeID, "restart")
	press(stranger, noticeID, "raise 999G")
	press(daemon, noticeID, "raise 999G")
	press(daemon, noticeID+1, "restart")
	s.must(stranger.BusObject().Call("org.freedesktop.DBus.GetId", 0).Err) // the bus has passed on what the stranger sent
	press(daemon, noticeID, "restart")
	var got []string
	select {
	case c := <-chosen:
		got = append(got, c)
	case <-time.After(late):
	}
	for range len(chosen) {
		got = append(got, <-chosen)
	}
	if want := []string{"plain restart"}; !slices.Equal(got, want) {
		t.Errorf("%q act, want %q", got, want)
	}
}

// TestBusCallers: the watcher's connection for notices has no name on the bus, and answers no call but
// the ping that every connection answers.
func TestBusCallers(t *testing.T) {
	s := plainStage(t)
	_, d := newPlainDaemon(s)
	n := &told.Notifier{Address: os.Getenv("DBUS_SESSION_BUS_ADDRESS"), Act: func(app, action string) { t.Errorf("%s: %s", app, action) }}
	defer n.Close()
	s.must(n.Show(told.Notice{Title: "plain", Text: "x"}, []told.Action{{Key: "restart", Label: "Restart"}}))
	watcher := string(<-d.callers)
	var names []string
	s.must(onBus(s).Call("org.freedesktop.DBus.ListNames", 0).Store(&names))
	for _, name := range names {
		var owner string // of a name that has gone meanwhile there is none
		_ = onBus(s).Call("org.freedesktop.DBus.GetNameOwner", 0, name).Store(&owner)
		if owner == watcher && name != watcher {
			t.Errorf("the watcher has the name %q", name)
		}
	}
	for _, call := range []string{"org.freedesktop.DBus.Introspectable.Introspect", "org.freedesktop.DBus.Properties.GetAll", notifications + ".ActionInvoked", "electroscope.Stop"} {
		for _, path := range []dbus.ObjectPath{"/", "/org/freedesktop/Notifications", "/electroscope"} {
			if err := newBusConn(s).Object(watcher, path).Call(call, 0, uint32(noticeID), "restart").Err; err == nil {
				t.Errorf("%s answers %s", path, call)
			}
		}
	}
}
