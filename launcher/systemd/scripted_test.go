package systemd

import (
	"bufio"
	"bytes"
	"errors"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	godbus "github.com/godbus/dbus/v5"
)

// A scriptedManager stands in for systemd where the real one cannot be made to
// answer so; tests/session has the same launch on real managers. It speaks
// through godbus, an implementation that is not ours.
type scriptedManager struct {
	t      *testing.T
	dir    string // the runtime folder
	answer func(conn net.Conn, calls int, m *godbus.Message)
	socket *net.UnixListener
}

func newScripted(t *testing.T, answer func(conn net.Conn, calls int, m *godbus.Message)) *scriptedManager {
	t.Helper()
	s := &scriptedManager{t: t, dir: t.TempDir(), answer: answer}
	if err := os.Mkdir(filepath.Join(s.dir, "systemd"), 0o700); err != nil {
		t.Fatal(err)
	}
	s.listen()
	return s
}

func (s *scriptedManager) listen() {
	path := filepath.Join(s.dir, "systemd/private")
	os.Remove(path) // if there is none, all the better
	l, err := net.ListenUnix("unix", &net.UnixAddr{Name: path})
	if err != nil {
		s.t.Error(err)
		return
	}
	s.socket = l
	s.t.Cleanup(func() { l.Close() })
	go func() {
		calls := 0
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			calls = s.serve(conn, calls)
		}
	}()
}

// leave has nobody listen for a while, or until the test ends.
func (s *scriptedManager) leave(away time.Duration, removes bool) {
	s.socket.SetUnlinkOnClose(removes)
	s.socket.Close()
	back := time.AfterFunc(away, s.listen)
	s.t.Cleanup(func() { back.Stop() })
}

func (s *scriptedManager) serve(conn net.Conn, calls int) int {
	defer conn.Close()
	r := bufio.NewReader(conn)
	for line := ""; line != "BEGIN\r\n"; {
		var err error
		if line, err = r.ReadString('\n'); err != nil {
			return calls
		}
	}
	conn.Write([]byte("OK 0123456789abcdef\r\nERROR\r\n")) // no descriptors: godbus cannot read them
	for {
		m, err := godbus.DecodeMessage(r)
		if err != nil {
			return calls
		}
		calls++
		s.answer(conn, calls, m)
	}
}

// reply answers a call well.
func reply(t *testing.T, conn net.Conn, to *godbus.Message, body ...any) {
	t.Helper()
	conn.Write(wireOfGodbus(t, godbus.TypeMethodReply, map[godbus.HeaderField]godbus.Variant{
		godbus.FieldReplySerial: godbus.MakeVariant(to.Serial()),
	}, body...))
}

func refuse(t *testing.T, conn net.Conn, to *godbus.Message, name, text string) {
	t.Helper()
	conn.Write(wireOfGodbus(t, godbus.TypeError, map[godbus.HeaderField]godbus.Variant{
		godbus.FieldReplySerial: godbus.MakeVariant(to.Serial()),
		godbus.FieldErrorName:   godbus.MakeVariant(name),
	}, text))
}

func member(m *godbus.Message) string { return m.Headers[godbus.FieldMember].Value().(string) }

func unitOf(m *godbus.Message) string { return m.Body[0].(string) }

func has(m *godbus.Message, property string) bool {
	var list []prop
	if err := godbus.Store(m.Body[2:3], &list); err != nil {
		panic(err)
	}
	for _, p := range list {
		if p.Name == property {
			return true
		}
	}
	return false
}

const propertyReadOnly = "org.freedesktop.DBus.Error.PropertyReadOnly"

func discord() Unit {
	return Unit{
		Name: "app-discord-42.scope", Slice: "app-electron.slice", PID: 42, Guards: []string{"app-org.chromium.Chromium-42.scope"},
		Properties: []Property{{Name: "MemoryMax", Value: uint64(1)}, {Name: "MemoryNew", Value: uint64(2)}, {Name: "OOMPolicy", Value: "continue", Creation: true}},
		Slices:     []Slice{{Name: "app-electron.slice", Properties: []Property{{Name: "MemoryHigh", Value: uint64(7)}}}},
	}
}

func launch(t *testing.T, s *scriptedManager, u Unit, patience time.Duration) (Outcome, error) {
	t.Helper()
	c, err := Dial(s.dir, time.Now().Add(patience))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	start, err := c.Start(u)
	if err != nil {
		return Outcome{}, err
	}
	return start.Wait()
}

