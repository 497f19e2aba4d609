package watch

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"electroscope/launcher/catalog"
	"electroscope/launcher/cgroup"
	"electroscope/monitor"
)

const manager = cgroup.Group("/user.slice/user-1000.slice/user@1000.service")

// A stage is a folder in the place of the cgroup tree and /proc: inotify is real, the kernel that
// writes is not. tests/uml has both.
type stage struct {
	t    *testing.T
	dir  string
	mu   sync.Mutex
	told []Finding

	began, seen int
	ended       []cgroup.Group
}

func (s *stage) Began(string)         { s.mu.Lock(); s.began++; s.mu.Unlock() }
func (s *stage) Seen(monitor.App)     { s.mu.Lock(); s.seen++; s.mu.Unlock() }
func (s *stage) Ended(g cgroup.Group) { s.mu.Lock(); s.ended = append(s.ended, g); s.mu.Unlock() }

func newStage(t *testing.T) *stage {
	s := &stage{t: t, dir: t.TempDir()}
	s.write("cgroup"+string(manager)+"/app.slice/cgroup.procs", "")
	if err := os.MkdirAll(s.dir+"/proc", 0o755); err != nil {
		t.Fatal(err)
	}
	return s
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

// scope makes a launch of discord in a slice, and returns its group.
func (s *stage) scope(pid int, slice string) string {
	g := string(manager) + "/" + slice + "/app-discord-" + strconv.Itoa(pid) + ".scope"
	p := "proc/" + strconv.Itoa(pid)
	s.write(p+"/cgroup", "0::"+g+"\n")
	s.write(p+"/cmdline", "Discord\x00")
	s.write(p+"/stat", strconv.Itoa(pid)+" (Discord) S 1"+strings.Repeat(" 0", 17)+" 50 0 10\n")
	s.write("cgroup"+g+"/memory.events", "high 0\nmax 0\noom_kill 0\n")
	s.write("cgroup"+g+"/memory.max", strconv.Itoa(3<<30)+"\n")
	s.write("cgroup"+g+"/cgroup.procs", strconv.Itoa(pid)+"\n")
	return g
}

// run watches until the test ends.
func (s *stage) run() {
	ctx, cancel := context.WithCancel(s.t.Context())
	w := Watcher{
		Reader:  monitor.Reader{Proc: s.dir + "/proc", Cgroup: s.dir + "/cgroup", UID: os.Getuid()},
		Manager: manager,
		Apps: func() []monitor.Candidate {
			return []monitor.Candidate{{App: catalog.App{Key: "discord", ID: "discord"}}}
		},
		Tell: func(f Finding) {
			s.mu.Lock()
			defer s.mu.Unlock()
			s.told = append(s.told, f)
		},
		Follow: s,
	}
	done := make(chan error, 1)
	go func() { done <- w.Run(ctx) }()
	s.t.Cleanup(func() {
		cancel()
		select {
		case err := <-done:
			if err != nil {
				s.t.Errorf("Run: %v", err)
			}
		case <-time.After(20 * time.Second):
			s.t.Error("Run does not end with its context")
		}
	})
}

// heard waits until n findings were told.
func (s *stage) heard(n int) []Finding {
	s.t.Helper()
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		s.mu.Lock()
		told := append([]Finding(nil), s.told...)
		s.mu.Unlock()
		if len(told) >= n || time.Now().After(deadline) {
			if len(told) != n {
				s.t.Fatalf("heard %+v, want %d", told, n)
			}
			return told
		}
	}
}

// TestWatch: a launch that was there, one in a slice that comes later, and one that ends.
func TestWatch(t *testing.T) {
	s := newStage(t)
	old := s.scope(7, "app.slice/app-electron.slice")
	s.write("cgroup"+old+"/memory.events", "high 0\nmax 0\noom_kill 5\n") // before we looked: no news
	s.run()
	fresh := s.scope(8, "background.slice/background-electron.slice")
	time.Sleep(3 * settle) // not needed to hear of it: that it is looked at in between is what is tried
	s.write("cgroup"+fresh+"/memory.events", "high 0\nmax 9\noom_kill 1\n")
	if f := s.heard(1)[0]; f.Kind != Killed || f.Count != 1 || f.App.Unit != "app-discord-8.scope" {
		t.Errorf("%+v", f)
	}
	s.write("cgroup"+old+"/memory.events", "high 0\nmax 9\noom_kill 7\n")
	if f := s.heard(2)[1]; f.Kind != Killed || f.Count != 2 || f.App.Unit != "app-discord-7.scope" {
		t.Errorf("%+v", f)
	}
	if err := os.RemoveAll(s.dir + "/cgroup" + fresh); err != nil {
		t.Fatal(err)
	}
	again := s.scope(9, "background.slice/background-electron.slice")
	s.write("cgroup"+again+"/memory.events", "high 0\nmax 9\noom_kill 1\n")
	if f := s.heard(3)[2]; f.App.Unit != "app-discord-9.scope" {
		t.Errorf("%+v", f)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.began != 3 || s.seen < 3 || len(s.ended) != 1 || string(s.ended[0]) != fresh {
		t.Errorf("the follower was told of %d launches, %d looks, and the end of %q", s.began, s.seen, s.ended)
	}
}

// TestManyScopes: with a thousand launches that come and go nothing is kept of them.
func TestManyScopes(t *testing.T) {
	s := newStage(t)
	tr, err := newTree(s.dir+"/cgroup", manager)
	if err != nil {
		t.Fatal(err)
	}
	defer tr.close()
	if _, err := tr.scan(); err != nil {
		t.Fatal(err)
	}
	base := len(tr.places)
	ended := 0
	for i := range 1000 {
		g := s.scope(1000+i, "app.slice")
		for seen := false; !seen; {
			c, err := tr.wait(time.Now().Add(20 * time.Second))
			if err != nil || len(c.appeared)+len(c.ended)+len(c.events) == 0 {
				t.Fatalf("%d: %+v, %v", i, c, err)
			}
			ended += len(c.ended)
			seen = len(c.appeared) > 0
		}
		if err := os.RemoveAll(s.dir + "/cgroup" + g); err != nil {
			t.Fatal(err)
		}
	}
	for ended < 1000 {
		c, err := tr.wait(time.Now().Add(20 * time.Second))
		if err != nil || len(c.ended)+len(c.events) == 0 {
			t.Fatalf("%d ended, %v", ended, err)
		}
		ended += len(c.ended)
	}
	if len(tr.places) > base {
		t.Errorf("%d watches are left of %d", len(tr.places), base)
	}
}
