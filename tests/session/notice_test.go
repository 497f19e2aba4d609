//go:build rig

package session

import (
	"encoding/json"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// These need a rig with a bus and a display, on which dunst, a real notification
// daemon, shows what a launch without a terminal says.

// startDaemon begins with no notice shown and no app told of lately.
func startDaemon(s *stage) {
	s.t.Helper()
	s.env = append(s.env, "DISPLAY="+os.Getenv("DISPLAY"))
	noNotifier(s)
	s.must(forget())
	notifiers[0].runs(s, notifiers[0].command(s))
	if list := notices(s); len(list) > 0 {
		s.t.Fatalf("there before the test: %q", list)
	}
}

// stamps are there of the apps that were told of.
func stamps() []string {
	files, _ := filepath.Glob(os.Getenv("XDG_RUNTIME_DIR") + "/electroscope/app-*-notice")
	return files
}

func forget() error {
	for _, stamp := range stamps() {
		if err := os.Remove(stamp); err != nil {
			return err
		}
	}
	return nil
}

// notices are all that the daemon has been asked to show, as markup, the oldest first.
func notices(s *stage) []string {
	s.t.Helper()
	s.must(exec.Command("dunstctl", "close-all").Run())
	text, err := exec.Command("dunstctl", "history").Output()
	s.must(err)
	var history struct {
		Data [][]map[string]struct{ Data any }
	}
	s.must(json.Unmarshal(text, &history))
	var list []string
	for _, n := range history.Data[0] {
		list = append([]string{n["summary"].Data.(string) + ": " + n["body"].Data.(string)}, list...)
	}
	return list
}

func expect(s *stage, want ...string) {
	s.t.Helper()
	if diff := cmp.Diff(want, notices(s)); diff != "" {
		s.t.Errorf("notices: %s", diff)
	}
}

// TestNoticeMissing: each app once, whatever it is tried again.
func TestNoticeMissing(t *testing.T) {
	s := newStage(t)
	s.catalogue("[apps.one]\nexec = [\"/nonexistent/one\"]\n[apps.two]\nexec = [\"/nonexistent/a<b>&c\"]\n")
	s.link()
	startDaemon(s)
	for _, app := range []string{"one", "two", "one", "two"} {
		if p := s.start(app); p.status() != 127 || !strings.Contains(p.stderr(), "/nonexistent/") {
			t.Errorf("%s: status %d; stderr: %s", app, p.status(), p.stderr())
		}
	}
	expect(s, `one: does not start: cannot find "/nonexistent/one"`, `two: does not start: cannot find "/nonexistent/a&lt;b&gt;&amp;c"`)
}

// TestNoticeUnlimited, and refused for that.
func TestNoticeUnlimited(t *testing.T) {
	s := plainStage(t)
	startDaemon(s)
	manager := managerPID(t)
	stop(t, manager)
	p := s.start("plain")
	p.report(s.bin + "/plain-app")
	if line := p.stderr(); !strings.Contains(line, "plain runs without limits: the user manager does not answer") {
		t.Errorf("stderr: %s", line)
	}
	const unlimited = "plain: runs without limits: the user manager does not answer; the limits may still come\nsee systemctl --user status"
	expect(s, unlimited)
	s.catalogue(plain + "id = \"other\"\non-failure = \"refuse\"\n")
	refused := s.start("plain")
	if refused.status() != 125 {
		t.Errorf("refuse: status %d", refused.status())
	}
	expect(s, unlimited, "other: is not started: it would run without limits: the user manager does not answer; the limits may still come (see systemctl --user status)")
}

// TestNoticeNone: not of a launch that is well, not where somebody reads stderr, and
// not where electroscope is switched off.
func TestNoticeNone(t *testing.T) {
	s := plainStage(t)
	startDaemon(s)
	s.start("plain").report(s.bin + "/plain-app")
	s.must(os.Remove(s.bin + "/plain-app"))
	if p := s.start("/usr/bin/script", "--quiet", "--return", "--command", s.links+"/plain", "/dev/null"); p.status() != 127 || !strings.Contains(p.stdout(), "cannot find") {
		t.Errorf("status %d on a terminal; it says: %s", p.status(), p.stdout())
	}
	s.env = append(s.env, "ELECTROSCOPE_DISABLE=1")
	if p := s.start("plain"); p.status() != 127 {
		t.Errorf("status %d while disabled", p.status())
	}
	expect(s)
	if left := stamps(); len(left) > 0 {
		t.Errorf("left behind: %q", left)
	}
}

// TestNoticeNoDaemon: nobody is there to show it, or the bus says nothing.
func TestNoticeNoDaemon(t *testing.T) {
	s := plainStage(t)
	startDaemon(s)
	silent, err := net.Listen("unix", s.dir+"/bus")
	s.must(err)
	defer silent.Close()
	s.must(os.WriteFile(s.dir+"/file", nil, 0o600))
	s.catalogue(plain + "heap = \"nonsense\"\n") // which is a fault
	for _, address := range []string{"unix:path=" + s.dir + "/bus", "unix:path=" + s.dir + "/none", "unix:path=" + s.dir + "/file", "tcp:host=localhost,port=1", "nonsense"} {
		s.must(forget())
		p := s.startWith(func(c *exec.Cmd) { c.Env = append(c.Env, "DBUS_SESSION_BUS_ADDRESS="+address) }, "plain")
		if _, ok := p.reportWithin(late, s.bin+"/plain-app"); !ok {
			t.Errorf("%s: the app does not run; stderr: %s", address, p.stderr())
		}
		if err := oneLine(p.stderr(), "electroscope: note: plain runs without apps.plain.heap", nil); err != nil {
			t.Errorf("%s: %v", address, err)
		}
		if len(stamps()) != 1 {
			t.Errorf("%s: nothing was tried", address)
		}
	}
	expect(s)
}
