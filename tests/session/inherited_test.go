//go:build rig

package session

import (
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// attributes has an app that tells what its process inherited.
func attributes(t *testing.T) *stage {
	t.Helper()
	s := newStage(t)
	s.catalogue(strings.ReplaceAll(plain, `"plain-app"`, `"setpriv"`) + "[apps.status]\nexec = [\"grep\"]\n[apps.true]\nexec = [\"true-app\"]\n")
	s.program("setpriv", "/usr/bin/setpriv")
	s.program("grep", "/bin/grep")
	s.program("true-app", "/bin/true")
	s.link()
	return s
}

// TestParentDeathSignal: it belongs to a thread, and is kept only where the thread
// that has it calls execve(2). So are a scheduling policy and a tracer.
func TestParentDeathSignal(t *testing.T) {
	runtime.LockOSThread() // whose end is the parent's
	defer runtime.UnlockOSThread()
	s := attributes(t)
	const launches = 300
	kept := 0
	for range launches {
		p := s.startWith(func(c *exec.Cmd) { c.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGUSR2} }, "plain", "--dump")
		if p.status() != 0 {
			t.Fatalf("status %d, stderr: %s", p.status(), p.stderr())
		}
		if strings.Contains(p.stdout(), "Parent death signal: USR2") {
			kept++
		} else if kept == 0 {
			t.Fatalf("stdout: %s", p.stdout())
		}
	}
	if kept != launches {
		t.Errorf("kept in %d of %d launches", kept, launches)
	}
}

// TestSignalMask: every signal that the parent blocks is blocked in the app, and no
// other is.
func TestSignalMask(t *testing.T) {
	s := attributes(t)
	for _, list := range []string{"HUP,INT,TERM", "QUIT", "CHLD,URG,PROF,SYS", "USR1,WINCH", "HUP,INT,QUIT,ABRT,USR1,PIPE,ALRM,TERM,CHLD,TSTP,TTOU,RTMIN"} {
		status := func(program string) string {
			p := s.start("/usr/bin/env", "--block-signal="+list, program, "^SigBlk", "/proc/self/status")
			if p.status() != 0 || p.stderr() != "" {
				t.Fatalf("%s: status %d, stderr: %s", program, p.status(), p.stderr())
			}
			return p.stdout()
		}
		if diff := cmp.Diff(status(s.bin+"/grep"), status(s.links+"/status")); diff != "" {
			t.Errorf("%s: %s", list, diff)
		}
	}
}

// TestOddEnvironment: of doubled and nameless variables every one is kept.
func TestOddEnvironment(t *testing.T) {
	s := plainStage(t)
	exe := s.bin + "/plain-app"
	// os/exec takes the doubles out.
	run := func(program string) [][]byte {
		attr := &os.ProcAttr{Env: append(s.env, "TWICE=1", "=nameless", "TWICE=2", "", "=", "noequals", "TWICE=3", "PATH=/again"), Files: []*os.File{nil, nil, nil}}
		p, err := os.StartProcess(program, []string{"plain"}, attr)
		s.must(err)
		t.Cleanup(func() { p.Kill(); p.Wait() })
		return reportOf(t, exe, p.Pid).Env
	}
	if diff := cmp.Diff(run(exe), run(s.links+"/plain")); diff != "" {
		t.Errorf("environment: %s", diff)
	}
}

// TestFewDescriptors: a launch needs no more of them than the loader of the app does.
func TestFewDescriptors(t *testing.T) {
	s := attributes(t)
	for n := 4; n <= 12; n++ { // the loader of sid wants 5 itself
		script := "ulimit -n " + strconv.Itoa(n) + `; exec "$0"`
		bare, ours := s.start("/bin/sh", "-c", script, s.bin+"/true-app"), s.start("/bin/sh", "-c", script, s.links+"/true")
		if bare.status() == 0 && ours.status() != 0 {
			t.Errorf("%d descriptors: status %d; stderr: %s", n, ours.status(), ours.stderr())
		}
	}
}

// TestPinned: one app that may use one processor leaves the budget of all as it is.
func TestPinned(t *testing.T) {
	if runtime.NumCPU() < 2 {
		t.Fatal("needs two processors (remedy: give the machine more)")
	}
	freshGroup(t)
	s := newStage(t)
	exe := s.standIn("plain-app", "wait")
	s.catalogue("[budget]\ncpus = \"50%\"\nmemory = \"infinity\"\n[apps.plain]\nexec = [\"plain-app\"]\n")
	s.link()
	s.start("plain").report(exe)
	want := quota(t)
	p := s.start("/usr/bin/taskset", "-c", "0", s.links+"/plain")
	p.report(exe)
	if got := quota(t); got != want {
		t.Errorf("the budget is %s, and was %s", got, want)
	}
}
