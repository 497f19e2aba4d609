//go:build rig

package faults

import (
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// What belongs to the main thread is lost where another one executes the program,
// which a runtime does now and then: each is tried many times.

// TestParentDeath: bwrap --die-with-parent and the like count on the signal.
func TestParentDeath(t *testing.T) {
	s := newStage(t, "/bin/sleep", quiet)
	a := newArea(t, "parent-death signal kept")
	each(sized(60, 600), 4, func(i int) {
		a.try(fmt.Sprintf("launch %d", i), "", s.diesWithParent())
	})
}

// diesWithParent has a shell start the link as its child, and kills the shell.
func (s *stage) diesWithParent() error {
	const script = `setpriv --pdeathsig TERM -- "$0" 600 </dev/null >/dev/null 2>&1 & echo $! && read -r line`
	c := exec.Command("/bin/sh", "-c", script, s.link())
	c.Env, c.Dir = s.env, s.dir
	in, err := c.StdinPipe()
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := c.StdoutPipe()
	if err != nil {
		return err
	}
	if err := c.Start(); err != nil {
		return err
	}
	line := make([]byte, 32)
	n, err := out.Read(line)
	pid, _ := strconv.Atoi(strings.TrimSpace(string(line[:n])))
	if err != nil || pid < 2 {
		c.Process.Kill()
		c.Wait()
		return fmt.Errorf("no PID: %q, %v", line[:n], err)
	}
	defer syscall.Kill(pid, syscall.SIGKILL)
	arrived := until(late, func() bool {
		exe, _ := os.Readlink(fmt.Sprintf("/proc/%d/exe", pid))
		return exe == s.app()
	})
	c.Process.Kill()
	c.Wait()
	if !arrived {
		return fmt.Errorf("the app does not run")
	}
	if !until(soon, func() bool { return state(pid) == 0 || state(pid) == 'Z' }) {
		return fmt.Errorf("the app lives on")
	}
	return nil
}

// TestPolicy: chrt -R batch, so that no child inherits it.
func TestPolicy(t *testing.T) {
	s := newStage(t, "/bin/sleep", quiet)
	a := newArea(t, "scheduling policy kept")
	each(sized(60, 600), 4, func(i int) {
		a.try(fmt.Sprintf("launch %d", i), "", s.compare("scheduled as batch, reset on fork"))
	})
}

// TestTracer: strace without -f sees what its child becomes.
func TestTracer(t *testing.T) {
	s := newStage(t, "/bin/sleep", quiet)
	a := newArea(t, "tracer kept")
	for i := range sized(30, 300) {
		a.try(fmt.Sprintf("launch %d", i), "", s.traced())
	}
}

// traced follows the launch as a tracer does and lets all its stops go on
// (ptrace(2)). A tracer is a thread.
func (s *stage) traced() error {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	c := exec.Command(s.link(), "600")
	c.Env, c.Dir, c.SysProcAttr = s.env, s.dir, &syscall.SysProcAttr{Ptrace: true}
	if err := c.Start(); err != nil {
		return err
	}
	pid := c.Process.Pid
	defer c.Wait()
	defer c.Process.Kill()
	arrived := until(late, func() bool {
		var status syscall.WaitStatus
		for {
			got, err := syscall.Wait4(pid, &status, syscall.WNOHANG|syscall.WALL, nil)
			if got != pid || err != nil || !status.Stopped() {
				break
			}
			signal := status.StopSignal()
			if signal == syscall.SIGTRAP {
				signal = 0 // of execve itself
			}
			syscall.PtraceCont(pid, int(signal))
		}
		exe, _ := os.Readlink(fmt.Sprintf("/proc/%d/exe", pid))
		return exe == s.app()
	})
	if !arrived {
		return fmt.Errorf("the app does not run")
	}
	if tracer := observe(pid)["TracerPid"]; tracer == "0" {
		return fmt.Errorf("the app is not traced any more")
	}
	return nil
}
