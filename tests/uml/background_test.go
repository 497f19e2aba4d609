//go:build rig

package uml

import (
	"os"
	"strings"
	"testing"
	"time"

	"electroscope/monitor/x11/x11test"
)

// What the kernel makes of what is done to apps in the background. This rig has no display and no
// sound: both are stand-ins. The real ones are in tests/session.

// A screen is an X server on which nobody draws.
type screen struct {
	*stage
	server *x11test.Server
	pids   []int // of its clients
	watch  *started
}

// newScreen runs the watcher over apps of which the one called behind is not used: after a second
// that is done to it.
func newScreen(t *testing.T, do, limits string) *screen {
	t.Helper()
	s := newStage(t, "[defaults]\nbackground-after = \"1s\"\n[apps.behind]\nexec = [\"stand-in\"]\nbackground = \""+do+"\"\n[apps.behind.limits]\n"+limits)
	server, err := x11test.Start(4000, x11test.State{Manager: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Close)
	s.write("bin/pactl", "#!/bin/sh\n[ \"$2\" = subscribe ] && exec sleep 300\necho '[]'\n", 0o755)
	s.env = append(s.env, "DISPLAY="+server.Display)
	return &screen{stage: s, server: server, watch: s.watch()}
}

// open starts an app that is a client of the server.
func (s *screen) open(name string, words ...string) *started {
	p := s.start(name, words...)
	s.pids = append(s.pids, p.pid())
	s.use(nil)
	return p
}

// use has the app's window be the active one, or none.
func (s *screen) use(p *started) {
	state := x11test.State{Manager: true, Others: s.pids}
	if p != nil {
		state.Active = p.pid()
	}
	s.server.Set(state)
}

func (s *screen) becomes(what string, there func() bool) {
	s.t.Helper()
	if !until(there) {
		s.t.Fatalf("not so: %s; watch says: %s", what, s.watch.said())
	}
}

// TestBackgroundWeight: the kernel has a weight of 10, and the app's own afterwards.
func TestBackgroundWeight(t *testing.T) {
	for limits, own := range map[string]string{"": "100", "CPUWeight = 50\n": "50"} {
		s := newScreen(t, "weight", limits)
		p := s.open("behind")
		g := p.scope("behind")
		weighs := func(want string) func() bool {
			return func() bool {
				text, err := os.ReadFile("/sys/fs/cgroup" + string(g) + "/cpu.weight")
				if os.IsNotExist(err) && g.exists() { // without a weight there may be no controller
					return want == "100"
				}
				return err == nil && strings.TrimSpace(string(text)) == want
			}
		}
		s.becomes("a weight of 10", weighs("10"))
		s.use(p)
		s.becomes("a weight of "+own, weighs(own))
		s.use(nil)
		s.becomes("a weight of 10", weighs("10"))
		s.watch.cmd.Process.Signal(os.Interrupt)
		s.becomes("a weight of "+own, weighs(own))
	}
}

// TestBackgroundReclaim: memory goes to swap, and the app runs on.
func TestBackgroundReclaim(t *testing.T) {
	s := newScreen(t, "reclaim", "MemoryMax = \"300M\"\n")
	setSwap(t, true)
	const held = 100 << 20
	p := s.open("behind", "hold", "104857600")
	g := p.scope("behind")
	s.use(p)
	s.becomes("100 MiB are held", func() bool { return g.number(t, "memory.current")+g.number(t, "memory.swap.current") > held })
	before := g.number(t, "memory.current")
	s.use(nil)
	s.becomes("half of it is reclaimed", func() bool { return g.number(t, "memory.current") < before/2 })
	t.Logf("%d MiB of %d are left", g.number(t, "memory.current")>>20, before>>20)
}

// TestBackgroundFreeze: a frozen app takes no CPU time.
func TestBackgroundFreeze(t *testing.T) {
	s := newScreen(t, "freeze", "")
	p := s.open("behind", "spin")
	g := p.scope("behind")
	s.becomes("frozen", func() bool { return g.count(t, "cgroup.events", "frozen") == 1 })
	used := g.count(t, "cpu.stat", "usage_usec")
	time.Sleep(time.Second)
	if now := g.count(t, "cpu.stat", "usage_usec"); now != used {
		t.Errorf("frozen it has used %d us", now-used)
	}
	s.use(p)
	s.becomes("it uses CPU time again", func() bool { return g.count(t, "cpu.stat", "usage_usec") > used })
	if frozen := g.count(t, "cgroup.events", "frozen"); frozen != 0 {
		t.Error("it is frozen")
	}
}
