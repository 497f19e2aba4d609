package systemd

import (
	"io"
	"net"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	godbus "github.com/godbus/dbus/v5"
)

// FuzzReplies answers a launch with any bytes and hangs up. The launch ends at once, and holds the
// scope for made only if it was told that a job of that unit is done.
func FuzzReplies(f *testing.F) {
	defer func(c func() float64) { contention = c }(contention)
	contention = func() float64 { return 0 } // a manager that hangs up is not called again
	for _, said := range conversations(f) {
		f.Add(said)
	}
	dir := f.TempDir()
	l, err := net.Listen("unix", dir+string(public))
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { l.Close() })
	f.Fuzz(func(t *testing.T, said string) {
		if err := os.RemoveAll(dir + "/electroscope"); err != nil { // what a launch remembers
			t.Fatal(err)
		}
		var served sync.WaitGroup
		served.Go(func() { say(l, said) })
		defer served.Wait()
		c, err := Dial(dir, time.Now().Add(long))
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		start, err := c.Start(discord())
		if err != nil {
			return
		}
		out, err := start.Wait()
		if err == nil && !(strings.Contains(said, out.Name) && strings.Contains(said, "done")) {
			t.Errorf("%q is taken for the scope %q", said, out.Name)
		}
	})
}

// say is one side of a connection, whatever the other one says.
func say(l net.Listener, said string) {
	c, err := l.Accept()
	if err != nil {
		return
	}
	defer c.Close()
	io.WriteString(c, said)
	c.(*net.UnixConn).CloseWrite()
	io.Copy(io.Discard, c)
}

// conversations are what a bus says: to Hello and two matches, then to StartTransientUnit, to the
// question about the slice's limit, and to its being set.
func conversations(f *testing.F) []string {
	answer := func(serial uint32, body ...any) string {
		return string(wireOfGodbus(f, godbus.TypeMethodReply, map[godbus.HeaderField]godbus.Variant{godbus.FieldReplySerial: godbus.MakeVariant(serial)}, body...))
	}
	refusal := func(serial uint32, name, text string) string {
		return string(wireOfGodbus(f, godbus.TypeError, map[godbus.HeaderField]godbus.Variant{
			godbus.FieldReplySerial: godbus.MakeVariant(serial), godbus.FieldErrorName: godbus.MakeVariant(name),
		}, text))
	}
	welcome := "DATA\r\nOK 0123456789abcdef\r\nERROR\r\n" + answer(1, ":1.7") + answer(2) + answer(3)
	queued := answer(4, godbus.ObjectPath("/org/freedesktop/systemd1/job/3"))
	ended := string(jobRemoved(f, discord().Name, "done"))
	return []string{
		welcome + queued + ended + answer(5, godbus.MakeVariant(infinity)) + answer(6),
		welcome + answer(5, godbus.MakeVariant(infinity)) + answer(6) + ended + queued,
		welcome + queued + string(jobRemoved(f, discord().Name, "failed")),
		welcome + refusal(4, propertyReadOnly, "Cannot set property PIDFDs, or unknown property."),
		welcome + refusal(4, "org.freedesktop.systemd1.UnitExists", "Unit app-discord-42.scope was already loaded or has a fragment file."),
		"REJECTED EXTERNAL\r\n",
		welcome + "l\x02\x01\x01\xff\xff\xff\xff\x01\x00\x00\x00\xff\xff\xff\xff",
	}
}
