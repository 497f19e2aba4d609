//go:build rig

package uml

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"electroscope/monitor"
)

const steered = `
[budget]
memory = "infinity"
cpus = "infinity"
[apps.plain]
exec = ["stand-in"]
[apps.plain.limits]
MemoryMax     = "64M"
MemorySwapMax = "0"
[apps.free]
exec = ["stand-in"]
memory = "infinity"
[apps.stubborn]
exec = ["stubborn"]
`

// row is how set prints a limit.
func row(name, before, after string) string {
	return fmt.Sprintf("%s %s -> %s", name, before, after)
}

// words puts one blank between the words of an output.
func words(text string) string { return strings.Join(strings.Fields(text), " ") }

// TestSetMemory: an app that is given more memory may use it, and one that is given less has
// to end what is too much.
func TestSetMemory(t *testing.T) {
	s := newStage(t, steered)
	app := s.start("plain", "later", s.dir+"/now", "128M")
	scope := app.scope("plain")
	if out := s.tool(electroscope(), "set", "plain", "memory=256M"); !strings.Contains(words(out), row("MemoryMax", "64M", "256M")) {
		t.Errorf("it says %q", out)
	}
	if got := scope.number(t, "memory.max"); got != 256<<20 {
		t.Errorf("memory.max is %d", got)
	}
	s.write("now", "", 0o644)
	if !until(func() bool { return scope.number(t, "memory.current") > 128<<20 }) || scope.count(t, "memory.events", "oom_kill") != 0 {
		t.Fatalf("memory.current is %s, %s", scope.read(t, "memory.current"), scope.read(t, "memory.events"))
	}
	if out := s.tool(electroscope(), "set", fmt.Sprint(app.pid()), "MemoryMax=96M"); !strings.Contains(words(out), row("MemoryMax", "256M", "96M")) {
		t.Errorf("it says %q", out)
	}
	if !until(func() bool { return scope.count(t, "memory.events", "oom_kill") > 0 }) || !app.lives() {
		t.Errorf("the app lives: %v; %s", app.lives(), scope.read(t, "memory.events"))
	}
}

// TestSetShared: the limits of an app whose launches share them are those of its slice.
func TestSetShared(t *testing.T) {
	s := newStage(t, "[apps.couple]\nexec = [\"stand-in\"]\ninstances = \"shared\"\n[apps.couple.limits]\nMemoryMax = \"128M\"\n")
	one, two := s.start("couple"), s.start("couple")
	slice := one.scope("couple").parent()
	two.scope("couple")
	out := s.tool(electroscope(), "set", "couple", "MemoryMax=192M")
	if got := slice.number(t, "memory.max"); got != 192<<20 || strings.Count(out, "MemoryMax") != 1 {
		t.Errorf("memory.max of %s is %d; it says %q", slice, got, out)
	}
	if got := one.scope("couple").read(t, "memory.max"); got != "max" {
		t.Errorf("the scope's memory.max is %s", got)
	}
}

// TestSetQuota: an app that spins is throttled from then on, and status shows it.
func TestSetQuota(t *testing.T) {
	s := newStage(t, steered)
	app := s.start("free", "spin")
	scope := app.scope("free")
	if out := s.tool(electroscope(), "set", "free", "cpus=0.2"); !strings.Contains(words(out), row("CPUQuota", "infinity", "20%")) && !strings.Contains(words(out), row("CPUQuota", "-", "20%")) {
		t.Errorf("it says %q", out)
	}
	holds(t, scope, 20)
	var sample monitor.Sample
	if err := json.Unmarshal([]byte(s.tool(electroscope(), "status", "--json", "free")), &sample); err != nil || len(sample.Apps) != 1 {
		t.Fatalf("%v: %+v", err, sample)
	}
	if p, known := sample.Apps[0].Rates.Throttled.Get(); !known || p == 0 {
		t.Errorf("status has %v %% throttled, known %v", p, known)
	}
}

