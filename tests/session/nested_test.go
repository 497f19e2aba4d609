//go:build rig

package session

import (
	"fmt"
	"strings"
	"testing"
)

// nested has an app that is a shell, to launch others from inside its scope as a
// terminal in codium does, and one that is a stand-in.
func nested(t *testing.T) *stage {
	t.Helper()
	s := newStage(t)
	s.catalogue(`
[apps.outer]
exec = ["/bin/sh"]
[apps.outer.limits]
TasksMax = 600
[apps.plain]
exec = ["plain-app"]
[apps.plain.limits]
TasksMax = 500
[apps.free]
exec = ["plain-app"]
memory = "infinity"
[apps.away]
exec = ["plain-app"]
slice = "app"
[defaults]
memory = "infinity"
`)
	s.standIn("plain-app", "wait")
	s.link()
	return s
}

// launchInside starts the words in outer's scope and waits for the stand-in.
func (s *stage) launchInside(words ...string) (outer *started, r report) {
	s.t.Helper()
	const script = `file=$0; "$@" & echo $! >"$file"; wait`
	outer = s.start("outer", append([]string{"-c", script, s.dir + "/pid"}, words...)...)
	r = reportOf(s.t, s.bin+"/plain-app", pidFrom(s.t, s.dir+"/pid"))
	if strings.Contains(outer.stderr(), "limits:") {
		s.t.Errorf("stderr: %s", outer.stderr())
	}
	return outer, r
}

// TestNestedApp: another app has its own cap, beside the outer one, never below it.
func TestNestedApp(t *testing.T) {
	s := nested(t)
	outer, r := s.launchInside(s.links + "/plain")
	if want := fmt.Sprintf("/app-electron.slice/app-plain-%d.scope", r.PID); !strings.HasSuffix(r.Group, want) {
		t.Errorf("it runs in %q, not in %q; stderr: %s", r.Group, want, outer.stderr())
	}
	if group := groupOf(outer.pid()); unitOf(group) != fmt.Sprintf("app-outer-%d.scope", outer.pid()) {
		t.Errorf("the outer app is in %q now", group)
	}
}

// TestNestedWithoutLimits: so has an app that has none, or is kept out of the budget, and of
// the outer app's it gets none.
func TestNestedWithoutLimits(t *testing.T) {
	for name, slice := range map[string]string{"free": "/app-electron.slice", "away": "/app.slice"} {
		s := nested(t)
		outer, r := s.launchInside(s.links + "/" + name)
		unit := fmt.Sprintf("app-%s-%d.scope", name, r.PID)
		if want := slice + "/" + unit; !strings.HasSuffix(r.Group, want) {
			t.Errorf("it runs in %q, not in %q; stderr: %s", r.Group, want, outer.stderr())
		}
		if got := show(t, unit, "TasksMax")["TasksMax"]; got == "600" {
			t.Errorf("%s has the TasksMax of the outer app", unit)
		}
	}
}

// TestNestedProgram: what has no limits of its own keeps those it is under.
func TestNestedProgram(t *testing.T) {
	s := nested(t)
	outer, r := s.launchInside(electroscope(), "run", s.bin+"/plain-app")
	if want := fmt.Sprintf("app-outer-%d.scope", outer.pid()); unitOf(r.Group) != want {
		t.Errorf("it runs in %q, not in %q; stderr: %s", r.Group, want, outer.stderr())
	}
}

// TestNestedSameApp: what an app starts under its own name shares the cap there is.
func TestNestedSameApp(t *testing.T) {
	s := nested(t)
	const script = `"$0" -c "cat /proc/self/cgroup; exit 3"; echo "status $?"; read -r _`
	p := s.start("outer", "-c", script, s.links+"/outer")
	if status := p.status(); status == 0 { // stdin is empty, so read fails
		t.Errorf("status %d", status)
	}
	if want := fmt.Sprintf("app-outer-%d.scope", p.pid()); unitOf(groupIn(p.stdout())) != want || !strings.HasSuffix(p.stdout(), "status 3\n") {
		t.Errorf("the second is not in %q: %s", want, p.stdout())
	}
	if n := strings.Count(p.stderr(), "\n"); n != 1 { // of the first: the rig has no pids controller
		t.Errorf("stderr: %s", p.stderr())
	}
}
