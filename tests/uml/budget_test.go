//go:build rig

package uml

import (
	"fmt"
	"testing"
)

func budget(memory, cpus string) string {
	return fmt.Sprintf("[budget]\nmemory = %q\ncpus = %q\n[apps.one]\nexec = [\"stand-in\"]\n[apps.two]\nexec = [\"stand-in\"]\n", memory, cpus)
}

// TestBudget: the slice of all apps has the shares of RAM and threads (one, here).
func TestBudget(t *testing.T) {
	setSwap(t, true)
	s := newStage(t, budget("60%", "50%"))
	group := s.start("one").scope("one").parent()
	if group.name() != "app-electron.slice" {
		t.Fatalf("the apps' group is %s", group)
	}
	if got, want := group.number(t, "memory.high"), pages(ram(t)*60/100); got != want {
		t.Errorf("memory.high %d, not %d", got, want)
	}
	if got := group.read(t, "cpu.max"); got != "50000 100000" {
		t.Errorf("cpu.max %s", got)
	}
	if got := group.read(t, "memory.max"); got != "max" {
		t.Errorf("memory.max %s", got)
	}
}

// TestBudgetAuto: what is shipped takes no CPU time from the apps of a machine with one thread.
func TestBudgetAuto(t *testing.T) {
	s := newStage(t, budget("60%", "auto"))
	if got := s.start("one").scope("one").parent().read(t, "cpu.max"); got != "200000 100000" {
		t.Errorf("cpu.max %s", got)
	}
}

// TestBudgetMemory: two apps that are each well within their own limits, and
// together above the budget, are pushed back to it, and both live.
func TestBudgetMemory(t *testing.T) {
	setSwap(t, true)
	s := newStage(t, budget("128M", "infinity"))
	one, two := s.start("one", "hold", "96M"), s.start("two", "hold", "96M")
	group := one.scope("one").parent()
	two.scope("two")
	if !until(func() bool {
		held := group.number(t, "memory.current") + group.number(t, "memory.swap.current")
		return held > 150<<20 && group.number(t, "memory.current") <= 128<<20
	}) {
		t.Errorf("memory.current is %s, swap %s, memory.high %s",
			group.read(t, "memory.current"), group.read(t, "memory.swap.current"), group.read(t, "memory.high"))
	}
	if !one.lives() || !two.lives() || group.count(t, "memory.events", "oom_kill") != 0 {
		t.Errorf("the apps live: %v, %v", one.lives(), two.lives())
	}
}