// obliging answers as a manager that takes everything, unless special does.
func obliging(t *testing.T, special func(conn net.Conn, calls int, m *godbus.Message) bool) *scriptedManager {
	return newScripted(t, func(conn net.Conn, calls int, m *godbus.Message) {
		switch {
		case special(conn, calls, m):
		case member(m) == "StartTransientUnit":
			reply(t, conn, m, godbus.ObjectPath("/org/freedesktop/systemd1/job/3"))
			conn.Write(jobRemoved(t, "other.scope", "failed")) // somebody else's
			conn.Write(jobRemoved(t, unitOf(m), "done"))
		case member(m) == "Get":
			reply(t, conn, m, godbus.MakeVariant(infinity))
		default:
			reply(t, conn, m)
		}
	})
}

const long = 20 * time.Second // a bound on the test, never reached

func TestScriptedRefusals(t *testing.T) {
	never := func(net.Conn, int, *godbus.Message) bool { return false }
	start := func(m *godbus.Message) bool { return member(m) == "StartTransientUnit" }
	for _, test := range []struct {
		name    string
		special func(t *testing.T) func(net.Conn, int, *godbus.Message) bool
		unit    string
		refused string
		err     string
	}{
		{name: "takes all", unit: "app-discord-42.scope",
			special: func(*testing.T) func(net.Conn, int, *godbus.Message) bool { return never }},
		{name: "one property unknown", unit: "app-discord-42.scope", refused: "MemoryNew",
			special: func(t *testing.T) func(net.Conn, int, *godbus.Message) bool {
				return func(conn net.Conn, _ int, m *godbus.Message) bool {
					if start(m) && has(m, "MemoryNew") || member(m) == "SetUnitProperties" && has(m, "MemoryNew") {
						refuse(t, conn, m, propertyReadOnly, "Cannot set property MemoryNew, or unknown property.")
						return true
					}
					return false
				}
			}},
		{name: "creation property unknown", unit: "app-discord-42.scope", refused: "OOMPolicy",
			special: func(t *testing.T) func(net.Conn, int, *godbus.Message) bool {
				return func(conn net.Conn, _ int, m *godbus.Message) bool {
					if start(m) && has(m, "OOMPolicy") {
						refuse(t, conn, m, propertyReadOnly, "Cannot set property OOMPolicy, or unknown property.")
						return true
					}
					return false
				}
			}},
		{name: "slice refused", unit: "app-discord-42.scope", refused: "MemoryHigh",
			special: func(t *testing.T) func(net.Conn, int, *godbus.Message) bool {
				return func(conn net.Conn, _ int, m *godbus.Message) bool {
					if member(m) == "SetUnitProperties" && unitOf(m) == "app-electron.slice" {
						refuse(t, conn, m, "org.freedesktop.DBus.Error.AccessDenied", "Permission denied")
						return true
					}
					return false
				}
			}},
		{name: "name taken", unit: "app-discord-42x.scope",
			special: func(t *testing.T) func(net.Conn, int, *godbus.Message) bool {
				return func(conn net.Conn, _ int, m *godbus.Message) bool {
					if start(m) && unitOf(m) == "app-discord-42.scope" {
						refuse(t, conn, m, errUnitExists, "Unit app-discord-42.scope was already loaded or has a fragment file.")
						return true
					}
					return false
				}
			}},
		{name: "guard's name taken", unit: "app-discord-42.scope",
			special: func(t *testing.T) func(net.Conn, int, *godbus.Message) bool {
				return func(conn net.Conn, calls int, m *godbus.Message) bool {
					if start(m) && calls == 1 {
						refuse(t, conn, m, errUnitExists, "Unit app-org.chromium.Chromium-42.scope was already loaded or has a fragment file.")
						return true
					}
					return false
				}
			}},
		{name: "access denied", err: "Access denied by policy",
			special: func(t *testing.T) func(net.Conn, int, *godbus.Message) bool {
				return func(conn net.Conn, _ int, m *godbus.Message) bool {
					refuse(t, conn, m, "org.freedesktop.DBus.Error.AccessDenied", "Access denied by policy")
					return true
				}
			}},
		{name: "job fails", err: `the scope's start job ended "failed"`,
			special: func(t *testing.T) func(net.Conn, int, *godbus.Message) bool {
				return func(conn net.Conn, _ int, m *godbus.Message) bool {
					if start(m) {
						reply(t, conn, m, godbus.ObjectPath("/org/freedesktop/systemd1/job/3"))
						conn.Write(jobRemoved(t, unitOf(m), "failed"))
						return true
					}
					return false
				}
			}},
		{name: "hangs up once", unit: "app-discord-42.scope",
			special: func(t *testing.T) func(net.Conn, int, *godbus.Message) bool {
				return func(conn net.Conn, calls int, _ *godbus.Message) bool {
					if calls == 1 {
						conn.Close()
						return true
					}
					return false
				}
			}},
		{name: "hangs up always", err: "EOF",
			special: func(t *testing.T) func(net.Conn, int, *godbus.Message) bool {
				return func(conn net.Conn, _ int, _ *godbus.Message) bool {
					conn.Close()
					return true
				}
			}},
		{name: "speaks nonsense", err: "malformed",
			special: func(t *testing.T) func(net.Conn, int, *godbus.Message) bool {
				return func(conn net.Conn, _ int, _ *godbus.Message) bool {
					conn.Write(bytes.Repeat([]byte("no D-Bus at all "), 4))
					return true
				}
			}},
	} {
		t.Run(test.name, func(t *testing.T) {
			outcome, err := launch(t, obliging(t, test.special(t)), discord(), long)
			if test.err != "" {
				if err == nil || !strings.Contains(err.Error(), test.err) {
					t.Errorf("error %v, want %q in it", err, test.err)
				}
				return
			}
			if err != nil || outcome.Name != test.unit {
				t.Errorf("unit %q, %v; want %q", outcome.Name, err, test.unit)
			}
			var refused []string
			for _, r := range outcome.Refused {
				refused = append(refused, r.Name)
			}
			if got := strings.Join(refused, " "); got != test.refused {
				t.Errorf("refused %q, want %q", got, test.refused)
			}
		})
	}
}

