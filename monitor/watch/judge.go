package watch

import (
	"slices"
	"time"

	"electroscope/launcher/limit"
	"electroscope/monitor"
)

// A Finding is something that the user should hear of, once.
type Finding struct {
	Kind  Kind
	App   monitor.App   // as it is now
	Count uint64        // of processes killed
	What  monitor.Kind  // what was killed; empty: not known
	For   time.Duration // that it has been slowed
}

// A Kind of finding.
type Kind string

const (
	Killed  Kind = "killed"  // the kernel killed a process, for the app's MemoryMax
	Slowed  Kind = "slowed"  // the kernel has been slowing the app at its MemoryHigh
	Escaped Kind = "escaped" // the main process has left the app's scope
)

// Slowing is told after patience, if no two looks in it were further apart than quiet without
// another event. Above memory.high each allocation may wait for up to 2 s (mm/memcontrol.c,
// MEMCG_MAX_HIGH_DELAY_JIFFIES), so an app that is slowed all the time has an event in each quiet.
const (
	patience = 30 * time.Second
	quiet    = 6 * time.Second
)

// near is how much of its MemoryHigh an app uses while it is being slowed there, and stalled the
// share of the time, in percent, in which all of it waits for memory: with swap behind it an app
// at its MemoryHigh hardly waits (23% at most, 69% without: tests/vm), and nobody needs to hear.
const (
	near    = 0.95
	stalled = 40
)

// A judge knows what was seen of a launch, and says what is new.
type judge struct {
	events    monitor.Events
	processes []monitor.Process
	slowed    time.Time // since when; zero: it is not
	lastHigh  time.Time // when the last event of memory.high was seen
	toldSlow  bool
	toldAway  bool
}

// newJudge begins with what a launch has behind it: that is not news.
func newJudge(a monitor.App) *judge {
	return &judge{events: a.Group.Events, processes: a.Processes}
}

// look compares a launch with what it was at the last look.
func (j *judge) look(a monitor.App, now time.Time) []Finding {
	var list []Finding
	if n := rise(j.events.OOMKill, a.Group.Events.OOMKill); n > 0 {
		list = append(list, Finding{Kind: Killed, App: a, Count: n, What: ended(j.processes, a.Processes)})
	}
	if f, ok := j.slowing(a, now); ok {
		list = append(list, f)
	}
	switch {
	case !a.HasEscaped():
		j.toldAway = false
	case !j.toldAway:
		j.toldAway = true
		list = append(list, Finding{Kind: Escaped, App: a})
	}
	j.events, j.processes = a.Group.Events, a.Processes
	return list
}

// slowing follows the events of memory.high. It tells of each time that an app is slowed once.
func (j *judge) slowing(a monitor.App, now time.Time) (Finding, bool) {
	if rise(j.events.High, a.Group.Events.High) > 0 && isNear(a) && isStalled(a) {
		j.lastHigh = now
		if j.slowed.IsZero() {
			j.slowed = now
		}
	}
	if !j.follows(now) {
		j.slowed, j.toldSlow = time.Time{}, false
		return Finding{}, false
	}
	if j.toldSlow || now.Sub(j.slowed) < patience {
		return Finding{}, false
	}
	j.toldSlow = true
	return Finding{Kind: Slowed, App: a, For: now.Sub(j.slowed)}, true
}

// follows reports whether the app is being slowed, so that it has to be looked at again.
func (j *judge) follows(now time.Time) bool {
	return !j.slowed.IsZero() && now.Sub(j.lastHigh) < quiet
}

// isNear reports whether an app uses about as much as its MemoryHigh, that of a slice it shares
// included. Where that is not known, the event is believed.
func isNear(a monitor.App) bool {
	used := a.Group.Memory.Current
	if a.Shared != nil && !a.Group.Memory.High.IsSet() {
		used = a.Shared.Memory.Current
	}
	n, known := used.Get()
	high := a.MemoryHigh()
	return !known || !high.IsSet() || float64(n) >= near*float64(high.Or(limit.Infinity))
}

// isStalled reports whether an app waits for memory so much that its user notices. Without PSI the
// events are believed.
func isStalled(a monitor.App) bool {
	p, known := a.Group.Pressure.MemoryFull.Get()
	return !known || p >= stalled
}

// rise is how much a counter has grown, 0 if that is not known.
func rise(before, now monitor.Figure) uint64 {
	b, known := before.Get()
	n, knownNow := now.Get()
	if !known || !knownNow || n < b {
		return 0
	}
	return n - b
}

// ended is the kind of the processes that are no longer there, if all of them are of one.
func ended(before, now []monitor.Process) monitor.Kind {
	var kind monitor.Kind
	for _, p := range before {
		lives := slices.ContainsFunc(now, func(q monitor.Process) bool { return q.PID == p.PID && q.Started == p.Started })
		switch {
		case lives || p.Kind == kind:
		case kind == "":
			kind = p.Kind
		default:
			return ""
		}
	}
	return kind
}
