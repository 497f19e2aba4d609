package monitor

import (
	"slices"
	"time"
)

// A Sample is what ran at one time. Version is that of its form in JSON: docs/status.md,
// docs/status.schema.json.
type Sample struct {
	Version int       `json:"version"`
	Time    time.Time `json:"time"`
	Machine Machine   `json:"machine"`
	Budget  *Group    `json:"budget"` // the slice of all apps; nil if none runs in it
	Apps    []App     `json:"apps"`   // by name, then by main PID
}

// Version is that of Sample. A key that goes, or means something else, raises it; a new one
// does not.
const Version = 1

// An App is one launch of an app that runs: a unit and its processes. Outside of scopes of
// ours it may share the unit with others; then the unit's figures say nothing of it.
type App struct {
	Name      string    `json:"name"` // the key of its table in apps.toml
	Unit      string    `json:"unit"` // the innermost unit; empty: none
	Kind      Placement `json:"kind"`
	Main      int       `json:"main"` // PID of the main process; 0: it has ended
	MainUnit  string    `json:"main_unit"`
	Started   time.Time `json:"started"`
	Group     Group     `json:"group"`
	Shared    *Group    `json:"shared"` // the slice whose limits hold for all launches of the app, instances = "shared"
	GPU       Rendering `json:"gpu"`
	Processes []Process `json:"processes"`

	Rates Rates `json:"rates"`
}

// A Placement says whose limits hold for an app.
type Placement string

const (
	Launched Placement = "launched" // in a scope of electroscope
	Flatpak  Placement = "flatpak"  // in a scope that flatpak or snap made, whose limits are drop-ins
	Outside  Placement = "outside"  // started past electroscope
)

// Rates are what has changed since an earlier sample.
type Rates struct {
	Over      time.Duration `json:"over"`      // between the two samples; 0: there was none
	CPU       Percentage    `json:"cpu"`       // 100 is one CPU
	Throttled Percentage    `json:"throttled"` // periods in which the quota was used up, of all
	High      Figure        `json:"high"`      // times that it was slowed at memory.high
}

// Memory is what the app uses: that of its unit, or outside of scopes of its own the sum over
// its processes, in which shared memory counts more than once.
func (a App) Memory() Figure {
	if a.Kind != Outside {
		return a.Group.Memory.Current
	}
	sum := Known(0)
	for _, p := range a.Processes {
		sum = sum.Plus(p.Memory)
	}
	return sum
}

// MemoryMax is the memory.max that holds for the app, and Used what counts against it.
func (a App) MemoryMax() (max, used Figure) {
	if a.Shared != nil && !a.Group.Memory.Max.IsSet() {
		return a.Shared.Memory.Max, a.Shared.Memory.Current
	}
	return a.Group.Memory.Max, a.Group.Memory.Current
}

// MemoryHigh is the same for memory.high.
func (a App) MemoryHigh() Figure {
	if a.Shared != nil && !a.Group.Memory.High.IsSet() {
		return a.Shared.Memory.High
	}
	return a.Group.Memory.High
}

// Quota is the CPU time in microseconds a second that the app may use.
func (a App) Quota() Figure {
	if a.Shared != nil {
		return least(a.Group.CPU.Quota, a.Shared.CPU.Quota)
	}
	return a.Group.CPU.Quota
}

// IsCapped reports whether a limit of memory or CPU holds for the app; one of tasks, every unit
// has (systemd-system.conf(5), DefaultTasksMax=). known is false if the kernel has no such files
// there.
func (a App) IsCapped() (capped, known bool) {
	groups := []*Group{&a.Group}
	if a.Shared != nil {
		groups = append(groups, a.Shared)
	}
	if a.Kind == Outside {
		return false, true
	}
	for _, g := range groups {
		for _, f := range []Figure{g.Memory.Max, g.Memory.High, g.CPU.Quota} {
			capped = capped || f.IsSet()
			known = known || f.known
		}
	}
	return capped, known
}

// Has reports whether a process is one of the launch.
func (a App) Has(pid int) bool {
	return pid == a.Main || slices.ContainsFunc(a.Processes, func(p Process) bool { return p.PID == pid })
}

// HasEscaped reports whether the main process runs, and not in the app's unit.
func (a App) HasEscaped() bool { return a.Main != 0 && a.MainUnit != a.Unit }

// Count is how many processes of a kind there are.
func (a App) Count(kind Kind) int {
	n := 0
	for _, p := range a.Processes {
		if p.Kind == kind {
			n++
		}
	}
	return n
}

// Since adds to the apps of s what has changed since an earlier sample.
func (s Sample) Since(earlier Sample) Sample {
	before := map[string]App{}
	for _, a := range earlier.Apps {
		before[a.ID()] = a
	}
	apps := make([]App, len(s.Apps))
	for i, a := range s.Apps {
		if old, ok := before[a.ID()]; ok {
			a.Rates = ratesBetween(old, a, s.Time.Sub(earlier.Time))
		}
		apps[i] = a
	}
	s.Apps = apps
	return s
}

// ID tells launches apart: a unit has one name as long as it lives, and what is outside of
// units of ours is told by its main process.
func (a App) ID() string {
	if a.Kind == Outside && len(a.Processes) > 0 {
		return a.Name + "\x00" + a.Unit + "\x00" + a.Processes[0].Started.String()
	}
	return string(a.Group.Path)
}

func ratesBetween(old, now App, over time.Duration) Rates {
	r := Rates{Over: over, High: now.Group.Events.High.since(old.Group.Events.High)}
	used := now.Group.CPU.Usage.since(old.Group.CPU.Usage)
	if now.Kind == Outside {
		used = processTime(old, now)
	}
	if over > 0 {
		r.CPU = used.of(Known(uint64(over.Microseconds())))
	}
	cpu, before := now.Group.CPU, old.Group.CPU
	if now.Shared != nil && old.Shared != nil {
		cpu, before = now.Shared.CPU, old.Shared.CPU
	}
	r.Throttled = cpu.Throttled.since(before.Throttled).of(cpu.Periods.since(before.Periods))
	return r
}

// processTime is the CPU time of the processes that are in both samples, in microseconds.
func processTime(old, now App) Figure {
	before := map[int]Process{}
	for _, p := range old.Processes {
		before[p.PID] = p
	}
	sum := Known(0)
	for _, p := range now.Processes {
		if earlier, ok := before[p.PID]; ok && earlier.Started == p.Started {
			sum = sum.Plus(p.CPU.since(earlier.CPU))
		}
	}
	return sum
}
