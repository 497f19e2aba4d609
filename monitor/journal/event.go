package journal

import (
	"time"

	"electroscope/launcher/cgroup"
	"electroscope/monitor"
)

// An Event is one thing that the journal has. Which fields it has depends on its kind.
type Event struct {
	Time    time.Time
	Boot    string // of the machine, as PIDs and units are told apart within one
	Kind    Kind
	Unit    string // the innermost unit; empty if the record does not tell
	PID     int
	Process string // the name of the process (proc_pid_comm(5))
	App     string // the id that a launch gave in its line
	Text    string // Failed: systemd's result. Crash: the signal, or what the kernel calls it.
	// Watched: what the process was, a monitor.Kind. Note, Slowed: the line

	Killed Killed
	Used   Used
}

// A Kind of event.
type Kind string

const (
	Started  Kind = "started"  // the unit
	Stopping Kind = "stopping" // systemd was asked to stop the unit
	Stopped  Kind = "stopped"  // and has
	Failed   Kind = "failed"   // the unit
	Ended    Kind = "ended"    // the unit, with what it used
	OOM      Kind = "oom"      // systemd noticed that the kernel killed in the unit
	Kill     Kind = "kill"     // the kernel killed a process for want of memory
	OOMD     Kind = "oomd"     // systemd-oomd killed the unit
	Crash    Kind = "crash"    // a process ended by a signal of its own making
	GPUExit  Kind = "gpu-exit" // Chromium lost its GPU process
	Watched  Kind = "watched"  // the watcher saw a kill; it knows what the process was
	Slowed   Kind = "slowed"   // the watcher saw that the app stood still at its MemoryHigh
	Note     Kind = "note"     // what a launch said
	Logout   Kind = "logout"   // the session, or the user's manager, ends
)

// Killed is what the kernel says of a kill.
type Killed struct {
	Group  cgroup.Group   // whose limit was reached; empty: the machine's memory was full
	Used   monitor.Figure // what counted against the limit, in bytes
	Limit  monitor.Figure
	Memory monitor.Figure // what the process had of its own
	Score  int            // its oom_score_adj
}

// Used is what a unit has used when it ends. Peaks are logged since systemd 256.
type Used struct {
	Peak     monitor.Figure // bytes
	SwapPeak monitor.Figure
	CPU      monitor.Figure // microseconds
}
