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
type plainDaemon struct{}

const noticeID = 7

func (plainDaemon) Notify(string, uint32, string, string, string, []string, map[string]dbus.Variant, int32) (uint32, *dbus.Error) {
	return noticeID, nil
}

// TestButtons: a button of the watcher's notice acts if the daemon that shows it says that it was
// pressed, and it is one that was offered. Whatever else is on the bus, such as the app itself from its
// sandbox, can send the same signal.
func TestButtons(t *testing.T) {
	s := plainStage(t)
	noNotifier(s)
	connect := func() *dbus.Conn {
		c, err := dbus.ConnectSessionBus()
		s.must(err)
		t.Cleanup(func() { c.Close() })
		return c
	}
	daemon, stranger := connect(), connect()
	s.must(daemon.Export(plainDaemon{}, "/org/freedesktop/Notifications", notifications))
	_, err := daemon.RequestName(notifications, dbus.NameFlagDoNotQueue)
	s.must(err)

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
