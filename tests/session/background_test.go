//go:build rig

package session

import (
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// These need a rig with a bus and a display: a window manager says which of the windows of real X
// clients is active, and PulseAudio who plays, for no device. What the kernel makes of a lower
// weight and of memory.reclaim is tried in tests/uml.

// xterms are four apps, of which those in the background are frozen after a second.
const xterms = `
[budget]
memory = "infinity"
cpus = "infinity"
[defaults]
memory = "infinity"
background-after = "1s"
[apps.front]
exec = ["xterm"]
[apps.behind]
exec = ["xterm"]
background = "freeze"
[apps.silent]
exec = ["xterm"]
background = "freeze"
[apps.player]
exec = ["player"]
background = "freeze"
`

// A desktop is a session with a window manager and a sound server.
type desktop struct {
	*stage
	manager, sound *started
}

func newDesktop(t *testing.T) *desktop {
	t.Helper()
	s := newStage(t)
	s.env = append(s.env, "DISPLAY="+os.Getenv("DISPLAY"))
	s.catalogue(xterms)
	s.script("player", "#!/bin/sh\npacat --playback --raw /dev/zero &\nexec xterm\n")
	s.link()
	d := &desktop{stage: s}
	d.manager = s.start("/usr/bin/openbox", "--config-file", "/dev/null")
	d.sound = s.start("/usr/bin/pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--load=module-native-protocol-unix", "--load=module-null-sink")
	if !until(soon, func() bool { return strings.Contains(d.print("xprop", "-root", "_NET_SUPPORTING_WM_CHECK"), "0x") }) {
		t.Fatalf("openbox does not manage windows: %s", d.manager.stderr())
	}
	if !until(soon, func() bool { return strings.Contains(d.print("pactl", "info"), "Server Name") }) {
		t.Fatalf("PulseAudio does not answer: %s", d.sound.stderr())
	}
	return d
}

// print is what a program prints; of one that fails nothing.
func (d *desktop) print(name string, words ...string) string {
	d.t.Helper()
	c := exec.Command("timeout", append([]string{"10", name}, words...)...)
	c.Env = d.env
	out, _ := c.Output()
	return string(out)
}

// open starts an app, and waits until its window is the active one.
func (d *desktop) open(app string) *started {
	d.t.Helper()
	p := d.start(app)
	d.isActive(p)
	return p
}

// activate has the window manager make an app's window the active one, as a taskbar does.
func (d *desktop) activate(p *started) {
	d.t.Helper()
	window := strings.TrimSpace(d.print("xdotool", "search", "--onlyvisible", "--pid", strconv.Itoa(p.pid())))
	d.print("xdotool", "windowactivate", window)
	d.isActive(p)
}

func (d *desktop) isActive(p *started) {
	d.t.Helper()
	if want := strconv.Itoa(p.pid()); !until(late, func() bool {
		return strings.TrimSpace(d.print("xdotool", "getactivewindow", "getwindowpid")) == want
	}) {
		d.t.Fatalf("the window of %s is not the active one; stderr: %s", want, p.stderr())
	}
}

// isFrozen asks the kernel.
func isFrozen(g string) bool {
	text, err := os.ReadFile("/sys/fs/cgroup" + g + "/cgroup.events")
	return err == nil && strings.Contains(string(text), "frozen 1\n")
}

// becomes waits until an app is frozen, or is not.
func (d *desktop) becomes(frozen bool, p, w *started) {
	d.t.Helper()
	if g := groupOf(p.pid()); !until(late, func() bool { return isFrozen(g) == frozen }) {
		d.t.Fatalf("%s is frozen: %v; watch says: %s", g, !frozen, w.stderr())
	}
}

// staysThawed holds an app against becoming frozen, for longer than that would take.
func (d *desktop) staysThawed(p, w *started) {
	d.t.Helper()
	g := groupOf(p.pid())
	for end := time.Now().Add(4 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if isFrozen(g) {
			d.t.Fatalf("%s is frozen; watch says: %s", g, w.stderr())
		}
	}
}

// TestBackgroundFreeze: an app whose window is not the active one is frozen, and runs on when it is,
// when it is started once more, and when the watcher ends, however it does.
func TestBackgroundFreeze(t *testing.T) {
	d := newDesktop(t)
	behind := d.open("behind")
	w := d.watching()
	d.staysThawed(behind, w)
	front := d.open("front")
	d.becomes(true, behind, w)
	asked := time.Now()
	d.activate(behind)
	d.becomes(false, behind, w)
	t.Logf("thawed within %v of the wish", time.Since(asked).Round(time.Millisecond))
	d.activate(front)
	d.becomes(true, behind, w)
	again := d.start("behind")
	d.becomes(false, behind, w)
	again.kill()
	d.becomes(true, behind, w)
	d.must(w.cmd.Process.Signal(syscall.SIGTERM))
	if got := w.status(); got != 0 || isFrozen(groupOf(behind.pid())) {
		t.Errorf("status %d after SIGTERM, frozen %v: %s", got, isFrozen(groupOf(behind.pid())), w.stderr())
	}
	for _, want := range []string{"behind has been in the background for 1s: it is frozen until it is used", "behind is thawed"} {
		if !strings.Contains(w.stderr(), want) {
			t.Errorf("it does not say %q: %s", want, w.stderr())
		}
	}
}

// TestBackgroundKilled: what a watcher that is killed leaves frozen is thawed by --release, and by
// the next one.
func TestBackgroundKilled(t *testing.T) {
	d := newDesktop(t)
	behind := d.open("behind")
	d.open("front")
	release := func() *started { p := d.start(electroscope(), "watch", "--release"); p.status(); return p }
	for _, next := range []func() *started{release, d.watching} {
		w := d.watching()
		d.becomes(true, behind, w)
		if p := release(); p.status() == 0 || !strings.Contains(p.stderr(), "another electroscope watch") {
			t.Errorf("beside one that lives: status %d, %s", p.status(), p.stderr())
		}
		w.kill()
		if !isFrozen(groupOf(behind.pid())) {
			t.Fatalf("a watcher that is killed thaws: %s", w.stderr())
		}
		n := next()
		d.becomes(false, behind, n)
		n.kill()
		d.start(electroscope(), "watch", "--release").status()
	}
}

// TestBackgroundSound: an app that plays is left alone until it is silent, and all are while nobody
// says who plays.
func TestBackgroundSound(t *testing.T) {
	d := newDesktop(t)
	player, silent := d.open("player"), d.open("silent") // before there is a watcher: a second may pass before they show a window
	w := d.watching()
	front := d.open("front")
	d.becomes(true, silent, w)
	d.staysThawed(player, w)
	var pacat string
	if !until(late, func() bool {
		pacat = strings.TrimSpace(d.print("pgrep", "--parent", strconv.Itoa(player.pid()), "pacat"))
		return pacat != ""
	}) {
		t.Fatal("nothing plays")
	}
	tool(t, "kill", pacat)
	d.becomes(true, player, w)
	d.activate(silent)
	d.becomes(false, silent, w)
	d.sound.kill()
	d.activate(front)
	d.staysThawed(silent, w)
	if want := "cannot look after silent in the background: the sound server does not say who plays"; !strings.Contains(w.stderr(), want) {
		t.Errorf("it does not say %q: %s", want, w.stderr())
	}
}

// TestBackgroundWithoutManager: what a window manager that is killed said of its windows no longer
// holds.
func TestBackgroundWithoutManager(t *testing.T) {
	d := newDesktop(t)
	d.open("front")
	d.manager.kill()
	w := d.watching()
	behind := d.start("behind")
	if !until(late, func() bool { return unitOf(groupOf(behind.pid())) == "app-behind-"+strconv.Itoa(behind.pid())+".scope" }) {
		t.Fatalf("it is in %q", groupOf(behind.pid()))
	}
	d.staysThawed(behind, w)
}

// TestBackgroundWayland: where X has the windows of some apps only, and there is no KWin, nobody is
// asked instead. tests/desktops has a KWin.
func TestBackgroundWayland(t *testing.T) {
	d := newDesktop(t)
	w := d.watching()
	d.env = append(d.env, "WAYLAND_DISPLAY=wayland-0")
	behind := d.open("behind")
	d.open("front")
	d.staysThawed(behind, w)
	if want := "apps in the background are left alone: cannot ask KWin which window is active"; !strings.Contains(w.stderr(), want) {
		t.Errorf("it does not say %q: %s", want, w.stderr())
	}
}
