//go:build rig

package session

import (
	"encoding/json"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// A finding is one of doctor's, by the keys of its JSON.
type finding struct{ Check, State, Found, Mend string }

// doctor makes checks on this machine. Without words, all of them.
func (s *stage) doctor(words ...string) map[string]finding {
	s.t.Helper()
	c := exec.Command(electroscope(), append([]string{"doctor", "--json"}, words...)...)
	c.Env = s.env
	out, err := c.Output()
	var list []finding
	if wrong := json.Unmarshal(out, &list); wrong != nil {
		s.t.Fatalf("doctor: %v, %v: %s", err, wrong, out)
	}
	byName := map[string]finding{}
	fails := false
	for _, f := range list {
		byName[f.Check] = f
		fails = fails || f.State == "fail"
	}
	if status := c.ProcessState.ExitCode(); status != map[bool]int{true: 1, false: 0}[fails] {
		s.t.Errorf("doctor ends with %d: %s", status, out)
	}
	return byName
}

// foundBy holds findings against "CHECK: STATE" lines, with part of what is found behind a comma.
func foundBy(t *testing.T, got map[string]finding, lines string) {
	t.Helper()
	for line := range strings.SplitSeq(strings.TrimSpace(lines), "\n") {
		check, rest, _ := strings.Cut(strings.TrimSpace(line), ": ")
		state, found, _ := strings.Cut(rest, ", ")
		if f, made := got[check]; !made || f.State != state || !strings.Contains(f.Found, found) {
			t.Errorf("%s is %q, found %q; want %s, %q", check, f.State, f.Found, state, found)
		}
	}
}

// TestDoctor: on a machine whose manager gives no controllers, and nothing else is wrong with the
// launch.
func TestDoctor(t *testing.T) {
	s := plainStage(t)
	s.env = append(s.env, "DBUS_SESSION_BUS_ADDRESS="+os.Getenv("DBUS_SESSION_BUS_ADDRESS"))
	foundBy(t, s.doctor(), `
		user-manager: ok, systemd `+os.Getenv("ELECTROSCOPE_RIG_SYSTEMD")+`
		private-socket: ok
		planned-launches: ok
		stray-links: not here
		resource-limits: ok
		cgroup-v2: ok
		controllers: fail, memory, cpu
		cgroup-moves: warn, off
		session-bus: ok
		catalogue: ok
		links-first: ok, plain
		general-drop-ins: ok
		escape-cure: not here
		started-past: not here
		engines: ok, plain is not built on Chromium
		limits-fit: warn, plain has no MemoryMax
		swappiness: not here
		zram: fail, no swap at all
		system-state: not here
		gpu-driver: not here
		kwin-memory: not here
		nixos-modules: not here
	`)
}

// TestDoctorRunning: apps that run are told apart: in their scope, out of it, and started past it.
func TestDoctorRunning(t *testing.T) {
	s := plainStage(t)
	p := s.start("plain")
	p.report(s.bin + "/plain-app")
	foundBy(t, s.doctor("launch"), "escape-cure: ok, plain\nstarted-past: ok, plain\nlimits-in-force: ok")
	s.holding(p.pid())
	escape(t, p.pid())
	foundBy(t, s.doctor("launch"), "escape-cure: fail, is in app-escape-\nstarted-past: ok")
	past := s.start(s.bin + "/plain-app")
	past.report(s.bin + "/plain-app")
	foundBy(t, s.doctor("started-past"), "started-past: warn, plain runs in session-1.scope")
}

// TestDoctorPlaces: what stands before a link on PATH, and a drop-in for every scope.
func TestDoctorPlaces(t *testing.T) {
	s := plainStage(t)
	before := s.dir + "/before"
	s.must(os.Mkdir(before, 0o755))
	s.script(before+"/plain", "#!/bin/sh\n")
	s.env = append(s.env, "PATH="+before+":"+s.links+":"+s.bin+":/usr/bin:/bin")
	s.write(s.config+"/systemd/user/app-.scope.d/50.conf", "[Scope]\nMemoryMax=1G\n")
	s.catalogue(plain + "memmory = \"1G\"\n")
	foundBy(t, s.doctor("launch"), `
		links-first: warn, before/plain comes before
		general-drop-ins: warn, 50.conf sets MemoryMax=1G
		catalogue: fail, memmory
	`)
}

// TestWithoutManagerDoctor: each check that needs the manager says that there is none.
func TestWithoutManagerDoctor(t *testing.T) {
	s := plainStage(t)
	foundBy(t, s.doctor("launch"), `
		user-manager: fail, there is no user manager
		private-socket: fail, is not there
		controllers: fail, there is no user manager
		escape-cure: not here
	`)
}

// TestHybridDoctor: the layout is named.
func TestHybridDoctor(t *testing.T) {
	s := plainStage(t)
	foundBy(t, s.doctor("launch"), "user-manager: ok\ncgroup-v2: fail, a hybrid layout\ncontrollers: fail")
}
