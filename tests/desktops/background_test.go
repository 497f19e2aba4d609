//go:build rig

package desktops

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// frozenBehind goes before the limits of Chromium, which end its catalogue.
const frozenBehind = `
background = "freeze"
background-after = "1s"

[apps.chromium.limits]`

// freezes tries that watch asks KWin which window is active: Chromium is frozen behind another window,
// and runs on before it. A KWin that crashed and was started anew is asked as well.
func (s *session) freezes(t *testing.T) {
	one := *s
	one.machine = machine{t}
	one.write(".config/electroscope/apps.toml", strings.Replace(catalogue, "\n[apps.chromium.limits]", frozenBehind, 1))
	t.Cleanup(func() { one.write(".config/electroscope/apps.toml", catalogue) })
	watch := one.command(ownBinary, "watch")
	one.must(watch.Start())
	t.Cleanup(func() { stop(watch) })

	app, other := one.twoWindows()
	one.becomes(true, app, other)
	if out, err := asUser("busctl", "--user", "call", "io.github.electroscope.Watch", "/io/github/electroscope/Watch", "io.github.electroscope.Watch",
		"Windows", "sss", "1000", app.String(), "").CombinedOutput(); err == nil {
		t.Errorf("another program may say which window is active: %s", out)
	}
	one.becomes(false, app, app)

	for _, kwin := range processes(func(exe string, _ []string) bool { return filepath.Base(exe) == "kwin_wayland" }) {
		kwin.kill() // its wrapper starts another
	}
	if !until(20*time.Second, func() bool { return len(mainProcesses("chromium")) == 0 }) {
		t.Fatal("Chromium outlives its Wayland server by 20 s")
	}
	if !until(30*time.Second, func() bool { return one.hasName("org.kde.KWin") }) {
		t.Fatal("no new KWin after 30 s")
	}
	app, other = one.twoWindows()
	one.becomes(true, app, other)
	stop(watch)
	one.becomes(false, app, other)
}

// twoWindows starts Chromium and another program.
func (s *session) twoWindows() (app, other process) {
	s.Helper()
	s.startApp("chromium", "data:text/html,electroscope")
	s.start("/usr/bin/xfce4-appfinder", "--disable-server")
	if !until(20*time.Second, func() bool {
		mains, others := mainProcesses("chromium"), processes(func(exe string, _ []string) bool { return filepath.Base(exe) == "xfce4-appfinder" })
		if len(mains) == 0 || len(others) == 0 {
			return false
		}
		app, other = mains[0], others[0]
		return true
	}) {
		s.Fatal("no two programs after 20 s")
	}
	s.Cleanup(other.kill)
	return app, other
}

// becomes waits until an app is frozen or not while another process's window is active.
func (s *session) becomes(frozen bool, app, active process) {
	s.Helper()
	if !until(20*time.Second, func() bool { s.activate(active); return app.isFrozen() == frozen }) {
		s.Fatalf("frozen is %v", !frozen)
	}
}

func (p process) String() string { return strconv.Itoa(int(p)) }

// isFrozen asks the kernel about the process's control group.
func (p process) isFrozen() bool {
	text, err := os.ReadFile("/sys/fs/cgroup/user.slice/user-1000.slice/user@1000.service/" + p.group() + "/cgroup.events")
	return err == nil && strings.Contains(string(text), "frozen 1\n")
}

// activate has KWin make a process's window the active one, as a taskbar does, if it has one yet.
func (s *session) activate(p process) {
	s.Helper()
	const name = "activate"
	path := filepath.Join(home, name+".js")
	s.write(name+".js", fmt.Sprintf("workspace.windowList().filter(w => w.pid === %d).forEach(w => workspace.activeWindow = w);\n", p))
	scripting := func(method string, args ...string) {
		s.user("gdbus", append([]string{"call", "--session", "--dest", "org.kde.KWin", "--object-path", "/Scripting", "--method", "org.kde.kwin.Scripting." + method}, args...)...)
	}
	scripting("unloadScript", name)
	scripting("loadScript", path, name)
	scripting("start")
}
