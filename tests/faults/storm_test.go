//go:build rig

package faults

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// managerPID is the real manager, which the rig lets its user signal.
func managerPID(t *testing.T) int {
	t.Helper()
	pid, err := strconv.Atoi(os.Getenv("MANAGER_PID"))
	if err != nil || pid < 2 {
		t.Fatalf("MANAGER_PID is %q", os.Getenv("MANAGER_PID"))
	}
	return pid
}

// A storm is something that happens to the manager over and over.
type storm struct {
	name string
	pace time.Duration // between launches, so that they meet it more than once
	once func(t *testing.T, ctx context.Context, manager, i int)
}

func told(verb string) func(*testing.T, context.Context, int, int) {
	return func(_ *testing.T, ctx context.Context, _, _ int) {
		limited, cancel := context.WithTimeout(ctx, soon)
		defer cancel()
		// A reload that is refused or cut off is part of the storm.
		_ = exec.CommandContext(limited, "systemctl", "--user", verb).Run()
	}
}

// stopped holds the manager still for one time and lets it run for another.
func stopped(still, runs time.Duration) func(*testing.T, context.Context, int, int) {
	return func(t *testing.T, ctx context.Context, manager, _ int) {
		for _, step := range []struct {
			signal syscall.Signal
			then   time.Duration
		}{{syscall.SIGSTOP, still}, {syscall.SIGCONT, runs}} {
			if err := syscall.Kill(manager, step.signal); err != nil {
				t.Errorf("%v the manager: %v", step.signal, err)
			}
			wait(ctx, step.then)
		}
	}
}

func wait(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}

var storms = []storm{
	{reload, 0, told(reload)},
	{reexec, 0, told(reexec)},
	{"reload and reexec in turns", 0, func(t *testing.T, ctx context.Context, manager, i int) {
		told([]string{reload, reexec}[i%2])(t, ctx, manager, i)
	}},
	{"stopped for 3 ms in turns", 0, stopped(3*time.Millisecond, 3*time.Millisecond)},
	{"stopped for 40 ms in turns", 10 * time.Millisecond, stopped(40*time.Millisecond, 10*time.Millisecond)},
	{"stopped for 0.7 s in turns", 100 * time.Millisecond, stopped(700*time.Millisecond, 200*time.Millisecond)},
	{"stopped for 3 s in turns", 300 * time.Millisecond, stopped(3*time.Second, 200*time.Millisecond)},
}

// TestStorms launches while the manager is stopped in turns, reads its units anew,
// or executes itself anew, over and over.
func TestStorms(t *testing.T) {
	manager := managerPID(t)
	for _, storm := range storms {
		t.Run(storm.name, func(t *testing.T) {
			s := newStage(t, "/bin/sh", catalogue)
			a := newArea(t, "storm: "+storm.name)
			ctx, cancel := context.WithCancel(context.Background())
			times := make(chan int)
			go func() {
				i := 0
				for ; ctx.Err() == nil; i++ {
					storm.once(t, ctx, manager, i)
				}
				times <- i
			}()
			each(sized(24, 300), 3, func(i int) {
				time.Sleep(storm.pace)
				l, err := s.run(s.env)
				a.launch(fmt.Sprintf("launch %d", i), l, err)
			})
			cancel()
			t.Logf("%d times", <-times)
			leaveNothing(t, strings.Contains(storm.name, "reexec"))
		})
	}
}
