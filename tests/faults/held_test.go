//go:build rig

package faults

import (
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"syscall"
	"testing"
	"time"

	"electroscope/launcher/procstat"
)

// busy keeps the machine so busy that a launch waits for a manager as long as it may. The
// loops have the least weight (sched(7)), and are ended with the test.
func busy(t *testing.T) {
	t.Helper()
	for range 16 * runtime.NumCPU() {
		c := exec.Command("nice", "-n", "19", "/bin/sh", "-c", "while :; do :; done")
		try(t, c.Start())
		t.Cleanup(func() {
			c.Process.Kill()
			c.Wait()
		})
	}
}

// listens reports whether somebody listens at the manager's private socket.
func listens(t *testing.T) bool {
	t.Helper()
	fd, err := syscall.Socket(syscall.AF_UNIX, syscall.SOCK_STREAM|syscall.SOCK_CLOEXEC, 0)
	try(t, err)
	defer syscall.Close(fd)
	return syscall.Connect(fd, &syscall.SockaddrUnix{Name: os.Getenv("XDG_RUNTIME_DIR") + private}) == nil
}

// holdReexecuting has the manager execute itself anew, and holds it when it has ceased to listen.
func holdReexecuting(t *testing.T, manager int) {
	t.Helper()
	held := until(late, func() bool { // it may have come too far to be held
		c := exec.Command("systemctl", "--user", reexec)
		try(t, c.Start())
		away := until(soon, func() bool { return !listens(t) })
		try(t, syscall.Kill(manager, syscall.SIGSTOP))
		t.Cleanup(func() {
			syscall.Kill(manager, syscall.SIGCONT)
			c.Wait()
		})
		if away && until(soon, func() bool { return state(manager) == 'T' }) && !listens(t) {
			return true
		}
		try(t, syscall.Kill(manager, syscall.SIGCONT))
		return false
	})
	if !held {
		t.Fatal("the manager cannot be held while it executes itself anew")
	}
}

// ticks is a process's time on a processor, in hundredths of a second (proc_pid_stat(5)).
func ticks(t *testing.T, pid int) (sum int) {
	t.Helper()
	stat := procstat.Read("/proc/" + strconv.Itoa(pid))
	for _, field := range []int{14, 15} { // utime, stime
		n, err := strconv.Atoi(stat.Field(field))
		try(t, err)
		sum += n
	}
	return sum
}

// work lets a manager that is held go on a little.
func work(t *testing.T, manager int) {
	t.Helper()
	before := ticks(t, manager)
	try(t, syscall.Kill(manager, syscall.SIGCONT))
	if !until(soon, func() bool { return ticks(t, manager) > before || listens(t) }) {
		t.Error("the manager does not go on")
	}
	try(t, syscall.Kill(manager, syscall.SIGSTOP))
}

// TestHeld: on a machine that is busy enough, a manager needs longer to execute itself anew
// than a launch waits for one that does nothing. The launches that it keeps waiting get
// their limits.
func TestHeld(t *testing.T) {
	s := newStage(t, "/bin/sh", catalogue)
	a := newArea(t, "a daemon-reexec that takes 13 s on a busy machine")
	manager := managerPID(t)
	busy(t)
	holdReexecuting(t, manager)
	const launches = 4
	done := make(chan bool, launches)
	over := make(chan struct{})
	go func() {
		defer close(over)
		each(launches, launches, func(i int) {
			l, err := s.run(s.env)
			if err == nil && !l.inside() {
				err = fmt.Errorf("it is without limits: %q", l.said)
			}
			a.launch(fmt.Sprintf("launch %d", i), l, err)
			done <- true
		})
	}()
	for range 2 { // each once before and after a launch would have given up
		time.Sleep(6500 * time.Millisecond)
		if len(done) > 0 {
			t.Error("a launch has not waited for the manager")
		}
		work(t, manager)
	}
	try(t, syscall.Kill(manager, syscall.SIGCONT))
	<-over
	leaveNothing(t, true)
}
