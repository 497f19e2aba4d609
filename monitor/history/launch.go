package history

import (
	"time"

	"electroscope/launcher/cgroup"
	"electroscope/monitor"
)

// A Launch is one run of an app, as far as the journal has it.
type Launch struct {
	App     string    `json:"app"`              // the key of its table in apps.toml
	Unit    string    `json:"unit"`             // empty: it ran in no scope of its own
	Main    int       `json:"main"`             // PID of the main process; 0: not known
	Started time.Time `json:"started,omitzero"` // zero: before what was read of the journal
	Ended   time.Time `json:"ended,omitzero"`   // zero: it runs, or its end is not in the journal
	Running bool      `json:"running"`
	End     End       `json:"end"`
	Result  string    `json:"result"` // of systemd, if the unit failed

	Peak     monitor.Figure `json:"peak"` // bytes
	SwapPeak monitor.Figure `json:"swap_peak"`
	CPU      monitor.Figure `json:"cpu"` // microseconds

	Kills    []Kill      `json:"kills,omitempty"`
	Crashes  []Crash     `json:"crashes,omitempty"`
	GPUExits []time.Time `json:"gpu_exits,omitempty"` // when Chromium lost its GPU process
	Slowed   []time.Time `json:"slowed,omitempty"`    // when the watcher told that it stood still at its MemoryHigh
	Notes    []string    `json:"notes,omitempty"`     // what it ran without

	boot    string
	max     monitor.Figure // memory.max, if it runs
	stopped time.Time      // when systemd was asked to stop it
}

// An End says how a launch ended.
type End string

const (
	Unknown  End = "" // it runs, or nothing in the journal tells
	ByItself End = "by-itself"
	Asked    End = "stopped" // systemd was asked to stop the unit
	Logout   End = "logout"
	Failed   End = "failed"
	Crashed  End = "crashed" // the main process ended by a signal of its own making
	Refused  End = "refused" // the launch did not start the app
)

// A Kill is one process of an app that was killed for want of memory.
type Kill struct {
	Time    time.Time      `json:"time,omitzero"`
	PID     int            `json:"pid"` // 0: not known, as with all below, if the kernel's lines may not be read
	Process string         `json:"process"`
	Part    Part           `json:"part"`
	By      Killer         `json:"by"`
	Group   cgroup.Group   `json:"group"` // whose limit was reached
	Used    monitor.Figure `json:"used"`  // what counted against the limit
	Limit   monitor.Figure `json:"limit"`
	Memory  monitor.Figure `json:"memory"` // what the process had of its own
}

// A Killer is what a process was killed by, or for.
type Killer string

const (
	Cap         Killer = "cap"     // the app's own limit
	Budget      Killer = "budget"  // that of all apps, or another slice's above it
	Machine     Killer = "machine" // no memory was left
	OOMD        Killer = "systemd-oomd"
	UnknownKill Killer = "unknown"
)

// A Part is what a process is in its app.
type Part string

const (
	MainPart    Part = "main"
	Renderer    Part = "renderer"
	Helper      Part = "helper" // of Chromium: the GPU's, or a utility
	UnknownPart Part = "unknown"
)

// A Crash is a process that ended by a signal of its own making.
type Crash struct {
	Time    time.Time `json:"time"`
	PID     int       `json:"pid"`
	Process string    `json:"process"`
	Main    bool      `json:"main"`
	Text    string    `json:"text"` // "SIGSEGV", or what the kernel calls it
}

// Chromium's oom_score_adj of renderers, which nothing else has, and of helpers
// (kLowestRendererOomScore and kMiscOomScore, content/public/common/content_constants.cc).
const (
	rendererScore = 300
	helperScore   = 200
)

// partOf is what a killed process was.
func partOf(main, pid, score int) Part {
	switch {
	case pid != 0 && pid == main:
		return MainPart
	case score >= rendererScore:
		return Renderer
	case score == helperScore:
		return Helper
	}
	return UnknownPart
}

// partNamed is what the watcher saw a killed process to be.
func partNamed(kind monitor.Kind) Part {
	switch kind {
	case monitor.Browser:
		return MainPart
	case monitor.Renderer:
		return Renderer
	case monitor.GPU, monitor.Utility:
		return Helper
	}
	return UnknownPart
}

// killerOf is whose limit was reached.
func killerOf(group cgroup.Group, unit string) Killer {
	switch {
	case group == "":
		return Machine
	case group.In(unit):
		return Cap
	}
	return Budget
}
