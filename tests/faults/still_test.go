//go:build rig

package faults

import (
	"fmt"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A standstill is a time in which a process does nothing (SIGSTOP), as one does that waits for a disk
// or has no share of the processor.
type standstill struct {
	after, lasts time.Duration // from the start of the launch; a negative lasts until the app has ended
}

const forGood = -1

func (st standstill) String() string {
	when := fmt.Sprintf("stands still %v after the start", st.after)
	if st.after == 0 {
		when = "stands still before the start"
	}
	if st.lasts == forGood {
		return when + ", for good"
	}
	return fmt.Sprintf("%s, for %v", when, st.lasts)
}

func standstills() []standstill {
	list := []standstill{{0, forGood}, {0, 1900 * time.Millisecond}, {0, 2100 * time.Millisecond}}
	for after := time.Duration(0); after <= 30*time.Millisecond; after += 3 * time.Millisecond {
		list = append(list, standstill{after, 300 * time.Millisecond})
	}
	return append(list, standstill{6 * time.Millisecond, forGood}, standstill{15 * time.Millisecond, forGood}, standstill{500 * time.Millisecond, forGood})
}

// busPID is the message bus of the rig, a service of the manager's.
func busPID(t *testing.T) int {
	t.Helper()
	out, err := exec.Command("systemctl", "--user", "show", "--property=MainPID", "--value", "dbus.service").Output()
	pid, _ := strconv.Atoi(strings.TrimSpace(string(out)))
	if err != nil || pid < 2 {
		t.Fatalf("the message bus is %q, %v", out, err)
	}
	return pid
}

// hold has processes stand still once the time has come, until release.
func (st standstill) hold(pids []int) (release func()) {
	send := func(signal syscall.Signal) {
		for _, pid := range pids {
			syscall.Kill(pid, signal)
		}
	}
	ended, done := make(chan struct{}), make(chan struct{})
	stop := func() {
		select {
		case <-ended:
			return
		case <-time.After(st.after):
		}
		send(syscall.SIGSTOP)
		var over <-chan time.Time
		if st.lasts != forGood {
			over = time.After(st.lasts)
		}
		select {
		case <-ended:
		case <-over:
		}
		send(syscall.SIGCONT)
	}
	go func() {
		defer close(done)
		stop()
	}()
	return func() {
		close(ended)
		<-done
	}
}

// TestStandstills has the manager, the bus, or both stand still before, during and after a launch.
func TestStandstills(t *testing.T) {
	s := newStage(t, "/bin/sh", catalogue)
	a := newArea(t, "the manager or the bus stands still")
	r := newRows(a, s, 1, func() (launch, error) { return s.run(s.env) })
	manager, bus := managerPID(t), busPID(t)
	for _, who := range []struct {
		name string
		pids []int
	}{{"the manager", []int{manager}}, {"the bus", []int{bus}}, {"both", []int{manager, bus}}} {
		for _, st := range standstills() {
			var release func()
			start := func(*exec.Cmd) {
				if release = st.hold(who.pids); st.after == 0 {
					for _, pid := range who.pids {
						until(soon, func() bool { return state(pid) == 'T' })
					}
				}
			}
			l, err := s.runWhile(s.env, start, func(int) {})
			release()
			r.launch(who.name, st.String(), false, l, err)
		}
	}
}
