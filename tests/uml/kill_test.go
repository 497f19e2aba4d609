//go:build rig

package uml

import (
	"os"
	"strings"
	"syscall"
	"testing"
)

// capped has two apps that differ in what becomes of them when one of their
// processes is killed, and one that has nothing to do with them.
const capped = `
[apps.capped]
exec = ["stand-in"]
[apps.capped.limits]
MemoryMax     = "64M"
MemorySwapMax = "0"

[apps.stopped]
exec = ["stand-in"]
[apps.stopped.limits]
MemoryMax     = "64M"
MemorySwapMax = "0"
OOMPolicy     = "stop"

[apps.bystander]
exec = ["stand-in"]
[apps.bystander.limits]
MemoryMax = "64M"
`

// TestHog: a process of an app that takes more than MemoryMax is killed by the
// kernel, and nothing else is: OOMPolicy=continue, the catalogue's own.
func TestHog(t *testing.T) {
	s := newStage(t, capped)
	bystander := s.start("bystander")
	quiet := bystander.scope("bystander")
	killed := kills(t)
	app := s.start("capped", "hog", s.dir+"/ended")
	scope := app.scope("capped")
	neighbours := others(scope)
	if status := s.waitFor("ended"); status != "137" {
		t.Errorf("the hog ended with %s, not by SIGKILL", status)
	}
	if n := kills(t) - killed; n != 1 {
		t.Errorf("%d processes were killed", n)
	}
	// The control, which is also the sign that the manager has got round to the first kill.
	control := s.start("stopped", "hog", s.dir+"/none")
	if !until(func() bool { return !control.lives() }) {
		t.Error("OOMPolicy=stop does not end the app: what is seen of continue proves nothing")
	}
	if !app.lives() || groupOf(app.pid()) != scope {
		t.Errorf("the app lives: %v, in %q", app.lives(), groupOf(app.pid()))
	}
	if n := scope.count(t, "memory.events", "oom_kill"); n != 1 {
		t.Errorf("%d kills in the app's scope", n)
	}
	if n := quiet.count(t, "memory.events", "oom_kill"); n != 0 || !bystander.lives() {
		t.Errorf("%d kills in another app's scope, which lives: %v", n, bystander.lives())
	}
	untouched(t, neighbours)
}

// TestHogItself: an app whose main process takes too much has ended by SIGKILL for who waits
// for it, and its scope goes. Nothing else is killed.
func TestHogItself(t *testing.T) {
	s := newStage(t, capped)
	s.start("bystander").scope("bystander")
	killed := kills(t)
	now := s.gate("now")
	app := s.start("capped", "become", now.Name())
	scope := app.scope("capped")
	neighbours := others(scope)
	pass(t, now, 1)
	if !until(func() bool { return !app.lives() && !scope.exists() }) {
		t.Fatalf("the app lives: %v; the scope is there: %v", app.lives(), scope.exists())
	}
	if status := app.cmd.ProcessState.Sys().(syscall.WaitStatus); !status.Signaled() || status.Signal() != syscall.SIGKILL {
		t.Errorf("the app ended with %v", app.cmd.ProcessState)
	}
	if n := kills(t) - killed; n != 1 {
		t.Errorf("%d processes were killed", n)
	}
	untouched(t, neighbours)
}

// TestHogSwap: swap delays the kill until MemorySwapMax is used up too.
func TestHogSwap(t *testing.T) {
	setSwap(t, true)
	s := newStage(t, capped+"[apps.swapping]\nexec = [\"stand-in\"]\n[apps.swapping.limits]\nMemoryMax = \"64M\"\nMemorySwapMax = \"32M\"\n")
	killed := kills(t)
	app := s.start("swapping", "hog", s.dir+"/ended")
	scope := app.scope("swapping")
	neighbours := others(scope)
	if status := s.waitFor("ended"); status != "137" || !app.lives() || kills(t)-killed != 1 {
		t.Errorf("the hog ended with %s; the app lives: %v; %d processes were killed", status, app.lives(), kills(t)-killed)
	}
	if memory, swap := scope.number(t, "memory.peak"), scope.number(t, "memory.swap.peak"); memory > 64<<20 || swap > 32<<20 || swap < 24<<20 {
		t.Errorf("at most it had %d in memory, and %d in swap", memory, swap)
	}
	untouched(t, neighbours)
}

// untouched reports processes that are not where they were.
func untouched(t *testing.T, were map[int]group) {
	t.Helper()
	for pid, was := range were {
		if g := groupOf(pid); g != was {
			t.Errorf("process %d was in %s and is in %q", pid, was, g)
		}
	}
}

// waitFor gives what a file of the stage holds once it is there and not empty.
func (s *stage) waitFor(name string) string {
	s.t.Helper()
	var text []byte
	if !until(func() bool { text, _ = os.ReadFile(s.dir + "/" + name); return len(text) > 0 }) {
		s.t.Fatalf("%s does not come", name)
	}
	return strings.TrimSpace(string(text))
}

// TestEnd: the scope goes with the last process of the app.
func TestEnd(t *testing.T) {
	s := newStage(t, capped)
	app := s.start("capped")
	scope := app.scope("capped")
	app.kill()
	if !until(func() bool { return !scope.exists() }) {
		t.Errorf("%s is still there, with the processes %v", scope, scope.processes())
	}
}

// TestTasks: no app can fork without end.
func TestTasks(t *testing.T) {
	s := newStage(t, "[apps.capped]\nexec = [\"stand-in\"]\n[apps.forks]\nexec = [\"forks\"]\n[apps.forks.limits]\nTasksMax = 20\n")
	s.write("bin/forks", "#!/bin/bash\nfor _ in {1..40}; do sleep 300 & done\nexec sleep 300\n", 0o755)
	app := s.start("forks")
	scope := app.scope("forks")
	if !until(func() bool { return scope.count(t, "pids.events", "max") > 0 }) {
		t.Errorf("no fork was refused; %d processes", len(scope.processes()))
	}
	if n := len(scope.processes()); n > 20 {
		t.Errorf("%d processes", n)
	}
}
