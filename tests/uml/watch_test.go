//go:build rig

package uml

import (
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/godbus/dbus/v5"

	"electroscope/launcher/procstat"
)

// A standInDaemon takes notices in the place of a desktop's daemon, which this rig has no display
// for. Real ones are in tests/session.
type standInDaemon struct {
	conn *dbus.Conn
	mu   sync.Mutex
	got  []notice
}

type notice struct {
	id          uint32
	title, body string
	actions     []string
}

func (d *standInDaemon) Notify(_ string, replaces uint32, _, title, body string, actions []string, _ map[string]dbus.Variant, _ int32) (uint32, *dbus.Error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	id := replaces
	if id == 0 {
		id = uint32(len(d.got) + 1)
	}
	d.got = append(d.got, notice{id, title, body, actions})
	return id, nil
}

func (d *standInDaemon) notices() []notice {
	d.mu.Lock()
	defer d.mu.Unlock()
	return append([]notice(nil), d.got...)
}

func newStandInDaemon(t *testing.T) *standInDaemon {
	t.Helper()
	conn, err := dbus.Connect("unix:path=" + os.Getenv("XDG_RUNTIME_DIR") + "/bus")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	d := &standInDaemon{conn: conn}
	if err := conn.Export(d, "/org/freedesktop/Notifications", "org.freedesktop.Notifications"); err != nil {
		t.Fatal(err)
	}
	if reply, err := conn.RequestName("org.freedesktop.Notifications", dbus.NameFlagDoNotQueue); err != nil || reply != dbus.RequestNameReplyPrimaryOwner {
		t.Fatalf("the name of the daemon: %v, %v", reply, err)
	}
	return d
}

// said waits for a notice whose text has these words.
func (d *standInDaemon) said(t *testing.T, words string) notice {
	t.Helper()
	var found notice
	if !until(func() bool {
		for _, n := range d.notices() {
			if strings.Contains(n.body, words) {
				found = n
				return true
			}
		}
		return false
	}) {
		t.Fatalf("no notice says %q: %+v", words, d.notices())
	}
	return found
}

// choose presses a button of a notice.
func (d *standInDaemon) choose(t *testing.T, n notice, action string) {
	t.Helper()
	if err := d.conn.Emit("/org/freedesktop/Notifications", "org.freedesktop.Notifications.ActionInvoked", n.id, action); err != nil {
		t.Fatal(err)
	}
}

// watch runs the watcher, and returns when it watches.
func (s *stage) watch() *started {
	s.t.Helper()
	w := s.start(electroscope(), "watch")
	if !until(func() bool { // it sleeps over its inotify descriptor
		fds, _ := os.ReadDir("/proc/" + strconv.Itoa(w.pid()) + "/fd")
		for _, fd := range fds {
			if to, _ := os.Readlink("/proc/" + strconv.Itoa(w.pid()) + "/fd/" + fd.Name()); to == "anon_inode:inotify" {
				return true
			}
		}
		return false
	}) {
		s.t.Fatalf("watch does not watch: %s", w.said())
	}
	return w
}

// TestWatchTellsOfAKill: a renderer that the kernel kills for its app's memory.max is told of once,
// with what helps; the next one replaces the notice.
func TestWatchTellsOfAKill(t *testing.T) {
	s := browserStage(t)
	d := newStandInDaemon(t)
	s.write("grow.html", "<script>onload = () => new Uint8Array(1 << 30).fill(1)</script>", 0o644)
	w := s.watch()
	p := s.start("browser", "--user-data-dir="+s.dir+"/profile", "file://"+s.dir+"/grow.html")
	scope := p.scope("browser")
	if !until(func() bool { return scope.count(t, "memory.events", "oom_kill") > 0 }) {
		t.Fatalf("nothing was killed; stderr: %s", p.said())
	}
	n := d.said(t, "reached its memory limit (256M)")
	if n.title != "browser" || !strings.Contains(n.body, "electroscope set browser memory=512M gives it more") || !strings.HasPrefix(n.actions[0], "raise 512M") {
		t.Errorf("%+v", n)
	}
	d.choose(t, n, n.actions[0])
	if !until(func() bool { return scope.number(t, "memory.max") == 512<<20 }) {
		t.Errorf("after %q memory.max is %d; watch says: %s", n.actions[0], scope.number(t, "memory.max"), w.said())
	}
	// Asked before the kernel, for there may be another kill in between. A launch of an earlier test
	// may have left a notice to a daemon that comes.
	told := slices.DeleteFunc(d.notices(), func(n notice) bool { return n.title != "browser" })
	if kills := scope.count(t, "memory.events", "oom_kill"); len(told) > int(kills) {
		t.Errorf("%d notices of %d kills: %+v", len(told), kills, told)
	}
	if !w.lives() {
		t.Errorf("watch has ended: %s", w.said())
	}
}

