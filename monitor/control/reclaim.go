package control

import (
	"errors"
	"fmt"
	"io/fs"
	"runtime"
	"strconv"
	"syscall"
	"time"

	"electroscope/launcher/cgroup"
	"electroscope/monitor"
)

// A Reclaimed is what Reclaim took from a launch.
type Reclaimed struct {
	Before, After monitor.Memory
	Short         bool // the kernel found less than was asked for, in time
}

// The kernel is asked in steps, and stopped after so long: it goes on while it finds a single
// page, and from an app that runs it may find the same one again and again
// (mm/vmscan.c, user_proactive_reclaim).
const (
	step    = 64 << 20
	longest = 20 * time.Second
)

// Reclaim has the kernel take so many bytes from the unit of a launch: it drops pages of
// files and swaps others out (cgroup-v2.rst, memory.reclaim). 0 asks for all that it has.
func (c Control) Reclaim(a monitor.App, bytes uint64) (Reclaimed, error) {
	if err := ownUnit(a, "reclaim from"); err != nil {
		return Reclaimed{}, err
	}
	g := a.Group.Path
	r := Reclaimed{Before: c.Reader.Group(g).Memory}
	if !r.Before.Current.IsKnown() {
		return r, fmt.Errorf("%q has no memory.current: the controller memory does not act there", a.Unit)
	}
	if bytes == 0 {
		bytes = r.Before.Current.Or(0)
	}
	var err error
	for end := time.Now().Add(longest); bytes > 0 && err == nil; {
		part := min(bytes, step)
		err = c.reclaim(g, part, end)
		bytes -= part
	}
	if errors.Is(err, syscall.EAGAIN) || errors.Is(err, syscall.EINTR) { // it has taken part of it
		r.Short, err = true, nil
	}
	r.After = c.Reader.Group(g).Memory
	if errors.Is(err, fs.ErrNotExist) {
		err = errors.New("this kernel has no memory.reclaim, which came with Linux 5.19")
	}
	return r, err
}

// reclaim asks once. A signal to the thread that asks stops the kernel at the end: it is the
// one that Go's runtime sends itself, to no effect.
func (c Control) reclaim(g cgroup.Group, bytes uint64, end time.Time) error {
	fd, err := syscall.Open(c.Reader.Cgroup+string(g)+"/memory.reclaim", syscall.O_WRONLY|syscall.O_CLOEXEC, 0)
	if err != nil {
		return err
	}
	defer syscall.Close(fd)
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	done := make(chan struct{})
	defer close(done)
	go interrupt(syscall.Gettid(), end, done)
	for {
		_, err := syscall.Write(fd, []byte(strconv.FormatUint(bytes, 10))) // os.File would go on after a signal
		if !errors.Is(err, syscall.EINTR) || !time.Now().Before(end) {
			return err
		}
	}
}

// interrupt signals a thread from that time on until it is done: the first signal may come
// before the thread is in the kernel.
func interrupt(thread int, from time.Time, done <-chan struct{}) {
	for wait := time.Until(from); ; wait = 50 * time.Millisecond {
		select {
		case <-done:
			return
		case <-time.After(wait):
			_ = syscall.Tgkill(syscall.Getpid(), thread, syscall.SIGURG) // it is there until done
		}
	}
}

// Taken is how many bytes of memory came back. The app may have taken some anew meanwhile.
func (r Reclaimed) Taken() uint64 {
	before, after := r.Before.Current.Or(0), r.After.Current.Or(0)
	return before - min(before, after)
}