// The slice's limit is set once, again when it changes, and never over
// somebody else's choice.
func TestScriptedSliceIsSetOnce(t *testing.T) {
	var present, sets atomic.Uint64 // the manager is another goroutine
	present.Store(infinity)
	s := obliging(t, func(conn net.Conn, _ int, m *godbus.Message) bool {
		switch {
		case member(m) == "Get":
			reply(t, conn, m, godbus.MakeVariant(present.Load()))
			return true
		case member(m) == "SetUnitProperties":
			var list []prop
			if err := godbus.Store(m.Body[2:3], &list); err != nil {
				t.Error(err)
			}
			present.Store(list[0].Value.Value().(uint64))
			sets.Add(1)
		}
		return false
	})
	u := discord()
	for _, step := range []struct {
		name    string
		by      func()
		sets    uint64
		present uint64
	}{
		{"first launch", func() {}, 1, 7},
		{"second launch", func() {}, 1, 7},
		{"the budget changes", func() { u.Slices[0].Properties[0].Value = uint64(9) }, 2, 9},
		{"the user sets it by hand, and the budget changes", func() { present.Store(5); u.Slices[0].Properties[0].Value = uint64(11) }, 2, 5},
	} {
		step.by()
		if _, err := launch(t, s, u, long); err != nil {
			t.Fatal(err)
		}
		if sets.Load() != step.sets || present.Load() != step.present {
			t.Errorf("%s: set %d times, now %d; want %d times, %d", step.name, sets.Load(), present.Load(), step.sets, step.present)
		}
	}
}

func TestScriptedSilence(t *testing.T) {
	s := newScripted(t, func(net.Conn, int, *godbus.Message) {})
	if _, err := launch(t, s, discord(), 50*time.Millisecond); !errors.Is(err, ErrDeadline) {
		t.Errorf("a manager that never answers: %v", err)
	}
}

func TestDialWithoutManager(t *testing.T) {
	if _, err := Dial(t.TempDir(), time.Now().Add(long)); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no socket: %v", err)
	}
	if _, err := Dial(strings.Repeat("/long", 60), time.Now().Add(long)); err == nil {
		t.Error("a path that no socket address holds: no error")
	}
}

func TestMemoSurvivesNonsense(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "electroscope", "manager")
	m := memo{path: file}
	m.remember("app-electron.slice MemoryHigh", 7)
	m.save()
	again := memo{path: file}
	if v, ok := again.number("app-electron.slice MemoryHigh"); !ok || v != 7 {
		t.Errorf("remembered %d, %v", v, ok)
	}
	for _, text := range []string{"", "\x00\xff", "app-electron.slice MemoryHigh -1\n", strings.Repeat("x", 200_000)} {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		m := memo{path: file}
		if _, ok := m.number("app-electron.slice MemoryHigh"); ok {
			t.Errorf("a number from %.20q", text)
		}
	}
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("/dev/zero", file); err != nil {
		t.Fatal(err)
	}
	m = memo{path: file}
	if m.load(); len(m.lines) != 0 {
		t.Errorf("read through a link: %d lines", len(m.lines))
	}
}
