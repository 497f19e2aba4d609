//go:build rig

package session

import (
	"strconv"
	"syscall"
	"testing"
	"time"
)

// TestStopped: the launch is stopped for longer than the manager has time, wherever it
// is just then (a suspended machine, a session that is frozen over a login). What the
// manager answers meanwhile counts.
func TestStopped(t *testing.T) {
	const stopped = 2500 * time.Millisecond // more than the launch's patience
	for ms := range 12 {
		t.Run(strconv.Itoa(ms), func(t *testing.T) {
			t.Parallel()
			s := plainStage(t)
			p := s.start("plain")
			time.Sleep(time.Duration(ms) * time.Millisecond)
			s.must(p.cmd.Process.Signal(syscall.SIGSTOP))
			time.Sleep(stopped)
			s.must(p.cmd.Process.Signal(syscall.SIGCONT))
			if r := p.report(s.bin + "/plain-app"); !in(r.Group, "app-electron.slice") || p.stderr() != "" {
				t.Errorf("it runs in %q; stderr: %q", r.Group, p.stderr())
			}
		})
	}
}
