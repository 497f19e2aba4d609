//go:build rig

package uml

import "testing"

// TestShared: all launches of an app are under one cap, and it bites.
func TestShared(t *testing.T) {
	s := newStage(t, `
[apps.pair]
exec = ["stand-in"]
instances = "shared"
[apps.pair.limits]
MemoryMax     = "128M"
MemorySwapMax = "0"
`)
	one, two := s.start("pair"), s.start("pair", "hog", s.dir+"/ended")
	first, second := one.scope("pair"), two.scope("pair")
	slice := first.parent()
	if second.parent() != slice || slice.name() != "app-electron-pair.slice" {
		t.Errorf("the scopes are %s and %s", first, second)
	}
	if got := slice.number(t, "memory.max"); got != 128<<20 {
		t.Errorf("the slice's memory.max is %d", got)
	}
	if a, b := first.read(t, "memory.max"), second.read(t, "memory.max"); a != "max" || b != "max" {
		t.Errorf("the scopes' memory.max are %s and %s", a, b)
	}
	if status := s.waitFor("ended"); status != "137" {
		t.Errorf("the hog ended with %s", status)
	}
	if !one.lives() || !two.lives() || slice.count(t, "memory.events", "oom_kill") != 1 {
		t.Errorf("the apps live: %v, %v; %s", one.lives(), two.lives(), slice.read(t, "memory.events"))
	}
}
