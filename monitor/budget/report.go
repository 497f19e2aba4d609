package budget

import "electroscope/monitor"

// A Report is a machine beside its budget, in bytes.
type Report struct {
	Rows    []Row          `json:"categories"`
	RAM     monitor.Figure `json:"ram"`
	Swap    monitor.Figure `json:"swap"`
	Used    monitor.Figure `json:"used"`     // RAM that is not available
	Idle    monitor.Figure `json:"idle"`     // of that, without apps, browser and development
	IsIdle  bool           `json:"is_idle"`  // none of these runs
	Targets Targets        `json:"targets"`  //
	Shared  int            `json:"resident"` // processes of which only the resident set is known
	Unread  int            `json:"unread"`   // and those of which nothing is known
	Hidden  bool           `json:"hidden"`   // others' processes are not listed
	Limits  Limits         `json:"limits"`
}

// A Row is a category with what it uses now.
type Row struct {
	Category
	Now       monitor.Figure `json:"now"`
	Swapped   uint64         `json:"swapped"` // of its processes
	Processes int            `json:"processes"`
}

// Targets are what the machine is to use at most.
type Targets struct {
	Idle uint64 `json:"idle"`
	Work uint64 `json:"work"`
}

// Of the plan, if apps.toml has none: docs/plan.md.
const (
	DefaultIdle = 4 * gibi
	DefaultWork = 10 * gibi
)

// Limits are sums over the apps that are installed. One without a limit of a kind counts in
// Unlimited, and in no sum.
type Limits struct {
	Apps      int            `json:"apps"`
	High      uint64         `json:"high"`
	Max       uint64         `json:"max"`
	Unlimited int            `json:"unlimited"`
	All       monitor.Figure `json:"all"` // MemoryHigh of all apps together
}

// Of makes the report. apps has the names of the apps of the catalogue by the PIDs of their
// processes.
func Of(u Usage, apps map[int]string, targets Targets, limits Limits) Report {
	r := Report{
		Targets: targets, Limits: limits, RAM: u.Info.figure("MemTotal"), Swap: u.Info.figure("SwapTotal"),
		Unread: u.Unread, Hidden: u.Hidden,
	}
	sums := map[string]*Program{}
	for _, c := range Categories() {
		sums[c.Name] = &Program{}
	}
	own := map[string]uint64{}
	for _, p := range Programs(u, apps) {
		sums[p.Category].add(p)
		own[p.Category] += p.own
		r.Shared += p.Shared
	}
	for _, c := range Categories() {
		sum := sums[c.Name]
		row := Row{Category: c, Swapped: sum.Swapped, Processes: sum.Processes}
		switch {
		case c.Name == Kernel:
			row.Now = u.Info.kernel()
		case c.Name == Cache:
			row.Now = u.Info.cache()
		case sum.Processes > 0 || u.seesAll(c.Name):
			row.Now = monitor.Known(sum.Memory)
		}
		r.Rows = append(r.Rows, row)
	}
	if _, known := u.Info["MemAvailable"]; known {
		used := less(u.Info["MemTotal"], u.Info["MemAvailable"])
		work := own[Apps] + own[Browser] + own[Dev]
		r.Used, r.Idle = monitor.Known(used), monitor.Known(less(used, work))
		r.IsIdle = sums[Apps].Processes+sums[Browser].Processes+sums[Dev].Processes == 0
	}
	return r
}

// seesAll reports whether a category that no process was found of has none. Apps are the user's own
// processes, which are hidden from nobody.
func (u Usage) seesAll(category string) bool {
	return len(u.Processes) > 0 && (category == Apps || !u.Hidden && u.Unread == 0)
}

func (i Info) figure(name string) monitor.Figure {
	if n, known := i[name]; known {
		return monitor.Known(n)
	}
	return monitor.Figure{}
}

// kernel is what is neither free nor cache nor of a process: slabs that stay, page tables, stacks,
// what drivers took, and what zram keeps (as smem(8) counts it).
func (i Info) kernel() monitor.Figure {
	if _, known := i["AnonPages"]; !known {
		return monitor.Figure{}
	}
	return monitor.Known(less(i["MemTotal"], i["MemFree"]+i["Buffers"]+i["Cached"]+i["SwapCached"]+i["AnonPages"]+i["SReclaimable"]))
}

// cache is what the kernel keeps of files, less what programs have mapped, which counts with these.
// Files in a tmpfs are part of it.
func (i Info) cache() monitor.Figure {
	if _, known := i["Cached"]; !known {
		return monitor.Figure{}
	}
	return monitor.Known(less(i["Buffers"]+i["Cached"]+i["SwapCached"]+i["SReclaimable"], i["Mapped"]))
}

// less is a difference, 0 if b is more: the figures are not all of one moment.
func less(a, b uint64) uint64 { return a - min(a, b) }

// A Verdict says whether a target is met.
type Verdict string

const (
	Met     Verdict = "met"
	Missed  Verdict = "missed"
	Unknown Verdict = "unknown"
)

// Verdicts are those against the two targets.
func (r Report) Verdicts() (idle, work Verdict) {
	return verdict(r.Idle, r.Targets.Idle), verdict(r.Used, r.Targets.Work)
}

func verdict(f monitor.Figure, target uint64) Verdict {
	n, known := f.Get()
	switch {
	case !known:
		return Unknown
	case n < target:
		return Met
	}
	return Missed
}

// AtHigh is what the machine uses if every app that is installed is at its MemoryHigh at once, all
// of them held to the limit that they share.
func (r Report) AtHigh() monitor.Figure {
	idle, known := r.Idle.Get()
	if !known {
		return monitor.Figure{}
	}
	apps := r.Limits.High
	if r.Limits.All.IsSet() {
		apps = min(apps, r.Limits.All.Or(0))
	}
	return monitor.Known(idle + apps)
}
