//go:build rig

package session

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"
)

// A desk is a notification daemon that shows nothing: in a rig without a manager
// there is no display either.
type desk struct{ told chan string }

func (d desk) GetServerInformation() (name, vendor, version, spec string, err *dbus.Error) {
	return "desk", "electroscope", "1", "1.2", nil
}

func (d desk) Notify(_ string, _ uint32, _, summary, body string, _ []string, _ map[string]dbus.Variant, _ int32) (uint32, *dbus.Error) {
	d.told <- summary + ": " + body
	return 7, nil
}

// TestWithoutManagerNotice: with nobody to leave it to, the launch tells the daemon
// itself, and once.
func TestWithoutManagerNotice(t *testing.T) {
	s := plainStage(t)
	address := "unix:path=" + s.dir + "/session-bus"
	s.start("/usr/bin/dbus-daemon", "--session", "--nofork", "--nopidfile", "--address="+address)
	var c *dbus.Conn
	if !until(soon, func() (up bool) { conn, err := dbus.Connect(address); c = conn; return err == nil }) {
		t.Fatal("no bus")
	}
	defer c.Close()
	d := desk{make(chan string, 8)}
	s.must(c.Export(d, "/org/freedesktop/Notifications", notifications))
	_, err := c.RequestName(notifications, dbus.NameFlagDoNotQueue)
	s.must(err)
	s.must(forget())
	s.env = append(s.env, "DBUS_SESSION_BUS_ADDRESS="+address)
	for range 2 {
		s.start("plain").report(s.bin + "/plain-app")
	}
	select {
	case got := <-d.told:
		if !strings.HasPrefix(got, "plain: runs without limits: there is no user manager") {
			t.Errorf("told %q", got)
		}
	case <-time.After(soon):
		t.Fatal("told of nothing")
	}
	if len(d.told) > 0 {
		t.Errorf("told once more: %q", <-d.told)
	}
	if text, err := os.ReadFile(lateNotice("plain")); string(text) != "7 "+c.Names()[0]+"\n" {
		t.Errorf("it remembers %q, %v; the daemon is %q", text, err, c.Names()[0])
	}
}
