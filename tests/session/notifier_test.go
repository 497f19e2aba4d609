//go:build rig

package session

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"
)

// A notifier is a real notification daemon.
type notifier struct {
	name    string
	program string // its path, or a pattern
	wayland bool   // it draws by wlr-layer-shell only
	bus     bool   // it comes with a file by which a bus starts it
}

var notifiers = []notifier{
	{name: "dunst", program: "/usr/bin/dunst", bus: true},
	{name: "xfce4-notifyd", program: "/usr/lib/*/xfce4/notifyd/xfce4-notifyd", bus: true},
	{name: "mako", program: "/usr/bin/mako", wayland: true, bus: true},
	{name: "lxqt-notificationd", program: "/usr/bin/lxqt-notificationd"},
}

// command is the daemon's command line, with the display in it; for mako a compositor
// is started.
func (n notifier) command(s *stage) []string {
	s.t.Helper()
	found, _ := filepath.Glob(n.program)
	if len(found) != 1 {
		s.t.Fatalf("%q: %d programs (remedy: tests/rig/install.sh notice)", n.program, len(found))
	}
	display := "DISPLAY=" + os.Getenv("DISPLAY")
	if n.wayland {
		display = "WAYLAND_DISPLAY=" + compositor(s)
	}
	return []string{"/usr/bin/env", display, "QT_QPA_PLATFORM=xcb", found[0]}
}

// compositor starts sway without a screen or a seat, and returns its display.
func compositor(s *stage) string {
	s.t.Helper()
	sockets := os.Getenv("XDG_RUNTIME_DIR") + "/wayland-?"
	if left, _ := filepath.Glob(sockets); len(left) > 0 { // by one that was killed
		s.must(os.Remove(left[0]))
	}
	s.write(s.dir+"/sway", "xwayland disable\n")
	p := s.startWith(func(c *exec.Cmd) {
		c.Env = append(c.Env, "WLR_BACKENDS=headless", "WLR_LIBINPUT_NO_DEVICES=1", "WLR_RENDERER=pixman")
	}, "/usr/bin/sway", "--config", s.dir+"/sway")
	var found []string
	if !until(late, func() bool { found, _ = filepath.Glob(sockets); return len(found) > 0 }) {
		s.t.Fatalf("sway has no socket: %s", p.stderr())
	}
	return filepath.Base(found[0])
}

const notifications = "org.freedesktop.Notifications"

// activatable makes a command line what the bus starts for the daemon's name, before
// what the machine has for it (XDG_DATA_HOME, dbus-daemon(1)).
func activatable(s *stage, command ...string) {
	s.t.Helper()
	file := os.Getenv("HOME") + "/.local/share/dbus-1/services/" + notifications + ".service"
	s.write(file, "[D-BUS Service]\nName="+notifications+"\nExec="+strings.Join(command, " ")+"\n")
	s.t.Cleanup(func() { os.Remove(file) })
	s.must(onBus(s).Call("org.freedesktop.DBus.ReloadConfig", 0).Err)
}

// onBus is the message bus itself.
func onBus(s *stage) dbus.BusObject {
	s.t.Helper()
	c, err := dbus.SessionBus() // one for all tests
	s.must(err)
	return c.BusObject()
}

// notifierPID is the process that has the daemon's name, 0 if none has.
func notifierPID(s *stage) int {
	var pid uint32
	if onBus(s).Call("org.freedesktop.DBus.GetConnectionUnixProcessID", 0, notifications).Store(&pid) != nil {
		return 0
	}
	return int(pid)
}

// noNotifier ends the daemon, by whomever it was started.
func noNotifier(s *stage) {
	s.t.Helper()
	if pid := notifierPID(s); pid != 0 {
		syscall.Kill(pid, syscall.SIGKILL) // one whose display has gone may be ending already
	}
	if !until(soon, func() bool { return notifierPID(s) == 0 }) {
		s.t.Fatal("the daemon keeps its name")
	}
}

