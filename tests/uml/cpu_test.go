//go:build rig

package uml

import (
	"math"
	"testing"
	"time"
)

// TestCPU: an app that spins gets its quota, and two of them together the budget.
func TestCPU(t *testing.T) {
	s := newStage(t, budget("infinity", "50%")+"[apps.one.limits]\nCPUQuota = \"20%\"\n")
	app := s.start("one", "spin")
	holds(t, app.scope("one"), 20)
	app.kill()

	s = newStage(t, budget("infinity", "30%"))
	one, two := s.start("one", "spin"), s.start("two", "spin")
	two.scope("two")
	holds(t, one.scope("one").parent(), 30)
}

// TestCPUBeside: an app that wants all of the CPU, with four processes, is held to its
// quota, and the desktop has what is left. The control is the same program started
// without electroscope: from systemd it has as much as the desktop.
func TestCPUBeside(t *testing.T) {
	const quota = 20
	s := newStage(t, budget("infinity", "infinity")+"[apps.one.limits]\nCPUQuota = \"20%\"\n")
	desktop := s.desktop("spin")
	app := s.start("one", "spin", "4")
	scope := app.scope("one")
	if !until(func() bool { return len(scope.processes()) == 4 }) {
		t.Fatalf("the processes of the app are %v", scope.processes())
	}
	holds(t, scope, quota)
	if got := part(shares(t, desktop, scope)); got < (100-quota)*(1-tolerance) {
		t.Errorf("beside the app the desktop has %.1f %% of the CPU", got)
	}
	app.kill()

	free := s.service("free-stand-in", []string{"--slice=app.slice"}, "spin", "4")
	if got := part(shares(t, desktop, free)); got > (100-quota)*0.8 {
		t.Errorf("beside an app without a quota the desktop has %.1f %% of the CPU: the test shows nothing", got)
	}
}

// TestCPUOfOneGroup: the shipped budget takes nothing from the apps of a machine with one CPU,
// but they are one group there: the desktop has half of it, however many processes they have.
func TestCPUOfOneGroup(t *testing.T) {
	s := newStage(t, budget("infinity", "auto"))
	desktop := s.desktop("spin")
	one, two := s.start("one", "spin", "4"), s.start("two", "spin", "4")
	two.scope("two")
	slice := one.scope("one").parent()
	if got := part(shares(t, desktop, slice)); got < 50*(1-tolerance) {
		t.Errorf("beside the apps the desktop has %.1f %% of the CPU", got)
	}
}

// tolerance is how far from a quota a group may be.
const tolerance = 0.05

// holds reports a group that wants all of the CPU and does not get its quota. On a busy
// machine the kernel of this rig has its clock late: the group runs over for a moment, which
// the next periods take back, and loses periods, which nothing brings back.
func holds(t *testing.T, g group, percent float64) {
	t.Helper()
	throttled := g.count(t, "cpu.stat", "nr_throttled")
	var had []float64
	var sum float64
	if !until(func() bool {
		share := shares(t, g)[0]
		had, sum = append(had, share), sum+share
		return math.Abs(share-percent) <= percent*tolerance
	}) {
		t.Errorf("%s never has %v %% of the CPU: %.1f", g, percent, had)
	}
	if mean := sum / float64(len(had)); mean > percent*(1+tolerance) {
		t.Errorf("%s has %.1f %% of the CPU, not %v: %.1f", g, mean, percent, had)
	}
	if g.count(t, "cpu.stat", "nr_throttled") == throttled {
		t.Errorf("%s was not throttled", g)
	}
}

// shares is the percentage of the CPU that each group has, over 40 periods of a quota:
// what is left over from the one before is 2.5 % of that.
func shares(t *testing.T, groups ...group) []float64 {
	t.Helper()
	used := func(g group) float64 { return float64(g.count(t, "cpu.stat", "usage_usec")) }
	had := make([]float64, len(groups))
	for i, g := range groups {
		had[i] = -used(g)
	}
	begun := time.Now()
	time.Sleep(4 * time.Second)
	for i, g := range groups {
		had[i] = (had[i] + used(g)) / float64(time.Since(begun).Microseconds()) * 100
	}
	return had
}

// part is the percentage of the first in what all have. The kernel of this rig does not
// count the time that the machine takes from it.
func part(shares []float64) float64 {
	var all float64
	for _, share := range shares {
		all += share
	}
	return shares[0] / all * 100
}
