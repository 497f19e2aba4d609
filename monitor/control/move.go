package control

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"syscall"

	"electroscope/launcher/cgroup"
	"electroscope/monitor"
)

// BringBack moves what has left the scope of a launch back into it: the main process, and
// beside that the app's processes and its own descendants. moved are those that are there
// now. What memory they have used stays accounted to the group in which they first touched
// it (cgroup-v2.rst, "Memory Ownership").
//
// The kernel moves them, not the manager: AttachProcessesToUnit is for units with Delegate=
// (bus_unit_method_attach_processes, src/core/dbus-unit.c). The kernel lets a user move
// what is in groups of his own manager.
func (c Control) BringBack(a monitor.App) (moved []int, err error) {
	text, err := c.group(a.Main).Read(c.Reader.Cgroup, "cgroup.procs")
	if err != nil {
		return nil, err
	}
	var refused error
	for _, pid := range strayed(a, pids(text), c.parent) {
		err := c.write(a.Group.Path, "cgroup.procs", strconv.Itoa(pid))
		switch {
		case errors.Is(err, syscall.ESRCH): // it has ended
		case err != nil:
			refused = fmt.Errorf("the kernel does not let process %d leave %q: %w", pid, string(c.group(pid)), err)
		case c.group(pid) != a.Group.Path:
			refused = fmt.Errorf("process %d is still in %q", pid, string(c.group(pid)))
		default:
			moved = append(moved, pid)
		}
	}
	return moved, refused
}

// strayed are those of the processes beside an escaped main process that are the app's.
func strayed(a monitor.App, beside []int, parent func(pid int) int) []int {
	own := func(pid int) bool {
		return slices.ContainsFunc(a.Processes, func(p monitor.Process) bool { return p.PID == pid })
	}
	var list []int
	for _, pid := range beside {
		at := pid
		for range len(beside) { // not for ever, should they have changed meanwhile
			if at == a.Main || own(at) || !slices.Contains(beside, at) {
				break
			}
			at = parent(at)
		}
		if at == a.Main || own(at) {
			list = append(list, pid)
		}
	}
	return list
}

// group is where a process is now, empty if it has ended.
func (c Control) group(pid int) cgroup.Group {
	g, _ := cgroup.Process(c.Reader.Proc, strconv.Itoa(pid))
	return g
}

// parent is the parent of a process, 0 if it has ended.
func (c Control) parent(pid int) int {
	p, _ := c.Reader.Process(pid)
	return p.Parent
}

// pids are those of cgroup.procs.
func pids(text string) []int {
	var list []int
	for word := range strings.FieldsSeq(text) {
		if pid, err := strconv.Atoi(word); err == nil {
			list = append(list, pid)
		}
	}
	return list
}
