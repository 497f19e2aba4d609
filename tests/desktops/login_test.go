//go:build rig

package desktops

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A desktop is what a display manager would offer to log in to.
type desktop struct {
	name    string // as docs/desktops.md calls it
	source  string // the Debian package whose version is its own
	kind    string // x11 or wayland
	current string // XDG_CURRENT_DESKTOP
	env     []string
	command []string
	ready   []string // names on the session bus
	daemon  string   // the D-Bus service that shows its notifications, of those installed
	// started is called before the rows, with the desktop up.
	started func(*session)
}

// A session is a login that goes on.
type session struct {
	machine
	desktop
	group   *os.File // the control group of logind's session
	notices *notices
}

const (
	loginUnit = "desktop-login.service"
	display   = ":5"
	screen    = "/run/display/Xvfb_screen0" // what is on it, as an xwd(1) file
)

// login logs the user in as a display manager does: PAM, logind, and the desktop's own
// command. The end of the test logs out.
func (d desktop) login(t *testing.T, m machine) *session {
	t.Helper()
	s := &session{machine: m, desktop: d}
	if d.kind == "x11" {
		s.startDisplay()
	}
	s.chooseDaemon()
	t.Cleanup(s.logout)
	s.root("systemd-run", d.arguments()...)
	if !until(30*time.Second, s.findGroup) {
		t.Fatalf("no session after 30 s\n%s", s.journal())
	}
	s.watchNotices()
	for _, name := range d.ready {
		if !until(90*time.Second, func() bool { return s.hasName(name) }) {
			t.Fatalf("%s is not on the session bus after 90 s\n%s", name, s.journal())
		}
	}
	if d.started != nil {
		d.started(s)
	}
	return s
}

// arguments are those of systemd-run for the login.
func (d desktop) arguments() []string {
	args := []string{"--quiet", "--unit=" + loginUnit, "--collect", "--property=User=rig", "--property=PAMName=login",
		"--property=WorkingDirectory=" + home, "--property=TimeoutStopSec=15"}
	env := []string{"PATH=" + path, "LANG=C.UTF-8", "LIBGL_ALWAYS_SOFTWARE=1", "XDG_SEAT=seat0", "XDG_SESSION_CLASS=user",
		"XDG_SESSION_TYPE=" + d.kind, "XDG_SESSION_DESKTOP=" + d.current, "DESKTOP_SESSION=" + d.current, "XDG_CURRENT_DESKTOP=" + d.current}
	if d.kind == "x11" {
		env = append(env, "DISPLAY="+display)
	}
	for _, variable := range append(env, d.env...) {
		args = append(args, "--setenv="+variable)
	}
	return append(args, d.command...)
}

// chooseDaemon has the bus start the desktop's own notification daemon: where people use
// one desktop, no other is installed.
func (s *session) chooseDaemon() {
	s.Helper()
	if s.daemon == "" {
		return // the desktop itself is the daemon
	}
	services := home + "/.local/share/dbus-1/services"
	s.user("mkdir", "-p", services)
	s.user("ln", "-sf", "/usr/share/dbus-1/services/"+s.daemon+".service", services+"/org.freedesktop.Notifications.service")
}

func (s *session) startDisplay() {
	s.Helper()
	s.root("install", "-d", "-m", "1777", "/tmp/.X11-unix", filepath.Dir(screen))
	s.root("systemd-run", "--quiet", "--unit=display.service", "--collect",
		"Xvfb", display, "-screen", "0", "1280x800x24", "-fbdir", filepath.Dir(screen), "-nolisten", "tcp", "-noreset", "-ac")
	s.Cleanup(func() { s.root("systemctl", "stop", "display.service") })
	if !until(20*time.Second, func() bool { _, err := os.Stat("/tmp/.X11-unix/X" + display[1:]); return err == nil }) {
		s.Fatal("no display after 20 s")
	}
}

// findGroup opens the control group of the session: what is started in there is started
// by the session.
func (s *session) findGroup() bool {
	pid := s.root("systemctl", "show", "--property=MainPID", "--value", loginUnit)
	text, err := os.ReadFile("/proc/" + pid + "/cgroup")
	_, group, _ := strings.Cut(strings.TrimSpace(string(text)), "0::")
	if err != nil || !strings.Contains(group, "/session-") {
		return false
	}
	s.group, err = os.Open(filepath.Join("/sys/fs/cgroup", group))
	return err == nil
}

func (s *session) hasName(name string) bool {
	out, err := asUser("busctl", "--user", "call", "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "NameHasOwner", "s", name).Output()
	return err == nil && strings.TrimSpace(string(out)) == "b true"
}

// logout ends all that the user runs.
func (s *session) logout() {
	if s.Failed() {
		s.Log(s.journal())
	}
	exec.Command("systemctl", "stop", loginUnit).Run()
	exec.Command("loginctl", "terminate-user", "rig").Run()
	if !until(60*time.Second, func() bool {
		state, _ := exec.Command("systemctl", "is-active", "user@1000.service").Output()
		return strings.TrimSpace(string(state)) == "inactive"
	}) {
		s.Error("the user's manager still runs a minute after the logout")
	}
	for _, pid := range processes(func(string, []string) bool { return true }) {
		pid.kill()
	}
}

// journal is what the machine said last.
func (s *session) journal() string {
	out, _ := exec.Command("journalctl", "--no-pager", "--output=short-precise", "--lines=60").Output()
	return string(out)
}

// command is one that a program of the session starts: in the session's control group,
// with the environment that the desktop has made known.
func (s *session) command(name string, args ...string) *exec.Cmd {
	s.Helper()
	c := asUser(name, args...)
	c.SysProcAttr.UseCgroupFD, c.SysProcAttr.CgroupFD = true, int(s.group.Fd())
	c.Env = append(append(c.Env, environment(s.user("systemctl", "--user", "show-environment"))...), "PATH="+path)
	return c
}

// environment reads the output of `systemctl show-environment`, which quotes as bash
// does what has odd characters; those are left out.
func environment(text string) []string {
	var env []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSuffix(line, "\n"); !strings.Contains(line, "=$'") {
			env = append(env, line)
		}
	}
	return env
}

// start runs a command of the session and does not wait for its end, which may be that of
// the app. What it said is in the log of a test that fails.
func (s *session) start(name string, args ...string) {
	s.Helper()
	log, err := os.CreateTemp(s.TempDir(), "said")
	s.must(err)
	c := s.command(name, args...)
	c.Stdout, c.Stderr = log, log
	s.must(c.Start())
	go c.Wait()
	s.Cleanup(func() {
		if s.Failed() {
			text, _ := os.ReadFile(log.Name())
			s.Logf("%s %s said: %s", name, strings.Join(args, " "), text)
		}
	})
}
