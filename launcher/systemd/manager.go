package systemd

import (
	"strconv"

	"electroscope/launcher/procstat"
)

// note keeps the PID of who listens at the present socket. That of the bus is the manager's
// too, if it is systemd's own dbus.socket. Executing itself anew the manager keeps its PID.
func (c *Conn) note() {
	if c.Conn == nil {
		return
	}
	if pid, err := c.Listener(); err == nil && pid > 0 {
		c.manager = pid
	}
}

// procFolder is a variable for the tests.
var procFolder = "/proc"

// look is what the kernel says of the manager now.
func (c *Conn) look() sight {
	c.note()
	if c.manager == 0 {
		return sight{}
	}
	return sightOf(procstat.Read(procFolder + "/" + strconv.Itoa(c.manager)))
}

// A sight is what /proc/PID/stat says of the manager, proc_pid_stat(5).
type sight struct {
	lives    bool
	runnable bool
	done     uint64 // its processor time and what it had to read of its memory, in ticks and pages
}

// sightOf is the zero sight of a process that is not a systemd, or has ended.
func sightOf(stat procstat.Stat) sight {
	const state, majorFaults, user, system = 3, 12, 14, 15
	switch s := stat.Field(state); {
	case stat.Name() != "systemd", s == "Z", s == "X":
		return sight{}
	default:
		seen := sight{lives: true, runnable: s == "R"}
		for _, field := range []int{majorFaults, user, system} {
			n, _ := strconv.ParseUint(stat.Field(field), 10, 64)
			seen.done += n
		}
		return seen
	}
}

// workedSince reports whether the manager works, or waits for a processor. One that is
// stopped, hangs or has nothing to do does not.
func (s sight) workedSince(before sight) bool {
	return s.lives && (s.runnable || s.done > before.done)
}
