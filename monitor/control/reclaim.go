package control

import (
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"syscall"
	"time"

	"electroscope/launcher/cgroup"
	"electroscope/monitor"
)

// A Reclaimed is what Reclaim took from a launch.
type Reclaimed struct {
	Before, After monitor.Memory
	Short         bool // the kernel found less than was asked for
}

// The kernel is asked in steps, so that it can be seen when there is nothing left to take:
// it looks at everything many times before it says so (mm/memcontrol.c, memory_reclaim).
const (
	step    = 64 << 20
	longest = 30 * time.Second
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
		if time.Now().After(end) {
			r.Short = true
			break
		}
		part := min(bytes, step)
		err = c.reclaim(g, part)
		bytes -= part
	}
	if errors.Is(err, syscall.EAGAIN) { // it has taken part of it
		r.Short, err = true, nil
	}
	r.After = c.Reader.Group(g).Memory
	if errors.Is(err, fs.ErrNotExist) {
		err = errors.New("this kernel has no memory.reclaim, which came with Linux 5.19")
	}
	return r, err
}

func (c Control) reclaim(g cgroup.Group, bytes uint64) error {
	for {
		if err := c.write(g, "memory.reclaim", strconv.FormatUint(bytes, 10)); !errors.Is(err, syscall.EINTR) {
			return err
		}
	}
}

// Taken is how many bytes of memory came back. The app may have taken some anew meanwhile.
func (r Reclaimed) Taken() uint64 {
	before, after := r.Before.Current.Or(0), r.After.Current.Or(0)
	return before - min(before, after)
}
