//go:build rig

package uml

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// crowd has six of the shipped apps, with a stand-in behind each, and the limits of the
// catalogue. Their budget is small: it takes this kernel long to fill the shipped one, which
// leaves them all of its one CPU.
var crowd = []string{"discord", "signal", "spotify", "codium", "teams", "zoom"}

func crowdCatalogue() string {
	text := "[budget]\nmemory = \"10%\"\ncpus = \"50%\"\n"
	for _, app := range crowd {
		text += fmt.Sprintf("[apps.%s]\nexec = [\"stand-in\"]\n", app)
	}
	return text
}

// TestCrowd: six apps at once, each within its own limits and together above the budget,
// are held to it: what is too much memory goes to zram, and the desktop beside them keeps
// its own and its part of the CPU. No process is killed, and none leaves its scope.
func TestCrowd(t *testing.T) {
	setSwap(t, true)
	s := newStage(t, crowdCatalogue())
	killed, swapped := kills(t), inZram(t)
	const each, ofDesktop = 40 << 20, 16 << 20
	all := uint64(len(crowd) * each)
	now, later := s.gate("now"), s.gate("later")
	desktop := s.desktop("crowd", fmt.Sprint(ofDesktop), later.Name())
	var scopes []group
	for _, app := range crowd {
		scopes = append(scopes, s.start(app, "crowd", fmt.Sprint(each), now.Name()).scope(idOf(t, s, app)))
	}
	slice := scopes[0].parent()
	limits := map[string]string{"memory.high": fmt.Sprint(pages(ram(t) * 10 / 100)), "memory.max": "max", "cpu.max": "50000 100000"}
	if diff := cmp.Diff(limits, slice.readAll(t, "memory.high", "memory.max", "cpu.max")); diff != "" {
		t.Error(diff)
	}

	high := slice.number(t, "memory.high")
	most := high + high/100 // the kernel takes back what is too much in batches
	memory, swap := slice.memory(t)
	if !until(func() bool { memory, swap = slice.memory(t); return memory+swap >= all && memory <= most }) {
		t.Fatalf("memory.current is %d, of %d; swap %d", memory, high, swap)
	}
	if got := inZram(t) - swapped; got < int64(all-most) {
		t.Errorf("zram took %d bytes", got)
	}
	processes := settled(t, scopes)
	pass(t, now, len(crowd))
	holds(t, slice, 50)
	pass(t, later, 1)
	if got := part(shares(t, desktop, slice)); got < 50*(1-tolerance) {
		t.Errorf("beside the apps the desktop has %.1f %% of the CPU", got)
	}
	if diff := cmp.Diff(processes, settled(t, scopes)); diff != "" {
		t.Errorf("the processes: %s", diff)
	}
	if n := kills(t) - killed; n != 0 {
		t.Errorf("%d processes were killed", n)
	}
	if memory, swap = slice.memory(t); memory > most {
		t.Errorf("memory.current is %d, of %d; swap %d", memory, high, swap)
	}
	if memory, swap = desktop.memory(t); memory < ofDesktop || swap != 0 {
		t.Errorf("the desktop has %d bytes in memory and %d in swap", memory, swap)
	}
}

// settled waits until each group has the two processes that crowd comes down to, and gives them.
func settled(t *testing.T, groups []group) map[group][]int {
	t.Helper()
	found := map[group][]int{}
	if !until(func() bool {
		two := true
		for _, g := range groups {
			found[g] = g.processes()
			two = two && len(found[g]) == 2
		}
		return two
	}) {
		t.Errorf("not two processes in each: %v", found)
	}
	return found
}
