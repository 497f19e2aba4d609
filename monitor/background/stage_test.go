package background

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"electroscope/launcher/cgroup"
	"electroscope/monitor"
	"electroscope/monitor/control"
)

const (
	chat  cgroup.Group = "/app.slice/app-chat-7.scope"
	notes cgroup.Group = "/app.slice/app-notes-8.scope"
	other cgroup.Group = "/app.slice/app-other-9.scope"
)

// A stage is a machine made of files, with servers that say what a test has them say. It is
// also what is done to launches.
type stage struct {
	t      *testing.T
	dir    string
	keeper *Keeper

	mu      sync.Mutex
	active  int
	asked   int
	clients []int
	unknown error
	playing []int
	deaf    error
	policy  Policy
	weight  uint64
	environ []string
	did     []string
	said    []string
	changed chan struct{}
	heard   func()
}

func newStage(t *testing.T, policy Policy) *stage {
	s := &stage{t: t, dir: t.TempDir(), policy: policy, active: 9, clients: []int{7, 8, 9}, weight: control.UnsetWeight, changed: make(chan struct{}, 1)}
	for pid, g := range map[int]cgroup.Group{7: chat, 8: notes, 9: other} {
		s.write(fmt.Sprintf("proc/%d/cgroup", pid), "0::"+string(g)+"\n")
		s.write(fmt.Sprintf("proc/%d/environ", pid), "DISPLAY=:0\x00XDG_RUNTIME_DIR=/r\x00")
		s.write("cgroup"+string(g)+"/cgroup.events", "populated 1\nfrozen 0\n")
	}
	if err := os.Mkdir(s.dir+"/run", 0o700); err != nil {
		t.Fatal(err)
	}
	s.keeper = s.newKeeper()
	return s
}

func (s *stage) newKeeper() *Keeper {
	k := NewKeeper(control.Control{Reader: monitor.Reader{Proc: s.dir + "/proc", Cgroup: s.dir + "/cgroup", UID: os.Getuid()}},
		func() []string { s.mu.Lock(); defer s.mu.Unlock(); return s.environ }, s.dir+"/run/electroscope",
		func(string) Policy { s.mu.Lock(); defer s.mu.Unlock(); return s.policy },
		func(w Word) { s.mu.Lock(); defer s.mu.Unlock(); s.said = append(s.said, w.Text()) })
	k.Acts = s
	k.Dial = func(Session) (Windows, error) { return s, nil }
	k.Players = func(Session) ([]int, error) { s.mu.Lock(); defer s.mu.Unlock(); return s.playing, s.deaf }
	k.Follow = func(ctx context.Context, _ Session, changed func()) {
		s.set(func() { s.heard = changed })
		<-ctx.Done()
	}
	return k
}

func (s *stage) write(name, text string) {
	s.t.Helper()
	path := filepath.Join(s.dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		s.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		s.t.Fatal(err)
	}
}

func (s *stage) set(f func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f()
}

func (s *stage) ActivePID() (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked++
	return s.active, s.unknown
}
func (s *stage) Clients() ([]int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.clients, nil
}
func (s *stage) Changed() <-chan struct{} { return s.changed }
func (s *stage) Close()                   {}

// activate has a window of a process be the active one, and waits until that was seen.
func (s *stage) activate(pid int, err error) {
	s.t.Helper()
	before := 0
	s.set(func() { s.active, s.unknown, before = pid, err, s.asked })
	s.changed <- struct{}{}
	s.until("the keeper asks", func() bool { return s.asked > before })
}

// until waits for something.
func (s *stage) until(what string, there func() bool) {
	s.t.Helper()
	for end := time.Now().Add(20 * time.Second); ; time.Sleep(5 * time.Millisecond) {
		found := false
		s.set(func() { found = there() })
		if found {
			return
		}
		if time.Now().After(end) {
			s.t.Fatalf("waited in vain: %s; did %q, said %q", what, s.did, s.said)
		}
	}
}

func (s *stage) act(what string, a monitor.App) error {
	s.set(func() { s.did = append(s.did, what+" "+a.Unit) })
	return nil
}
func (s *stage) Freeze(a monitor.App) error { return s.act("freeze", a) }
func (s *stage) Thaw(a monitor.App) error   { return s.act("thaw", a) }
func (s *stage) Reclaim(a monitor.App, _ uint64) (control.Reclaimed, error) {
	return control.Reclaimed{Short: true, Before: monitor.Memory{Current: monitor.Known(5 << 20)}, After: monitor.Memory{Current: monitor.Known(2 << 20)}}, s.act("reclaim", a)
}
func (s *stage) CPUWeight(monitor.App) (uint64, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.weight, nil
}
func (s *stage) SetCPUWeight(a monitor.App, weight uint64) error {
	s.set(func() { s.weight = weight })
	return s.act(fmt.Sprintf("weigh %d", int64(weight)), a)
}

// run runs the keeper, and returns what ends it.
func (s *stage) run() (end func()) {
	ctx, cancel := context.WithCancel(s.t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		s.keeper.Run(ctx)
	}()
	end = func() {
		cancel()
		select {
		case <-done:
		case <-time.After(20 * time.Second):
			s.t.Error("Run does not end with its context")
		}
	}
	s.t.Cleanup(end)
	return end
}

// see tells of launches.
func (s *stage) see(groups ...cgroup.Group) {
	for _, g := range groups {
		name, pid := "chat", 7
		if g == notes {
			name, pid = "notes", 8
		}
		s.keeper.Seen(monitor.App{Name: name, Kind: monitor.Launched, Unit: g.Name(), Main: pid, MainUnit: g.Name(), Group: monitor.Group{Path: g}})
	}
}

// expect waits until that was done, and nothing else.
func (s *stage) expect(want ...string) {
	s.t.Helper()
	s.until(fmt.Sprintf("%q", want), func() bool { return slices.Equal(s.did, want) })
}