// runs starts the daemon, and waits until it has its name.
func (n notifier) runs(s *stage, command []string) {
	s.t.Helper()
	p := s.start(command[0], command[1:]...)
	if !until(late, func() bool { return notifierPID(s) != 0 }) {
		s.t.Fatalf("%s does not come to the bus: %s", n.name, p.stderr())
	}
}

// A shown is a notification that a daemon has taken, as it was seen on the bus.
type shown struct {
	ID, Replaces uint32
	Text         string
}

// A watcher sees the calls of Notify, and what the daemon answers.
type watcher struct {
	mu    sync.Mutex
	calls map[string]shown // by caller and serial, not answered yet
	list  []shown
}

// watch begins to watch the bus (dbus-specification, "org.freedesktop.DBus.Monitoring").
func watch(s *stage) *watcher {
	s.t.Helper()
	c, err := dbus.ConnectSessionBus()
	s.must(err)
	s.t.Cleanup(func() { c.Close() })
	w := &watcher{calls: make(map[string]shown)}
	heard := make(chan *dbus.Message, 1000)
	rules := []string{"interface='" + notifications + "'", "type='method_return'"} // godbus cannot read descriptors, which launches send
	s.must(c.BusObject().Call("org.freedesktop.DBus.Monitoring.BecomeMonitor", 0, rules, uint32(0)).Err)
	c.Eavesdrop(heard) // from here on it has no answers to calls of ours
	go func() {
		for m := range heard {
			w.take(m)
		}
	}()
	return w
}

func (w *watcher) take(m *dbus.Message) {
	w.mu.Lock()
	defer w.mu.Unlock()
	text := func(f dbus.HeaderField) string { v, _ := m.Headers[f].Value().(string); return v }
	switch m.Type {
	case dbus.TypeMethodCall:
		if text(dbus.FieldMember) == "Notify" {
			w.calls[fmt.Sprintln(text(dbus.FieldSender), m.Serial())] = shown{Replaces: m.Body[1].(uint32), Text: fmt.Sprint(m.Body[3], ": ", m.Body[4])}
		}
	case dbus.TypeMethodReply:
		call := fmt.Sprintln(text(dbus.FieldDestination), m.Headers[dbus.FieldReplySerial].Value())
		if n, ok := w.calls[call]; ok {
			n.ID = m.Body[0].(uint32)
			w.list = append(w.list, n)
		}
	}
}

func (w *watcher) shown() []shown {
	w.mu.Lock()
	defer w.mu.Unlock()
	return append([]shown{}, w.list...)
}

// text is that of the first that was shown.
func (w *watcher) text(s *stage) string {
	s.t.Helper()
	if !until(late, func() bool { return len(w.shown()) > 0 }) {
		s.t.Fatal("it is not shown")
	}
	return w.shown()[0].Text
}

// expect waits until as many notifications as that were shown, the helpers that showed
// them have ended well, and looks at them.
func (w *watcher) expect(s *stage, want ...shown) {
	s.t.Helper()
	if !until(late, func() bool { return len(w.shown()) >= len(want) }) {
		s.t.Errorf("%d notifications, not %d", len(w.shown()), len(want))
	}
	if !until(late, func() bool { return len(waiting(s.t)) == 0 }) {
		s.t.Errorf("services are left: %q", waiting(s.t))
	}
	got := w.shown()
	for i := range got {
		if i < len(want) && want[i].ID == 0 {
			got[i].ID = 0 // any
		}
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		s.t.Errorf("shown: %v, want %v", got, want)
	}
}

// waiting are the services that show a notice later, those that failed too.
func waiting(t *testing.T) []string {
	t.Helper()
	return strings.Fields(systemctl(t, "list-units", "--all", "--plain", "--no-legend", "electroscope-notice-*"))
}

// lateNotice is where the app was told of last, and when.
func lateNotice(app string) string {
	return os.Getenv("XDG_RUNTIME_DIR") + "/electroscope/app-" + app + "-notice"
}

// aMinuteAgo lets the app be told of again.
func aMinuteAgo(s *stage, app string) {
	s.t.Helper()
	then := time.Now().Add(-2 * time.Minute)
	s.must(os.Chtimes(lateNotice(app), then, then))
}
