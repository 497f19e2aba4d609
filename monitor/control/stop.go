package control

import (
	"os"
	"syscall"
	"time"

	"electroscope/monitor"
)

// An Ending says what it took to end an app.
type Ending int

const (
	Asked  Ending = iota // SIGTERM to the main process, which ends its others
	Told                 // SIGTERM to all that is left
	Killed               // SIGKILL to all that is left
	Alive                // even that did not end it
)

// leftovers is how long what a main process leaves behind gets to end as well.
const leftovers = 2 * time.Second

// Stop ends a launch: politely first, so that it can save what it has open, with more force
// each time that it has not ended after so long. It calls tell at each step. A frozen app is
// thawed first, for it takes no signal but SIGKILL.
func (c Control) Stop(a monitor.App, after time.Duration, tell func(Ending)) Ending {
	if a.Kind != monitor.Outside && c.has(a.Group.Path, "cgroup.events", "frozen 1") {
		_ = c.Thaw(a) // what does not thaw is killed in the end
	}
	ended := func() bool { return c.hasEnded(a) }
	if main, runs := c.Reader.Process(a.Main); a.Main != 0 && runs {
		tell(Asked)
		a.Processes = append([]monitor.Process{main}, a.Processes...) // it may have left the unit
		c.signal(a.Processes[:1], syscall.SIGTERM)
		if within(after, func() bool { return !c.Reader.Runs(main) }) && within(leftovers, ended) {
			return Asked
		}
	}
	tell(Told)
	c.end(a, syscall.SIGTERM, c.Manager.Stop)
	if within(after, ended) {
		return Told
	}
	tell(Killed)
	c.end(a, syscall.SIGKILL, func(unit string) error { return c.Manager.Kill(unit, syscall.SIGKILL) })
	if within(after, ended) {
		return Killed
	}
	return Alive
}

// end acts on the unit, if the app has one of its own, and on those of its processes that
// are elsewhere.
func (c Control) end(a monitor.App, signal syscall.Signal, unit func(string) error) {
	if a.Kind != monitor.Outside {
		_ = unit(a.Unit) // whether it did anything is seen by what is left
	}
	c.signal(a.Processes, signal)
}

// signal goes to those of the processes that still run. A process is held by a descriptor
// before it is looked at (os.FindProcess, pidfd_open(2)): its PID cannot come to mean
// another one.
func (c Control) signal(processes []monitor.Process, signal syscall.Signal) {
	for _, p := range processes {
		held, err := os.FindProcess(p.PID)
		if err != nil {
			continue
		}
		if c.Reader.Runs(p) {
			_ = held.Signal(signal) // whether it did anything is seen by what is left
		}
		held.Release()
	}
}

// hasEnded reports whether nothing of the launch is left.
func (c Control) hasEnded(a monitor.App) bool {
	if a.Kind != monitor.Outside && c.has(a.Group.Path, "cgroup.events", "populated 1") {
		return false
	}
	for _, p := range a.Processes {
		if c.Reader.Runs(p) {
			return false
		}
	}
	return true
}
