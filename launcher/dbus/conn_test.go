package dbus

import (
	"bufio"
	"errors"
	"net"
	"path/filepath"
	"testing"
	"time"
)

// server takes one connection, reads the greeting, and writes what comes of it.
func server(t *testing.T, answer func(net.Conn)) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "bus")
	l, err := net.Listen("unix", path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		c, err := l.Accept()
		if err != nil {
			return
		}
		defer c.Close()
		r := bufio.NewReader(c)
		for line := ""; line != "BEGIN\r\n"; {
			if line, err = r.ReadString('\n'); err != nil {
				return
			}
		}
		answer(c)
		r.ReadByte() // until the client closes
	}()
	return path
}

func dial(t *testing.T, path string, patience time.Duration) *Conn {
	t.Helper()
	c, err := Dial(path, time.Now().Add(patience))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

// TestWelcome: servers answer the greeting as one that sends a challenge for AUTH
// EXTERNAL without a name (systemd, dbus-daemon), or as one that needs none.
func TestWelcome(t *testing.T) {
	const guid = "OK 0123456789abcdef0123456789abcdef\r\n"
	for answer, want := range map[string]struct{ fds, fails bool }{
		"DATA\r\n" + guid + "AGREE_UNIX_FD\r\n": {fds: true},
		guid + "AGREE_UNIX_FD\r\n":              {fds: true},
		"DATA\r\n" + guid + "ERROR\r\n":         {},
		"REJECTED EXTERNAL\r\n":                 {fails: true},
		"DATA\r\nREJECTED EXTERNAL\r\n":         {fails: true},
	} {
		for _, whole := range []bool{true, false} {
			path := server(t, func(c net.Conn) {
				for i := range len(answer) {
					if whole {
						c.Write([]byte(answer))
						return
					}
					c.Write([]byte{answer[i]})
				}
			})
			fds, err := dial(t, path, 5*time.Second).TakesFDs()
			if fds != want.fds || (err != nil) != want.fails {
				t.Errorf("%q, in one piece %v: %v, %v", answer, whole, fds, err)
			}
		}
	}
}

// TestLate: a process that was stopped over the deadline reads what has come, and does
// not wait for more.
func TestLate(t *testing.T) {
	const greeting = "DATA\r\nOK 0123456789abcdef0123456789abcdef\r\nERROR\r\n"
	message := string(jobRemoved(t))
	written := make(chan struct{})
	path := server(t, func(c net.Conn) {
		c.Write([]byte(greeting + message + message[:20]))
		close(written)
	})
	c := dial(t, path, time.Millisecond)
	<-written
	for time.Now().Before(c.Deadline) {
		time.Sleep(time.Millisecond)
	}
	if m, err := c.Next(); err != nil || m.Member != "JobRemoved" {
		t.Errorf("what has come: %q, %v", m.Member, err)
	}
	begin := time.Now()
	if _, err := c.Next(); !errors.Is(err, ErrDeadline) || time.Since(begin) > time.Second {
		t.Errorf("what has not: %v after %v", err, time.Since(begin))
	}
}

// TestLonger: the deadline moves for as long as there is a reason.
func TestLonger(t *testing.T) {
	path := server(t, func(net.Conn) {})
	c := dial(t, path, 10*time.Millisecond)
	answers := []time.Duration{20 * time.Millisecond, 30 * time.Millisecond, 0, time.Hour}
	asked := 0
	c.Longer = func() time.Duration {
		asked++
		return answers[asked-1]
	}
	for range 2 {
		if _, err := c.Next(); !errors.Is(err, ErrDeadline) || asked != 3 {
			t.Errorf("%v, asked %d times", err, asked)
		}
	}
}

// TestLateTalker: who never stops talking is not listened to for ever.
func TestLateTalker(t *testing.T) {
	message := jobRemoved(t)
	path := server(t, func(c net.Conn) {
		c.Write([]byte("OK 0123456789abcdef0123456789abcdef\r\nERROR\r\n"))
		for {
			if _, err := c.Write(message); err != nil {
				return
			}
		}
	})
	c := dial(t, path, 10*time.Millisecond)
	for begin := time.Now(); time.Since(begin) < 10*time.Second; {
		if _, err := c.Next(); err != nil {
			if !errors.Is(err, ErrDeadline) {
				t.Error(err)
			}
			return
		}
	}
	t.Error("still listening after 10 s")
}