// TestReclaim: what an app holds and does not use goes to zram.
func TestReclaim(t *testing.T) {
	setSwap(t, true)
	s := newStage(t, steered)
	app := s.start("free", "hold", "160M")
	scope := app.scope("free")
	if !until(func() bool { return scope.number(t, "memory.current") > 160<<20 }) {
		t.Fatalf("memory.current is %s", scope.read(t, "memory.current"))
	}
	before := scope.number(t, "memory.current")
	out := s.tool(electroscope(), "reclaim", "free", "128M")
	after, swap := scope.number(t, "memory.current"), scope.number(t, "memory.swap.current")
	if before-after < 100<<20 || swap < 100<<20 || !strings.Contains(out, "came back") {
		t.Errorf("memory %d -> %d, swap %d; it says %q", before, after, swap, out)
	}
	s.tool(electroscope(), "freeze", "free")
	s.tool(electroscope(), "reclaim", "free") // of the rest all that there is, which takes the kernel long to be sure of
	if left := scope.number(t, "memory.current"); left > after || left > 32<<20 {
		t.Errorf("frozen, it has still %d", left)
	}
}

// TestFreeze: a frozen app uses no CPU at all until it is thawed.
func TestFreeze(t *testing.T) {
	s := newStage(t, steered)
	app := s.start("free", "spin")
	scope := app.scope("free")
	used := func() uint64 { return scope.count(t, "cpu.stat", "usage_usec") }
	s.tool(electroscope(), "freeze", "free")
	if got := scope.count(t, "cgroup.events", "frozen"); got != 1 {
		t.Fatalf("frozen %d", got)
	}
	before := used()
	time.Sleep(300 * time.Millisecond) // what is not to happen meanwhile
	if after := used(); after != before {
		t.Errorf("it used %d us of CPU", after-before)
	}
	if out := s.tool(electroscope(), "status"); !strings.Contains(out, "free is frozen") {
		t.Errorf("status says %q", out)
	}
	s.tool(electroscope(), "thaw", "free")
	if !until(func() bool { return used() > before }) {
		t.Error("it does not run on")
	}
}

// TestStop: an app ends at the first request, or is killed, which is said; nothing of it is
// left.
func TestStop(t *testing.T) {
	s := newStage(t, steered)
	s.write("bin/stubborn", "#!/bin/bash\ntrap '' TERM\ntouch \"$1\"\nwhile :; do sleep 1; done\n", 0o755)
	polite := s.start("free")
	gentle := polite.scope("free")
	if out := s.tool(electroscope(), "stop", "free"); !strings.Contains(out, "by itself at SIGTERM") || gentle.exists() && len(gentle.processes()) > 0 {
		t.Errorf("it says %q; left: %v", out, gentle.processes())
	}
	hard := s.start("stubborn", s.dir+"/ready")
	scope := hard.scope("stubborn")
	if !until(func() bool { _, err := os.Stat(s.dir + "/ready"); return err == nil }) {
		t.Fatal("it is not ready")
	}
	s.tool(electroscope(), "freeze", "stubborn")
	out := s.tool(electroscope(), "stop", "--timeout=1", "stubborn")
	if !strings.Contains(out, "SIGTERM to what is left") || !strings.Contains(out, "killed") || !until(func() bool { return !hard.lives() }) {
		t.Errorf("it says %q; it lives: %v; left: %v", out, hard.lives(), scope.processes())
	}
}

// TestFix: a main process that left its scope is brought back into it.
func TestFix(t *testing.T) {
	s := newStage(t, steered)
	app := s.start("free", "hold", "1M")
	scope := app.scope("free")
	const unit = "elsewhere.scope"
	other := exec.Command("systemd-run", "--user", "--scope", "--unit="+unit, "sleep", "300")
	if err := other.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		other.Process.Signal(syscall.SIGKILL)
		other.Wait()
	})
	var there group
	if !until(func() bool { there = groupOf(other.Process.Pid); return there.name() == unit }) {
		t.Fatalf("the other unit is %s", there)
	}
	if err := os.WriteFile("/sys/fs/cgroup"+string(there)+"/cgroup.procs", []byte(fmt.Sprint(app.pid())), 0); err != nil {
		t.Fatal(err)
	}
	if out := s.tool(electroscope(), "status"); !strings.Contains(words(out), "has left its scope") {
		t.Errorf("status says %q", out)
	}
	s.tool(electroscope(), "status", "--fix")
	if got := groupOf(app.pid()); got != scope {
		t.Errorf("it is in %s", got)
	}
	if got := groupOf(other.Process.Pid); got != there {
		t.Errorf("what was there is in %s", got)
	}
}
