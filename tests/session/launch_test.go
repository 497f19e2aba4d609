//go:build rig

package session

import (
	"encoding/json"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// Waits are bounded by these; each is far above what it bounds.
const (
	soon = 30 * time.Second
	// late is the longest that a launch under a fault may take: thirty seconds on a busy
	// machine whose manager works, and some room.
	late = 45 * time.Second
)

// until polls for something, and tells whether it came in time.
func until(limit time.Duration, there func() bool) bool {
	for end := time.Now().Add(limit); ; time.Sleep(3 * time.Millisecond) {
		if there() {
			return true
		}
		if time.Now().After(end) {
			return false
		}
	}
}

// A started is a process that a test began, and what it wrote.
type started struct {
	t        *testing.T
	cmd      *exec.Cmd
	out, err string // files
	ended    chan struct{}
}

// start begins a link (by its name) or a program (by its path).
func (s *stage) start(name string, args ...string) *started {
	s.t.Helper()
	return s.startWith(func(*exec.Cmd) {}, name, args...)
}

func (s *stage) startWith(change func(*exec.Cmd), name string, args ...string) *started {
	s.t.Helper()
	c := exec.Command(name, args...)
	if !strings.Contains(name, "/") {
		c.Path, c.Err = s.links+"/"+name, nil
	}
	out, err := os.CreateTemp(s.dir, "stdout-")
	s.must(err)
	complaints, err := os.CreateTemp(s.dir, "stderr-")
	s.must(err)
	defer out.Close()
	defer complaints.Close()
	c.Env, c.Dir, c.Stdout, c.Stderr = s.env, s.dir, out, complaints
	change(c)
	s.must(c.Start())
	p := &started{t: s.t, cmd: c, out: out.Name(), err: complaints.Name(), ended: make(chan struct{})}
	go func() {
		c.Wait()
		close(p.ended)
	}()
	s.t.Cleanup(p.kill)
	return p
}

func (p *started) pid() int { return p.cmd.Process.Pid }

func (p *started) kill() {
	p.cmd.Process.Kill()
	<-p.ended
}

// status waits for the end, and gives the exit status, or 128 and the signal as a
// shell does.
func (p *started) status() int {
	p.t.Helper()
	select {
	case <-p.ended:
	case <-time.After(soon):
		p.t.Fatalf("%q has not ended; stderr: %s", p.cmd.Args[0], p.stderr())
	}
	if w := p.cmd.ProcessState.Sys().(syscall.WaitStatus); w.Signaled() {
		return 128 + int(w.Signal())
	}
	return p.cmd.ProcessState.ExitCode()
}

func (p *started) stdout() string { return p.read(p.out) }
func (p *started) stderr() string { return p.read(p.err) }

func (p *started) read(file string) string {
	p.t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		p.t.Fatal(err)
	}
	return string(text)
}

// report waits for the stand-in that this process has become.
func (p *started) report(exe string) report {
	p.t.Helper()
	r, ok := p.reportWithin(soon, exe)
	if !ok {
		p.t.Fatalf("%q did not become %q; stderr: %s", p.cmd.Args[0], exe, p.stderr())
	}
	return r
}

func (p *started) reportWithin(limit time.Duration, exe string) (report, bool) {
	p.t.Helper()
	var r report
	file := reportFile(exe, p.pid())
	over := false
	ok := until(limit, func() bool {
		_, err := os.Stat(file)
		if err == nil || over {
			return true
		}
		select {
		case <-p.ended:
			over = true // once more: it may have written and ended since
		default:
		}
		return false
	})
	text, err := os.ReadFile(file)
	if !ok || err != nil {
		return r, false
	}
	if err := json.Unmarshal(text, &r); err != nil {
		p.t.Fatal(err)
	}
	return r, true
}

// waitFor gives what a file holds once it is there and not empty.
func waitFor(t *testing.T, file string) string {
	t.Helper()
	var text []byte
	if !until(soon, func() bool { text, _ = os.ReadFile(file); return len(text) > 0 }) {
		t.Fatalf("%s does not come", file)
	}
	return string(text)
}

// pidFrom reads a PID that a shell wrote, and takes the file away for the next.
func pidFrom(t *testing.T, file string) int {
	t.Helper()
	pid, err := strconv.Atoi(strings.TrimSpace(waitFor(t, file)))
	if err != nil {
		t.Fatal(err)
	}
	os.Remove(file)
	t.Cleanup(func() { syscall.Kill(pid, syscall.SIGKILL) })
	return pid
}

// reportOf waits for a stand-in that is no child of ours.
func reportOf(t *testing.T, exe string, pid int) report {
	t.Helper()
	var r report
	if err := json.Unmarshal([]byte(waitFor(t, reportFile(exe, pid))), &r); err != nil {
		t.Fatal(err)
	}
	return r
}