// TestWatchTellsOfSlowing: an app over its MemoryHigh without swap behind it stands still; that is
// told after half a minute.
func TestWatchTellsOfSlowing(t *testing.T) {
	s := newStage(t, "[apps.slow]\nexec = [\"stand-in\"]\nmemory-high-without-swap = \"keep\"\n[apps.slow.limits]\nMemoryHigh = \"40M\"\nMemoryMax = \"400M\"\n")
	setSwap(t, false)
	d := newStandInDaemon(t)
	s.watch()
	p := s.start("slow", "hog", s.dir+"/ended")
	p.scope("slow")
	n := d.said(t, "is at its MemoryHigh (40M)")
	if n.title != "slow" {
		t.Errorf("%+v", n)
	}
}

// TestWatchRestarts: the other button ends the app and starts it anew, in a scope of its own that
// outlives the watcher.
func TestWatchRestarts(t *testing.T) {
	s := newStage(t, capped)
	d := newStandInDaemon(t)
	w := s.watch()
	app := s.start("capped", "hog", s.dir+"/ended")
	app.scope("capped")
	n := d.said(t, "reached its memory limit (64M)")
	d.choose(t, n, "restart")
	if !until(func() bool { return !app.lives() }) {
		t.Fatalf("it is not stopped; watch says: %s", w.said())
	}
	var anew string
	if !until(func() bool {
		anew, _ = try(nil, "systemctl", "--user", "list-units", "--no-legend", "--plain", "app-capped-*.scope")
		return anew != ""
	}) {
		t.Fatalf("it is not started anew; watch says: %s", w.said())
	}
	w.cmd.Process.Signal(os.Interrupt)
	if !until(func() bool { return !w.lives() }) {
		t.Error("watch does not end")
	}
	unit := strings.Fields(anew)[0]
	if out, err := try(nil, "systemctl", "--user", "is-active", unit); err != nil {
		t.Errorf("%s ended with the watcher: %s", unit, out)
	}
	s.tool("systemctl", "--user", "stop", unit)
}

// TestWatchOutlivesJournald: what it tells after journald was started anew is in the journal, in
// fields.
func TestWatchOutlivesJournald(t *testing.T) {
	s := newStage(t, capped)
	w := s.watch()
	hog := func(name string) int {
		app := s.start("capped", "hog", s.dir+"/"+name)
		app.scope("capped")
		return app.pid()
	}
	for i, name := range []string{"before", "after"} {
		if i == 1 {
			tell(t, "/run/journal", "restart")
		}
		unit := "ELECTROSCOPE_UNIT=app-capped-" + strconv.Itoa(hog(name)) + ".scope"
		if !until(func() bool {
			out, _ := try(nil, "journalctl", "--user", "--output=cat", "ELECTROSCOPE_EVENT=killed", unit)
			return strings.Contains(out, "capped reached its memory limit (64M)")
		}) {
			t.Errorf("%s the restart: the journal has nothing of %s; watch says: %s", name, unit, w.said())
		}
	}
}

// TestWatchSleeps: with nothing to tell it takes no CPU time, and it ends by SIGTERM.
func TestWatchSleeps(t *testing.T) {
	s := newStage(t, capped)
	w := s.watch()
	app := s.start("bystander")
	app.scope("bystander")
	used := func() string {
		s := procstat.Read("/proc/" + strconv.Itoa(w.pid()))
		if s.Name() == "" {
			t.Fatal("it has ended")
		}
		return s.Field(14) + " " + s.Field(15) // utime, stime
	}
	// Its last look at a new launch is after 10 s; then nothing may happen.
	before, seen := "", 0
	if !until(func() bool {
		now := used()
		if now != before {
			before, seen = now, 0
		}
		seen++
		return seen > 1500 // for 15 s
	}) {
		t.Errorf("it does not come to rest: %s ticks", used())
	}
	w.cmd.Process.Signal(os.Interrupt)
	if !until(func() bool { return !w.lives() }) || w.cmd.ProcessState.ExitCode() != 0 {
		t.Errorf("it lives: %v; %v; %s", w.lives(), w.cmd.ProcessState, w.said())
	}
}
