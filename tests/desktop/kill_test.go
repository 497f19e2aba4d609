//go:build rig

package desktop

import (
	"fmt"
	"maps"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// mutating are the system calls by which a run changes files, and those around them.
var mutating = []string{
	"openat", "write", "fsync", "fchmod", "utimensat", "close", "flock", "mkdirat", "rmdir",
	"symlinkat", "linkat", "renameat", "unlink", "unlinkat",
}

// soak has every call of every run end in a kill; else a share of them does, the
// same ones each time.
func soak() bool { return os.Getenv("ELECTROSCOPE_SOAK") == "1" }

const share = 4 // one of so many

// killStage is a home with files of the user's on the way of each change: an entry
// that is changed in place, a cache, and names that temporary files had once.
func killStage(t *testing.T) *home {
	t.Helper()
	h := chat(t, t.TempDir())
	h.must(os.RemoveAll(h.dir + "/.local/share"))
	h.must(os.RemoveAll(h.dir + "/.local"))
	h.write(".config/electroscope/apps.toml", "[apps.chat]\nexec = [\"chat-real\"]\nruntime = \"electron\"\n")
	h.write(".config/autostart/mine.desktop", "[Desktop Entry]\nName=mine\nExec=chat-real --mine\n")
	h.write(".config/autostart/.mine.desktop.electroscope", "precious")
	h.write("Desktop/chat.desktop", "[Desktop Entry]\nName=mine\nExec=chat-real %U\n") // a copy that a file manager made
	h.must(os.Chtimes(h.dir+"/.config/autostart/mine.desktop", then, then))
	h.env = append(h.env, "XDG_RUNTIME_DIR="+t.TempDir()) // no manager, which each run would have reload
	return h
}

var then = time.Date(2020, 2, 29, 12, 0, 0, 0, time.UTC)

// A phase is a run that is killed, and what is done before it.
var phases = []struct {
	name   string
	before func(*home)
	run    string
}{
	{"install", func(*home) {}, "install"},
	{"update", func(h *home) {
		h.electroscope("install")
		h.appendEntry("X-Newer=1\n")
	}, "install"},
	{"uninstall", func(h *home) { h.electroscope("install") }, "uninstall"},
}

// appendEntry is an update of the app, which changes its entry.
func (h *home) appendEntry(line string) {
	h.Helper()
	for _, variable := range h.env {
		if dir, found := strings.CutPrefix(variable, "XDG_DATA_DIRS="); found {
			f, err := os.OpenFile(dir+"/applications/chat.desktop", os.O_WRONLY|os.O_APPEND, 0)
			h.must(err)
			_, err = f.WriteString(line)
			h.must(err)
			h.must(f.Close())
		}
	}
}

// traced runs electroscope under strace(1) with more options for it. A run that is
// killed has an error.
func (h *home) traced(run string, options ...string) error {
	h.Helper()
	words := append([]string{"-f", "-q", "-o", h.dir + "-trace", "-e", "trace=" + strings.Join(mutating, ",")}, options...)
	c := exec.Command("timeout", append(append([]string{"60", "strace"}, words...), os.Getenv("ELECTROSCOPE_BIN"), run)...)
	c.Env = h.env
	out, err := c.CombinedOutput()
	if exit, ok := err.(*exec.ExitError); err != nil && (!ok || exit.ExitCode() == 124) {
		h.Fatalf("strace: %v\n%s", err, out)
	}
	return err
}

// calls counts the calls of a run that is not killed.
func (h *home) calls(run string) map[string]int {
	h.Helper()
	h.must(h.traced(run))
	text, err := os.ReadFile(h.dir + "-trace")
	h.must(err)
	counts := map[string]int{}
	for line := range strings.Lines(string(text)) {
		_, call, _ := strings.Cut(line, " ") // behind the thread's number
		if name, _, found := strings.Cut(strings.TrimSpace(call), "("); found && slices.Contains(mutating, name) {
			counts[name]++
		}
	}
	return counts
}

// TestKilled: a run that is killed at whichever system call loses nothing of the
// user's, and the next one leaves nothing of it.
func TestKilled(t *testing.T) {
	if _, err := exec.LookPath("strace"); err != nil {
		t.Fatal(err)
	}
	var cases, kills atomic.Int32
	t.Cleanup(func() {
		t.Logf("%d runs, %d killed", cases.Load(), kills.Load())
		if kills.Load() < cases.Load()/2 {
			t.Error("that is too few")
		}
	})
	for _, phase := range phases {
		h := killStage(t)
		phase.before(h)
		counts := h.calls(phase.run)
		if len(counts) < 8 || counts["write"] == 0 || counts["openat"] == 0 {
			t.Fatalf("%s: the calls are %v", phase.name, counts)
		}
		t.Logf("%s: %v", phase.name, counts)
		turn := 0
		for _, call := range slices.Sorted(maps.Keys(counts)) {
			for n := 1; n <= counts[call]; n++ {
				for _, next := range []string{"uninstall", "install"} {
					if turn++; !soak() && turn%share != 0 {
						continue
					}
					cases.Add(1)
					t.Run(fmt.Sprintf("%s, %s %d, %s", phase.name, call, n, next), func(t *testing.T) {
						t.Parallel()
						h := killStage(t)
						before := h.tree()
						phase.before(h)
						if h.kill(phase.run, call, n) {
							kills.Add(1)
						}
						if next == "install" {
							h.electroscope("install")
							h.settled()
						}
						h.restored(before)
					})
				}
			}
		}
	}
}

// kill ends a run at the nth call of that name, in the first thread that has so many.
// If none has, the run is whole, and it says so.
func (h *home) kill(run, call string, n int) bool {
	h.Helper()
	err := h.traced(run, "-e", fmt.Sprintf("inject=%s:signal=KILL:when=%d", call, n))
	if exit, ok := err.(*exec.ExitError); ok && exit.ExitCode() != 128+int(syscall.SIGKILL) && !killed(exit) {
		h.Fatalf("%s at %s %d: %v", run, call, n, err)
	}
	return err != nil
}

func killed(exit *exec.ExitError) bool {
	status, ok := exit.Sys().(syscall.WaitStatus)
	return ok && status.Signaled() && status.Signal() == syscall.SIGKILL
}

// settled is a home in which install has nothing to do.
func (h *home) settled() {
	h.Helper()
	if out := h.electroscope("install", "--check"); !strings.HasPrefix(out, "nothing to do\n") {
		h.Errorf("install leaves to be done: %s", out)
	}
}

// restored is a home that uninstall leaves as it was before.
func (h *home) restored(before map[string]string) {
	h.Helper()
	h.electroscope("uninstall")
	if diff := cmp.Diff(before, h.tree()); diff != "" {
		h.Errorf("uninstall leaves (-before +after):\n%s", diff)
	}
	if info, err := os.Stat(h.dir + "/.config/autostart/mine.desktop"); err != nil || !info.ModTime().Equal(then) {
		h.Errorf("the user's entry is of %v (%v)", info.ModTime(), err)
	}
}
