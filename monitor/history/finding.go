package history

import (
	"time"

	"electroscope/monitor"
)

// A Finding is one thing that happened to an app, or that holds for it now.
type Finding struct {
	App  string    `json:"app"`
	Kind Kind      `json:"kind"`
	Time time.Time `json:"time,omitzero"` // zero: now, or not known
	Unit string    `json:"unit,omitempty"`

	Kill  *Kill  `json:"kill,omitempty"`
	Crash *Crash `json:"crash,omitempty"`

	Count monitor.Figure     `json:"count"` // Killed: of the app in what was read. Slowed: times since the start. Without, LostGPU, StoodStill: times. An end: runs that ended
	Limit monitor.Figure     `json:"limit"` // Slowed: bytes; Throttled: microseconds a second
	Peak  monitor.Figure     `json:"peak"`  // Killed, if the limit is not known: the most that the unit held, in bytes
	More  monitor.Figure     `json:"more"`  // Killed, Slowed: a MemoryMax that gives it more room, in bytes
	Share monitor.Percentage `json:"share"` // Throttled: of its time; Slowed: how long all of it waited, of the last ten seconds

	Text string `json:"text,omitempty"` // Without, Refusal: what the launch said. Failure: systemd's result
	Main int    `json:"main,omitempty"` // Outside, Escaped: the main process
	In   string `json:"in,omitempty"`   // Outside, Escaped: the unit in which that is
}

// A Kind of finding.
type Kind string

const (
	Killed     Kind = "killed"
	Slowed     Kind = "slowed"      // at MemoryHigh
	StoodStill Kind = "stood-still" // at MemoryHigh, as the watcher saw
	Throttled  Kind = "throttled"   // by its CPU quota
	Frozen     Kind = "frozen"
	Without    Kind = "without"  // something that it should have
	Outside    Kind = "outside"  // it was started past electroscope
	Escaped    Kind = "escaped"  // the main process has left its scope
	Uncapped   Kind = "uncapped" // nothing limits its memory or CPU
	LostGPU    Kind = "gpu-exit"
	Crashing   Kind = "crashed"
	Failure    Kind = "failed"
	Refusal    Kind = "refused"
	Stop       Kind = "stopped"
	LoggedOut  Kind = "logout"
	Over       Kind = "ended"
)

// IsTrouble reports whether the finding is more than the end that every run has.
func (f Finding) IsTrouble() bool {
	switch f.Kind {
	case Stop, LoggedOut, Over:
		return false
	}
	return true
}
