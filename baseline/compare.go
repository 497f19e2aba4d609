package baseline

import (
	"cmp"
	"slices"

	"electroscope/monitor"
	"electroscope/monitor/budget"
)

// A Comparison is two records side by side.
type Comparison struct {
	Before, Now Record
	Whole       []Change // RAM in use, with and without what is worked with; swap
	Categories  []Change
	Parts       []Part   // what the plan expects of parts of Plasma
	Programs    []Change // that changed the most, the most first
}

// A Change is a figure in both records, in bytes.
type Change struct {
	Name            string         `json:"name"`
	Before          monitor.Figure `json:"before"`
	Now             monitor.Figure `json:"now"`
	SwappedBefore   uint64         `json:"swapped_before"` // beside that, in swap
	SwappedNow      uint64         `json:"swapped_now"`
	ProcessesBefore int            `json:"processes_before"`
	ProcessesNow    int            `json:"processes_now"`
	Plan            *Plan          `json:"plan"` // nil: it says nothing of it
}

// A Plan is what docs/plan.md has of a category, in bytes, or the target of the whole.
type Plan struct {
	Idle     uint64 `json:"idle"`
	Work     uint64 `json:"work"`
	WorkMost uint64 `json:"work_most"`
}

// Saved is how much less it is now; below zero it has become more. Of what is not known on both
// sides it is not known.
func (c Change) Saved() (bytes int64, known bool) {
	before, knownBefore := c.Before.Get()
	now, knownNow := c.Now.Get()
	if !knownBefore || !knownNow {
		return 0, false
	}
	return int64(before) - int64(now), true
}

// Gives reports whether it is what the kernel gives away as soon as programs want it: to have more
// of it costs nothing, and to have less of it saves nothing.
func (c Change) Gives() bool { return c.Name == budget.Cache }

// A Part is a part of Plasma with what the plan expects.
type Part struct {
	budget.Part
	Was, Now monitor.Figure // unknown: it did not run
	Verdict  Verdict
}

// A Verdict says how a part stands to what the plan expects.
type Verdict string

const (
	AsExpected Verdict = "as expected" // or below
	Above      Verdict = "above what is expected"
	NotThere   Verdict = "does not run now"
	Unknown    Verdict = "unknown"
)

// Compare sets now beside before. The targets are the user's.
func Compare(before, now Record, targets budget.Targets) Comparison {
	return Comparison{
		Before: before, Now: now, Whole: whole(before, now, targets), Categories: categories(before, now),
		Parts: parts(before, now), Programs: programs(before, now),
	}
}

func whole(before, now Record, targets budget.Targets) []Change {
	target := func(n uint64) *Plan { return &Plan{n, n, n} }
	list := []Change{
		{Name: "RAM in use", Before: before.Used, Now: now.Used, Plan: target(targets.Work)},
		{Name: "RAM without apps", Before: before.Idle, Now: now.Idle, Plan: target(targets.Idle)},
		{Name: "swap in use", Before: before.UsedSwap, Now: now.UsedSwap},
	}
	if before.Zram != nil || now.Zram != nil {
		list = append(list, Change{Name: "RAM of zram", Before: before.zramUsed(), Now: now.zramUsed()})
	}
	return append(list, Change{Name: "GPU memory", Before: before.GPU, Now: now.GPU})
}

// zramUsed is 0 where there is none.
func (r Record) zramUsed() monitor.Figure {
	if r.Zram == nil {
		return monitor.Known(0)
	}
	return r.Zram.Used
}

// categories are the plan's in its order, then those that only the records have.
func categories(before, now Record) []Change {
	var list []Change
	for _, c := range budget.Categories() {
		change := changeOf(c.Name, before.category(c.Name), now.category(c.Name))
		if c.WorkMost > 0 {
			change.Plan = &Plan{c.Idle, c.Work, c.WorkMost}
		}
		list = append(list, change)
	}
	for _, c := range slices.Concat(before.Categories, now.Categories) {
		if !slices.ContainsFunc(list, func(has Change) bool { return has.Name == c.Name }) {
			list = append(list, changeOf(c.Name, before.category(c.Name), now.category(c.Name)))
		}
	}
	return list
}

func changeOf(name string, before, now Category) Change {
	return Change{
		Name: name, Before: before.Memory, Now: now.Memory, SwappedBefore: before.Swapped, SwappedNow: now.Swapped,
		ProcessesBefore: before.Processes, ProcessesNow: now.Processes,
	}
}

// category is one of the record's; without a figure if it has none of that name.
func (r Record) category(name string) Category {
	for _, c := range r.Categories {
		if c.Name == name {
			return c
		}
	}
	return Category{Name: name}
}

func parts(before, now Record) []Part {
	var list []Part
	for _, p := range budget.Parts() {
		part := Part{Part: p, Was: before.memoryOf(p.Programs), Now: now.memoryOf(p.Programs)}
		switch n, runs := part.Now.Get(); {
		case !runs && !now.isComplete():
			part.Verdict = Unknown
		case !runs:
			part.Verdict = NotThere
		case n > p.After.Most:
			part.Verdict = Above
		default:
			part.Verdict = AsExpected
		}
		if part.Was.IsKnown() || part.Now.IsKnown() {
			list = append(list, part)
		}
	}
	return list
}

// isComplete reports whether a program that is not in the record did not run.
func (r Record) isComplete() bool { return r.Processes > 0 && r.Unread == 0 && !r.Hidden }

// absent is the memory of a program that is not in the record.
func (r Record) absent() monitor.Figure {
	if r.isComplete() {
		return monitor.Known(0)
	}
	return monitor.Figure{}
}

// memoryOf is what programs of these names have; unknown if none runs.
func (r Record) memoryOf(names []string) monitor.Figure {
	sum := monitor.Figure{}
	for _, p := range r.Programs {
		if slices.Contains(names, p.Name) {
			sum = added(sum, monitor.Known(p.Memory))
		}
	}
	return sum
}

const (
	mostPrograms = 8
	leastChange  = 1 << 20
)

// programs are those that changed the most.
func programs(before, now Record) []Change {
	sums := map[string]*Change{}
	of := func(name string) *Change {
		if sums[name] == nil {
			sums[name] = &Change{Name: name, Before: before.absent(), Now: now.absent()}
		}
		return sums[name]
	}
	for _, p := range before.Programs {
		c := of(p.Name)
		c.Before = added(c.Before, monitor.Known(p.Memory))
		c.SwappedBefore += p.Swapped
		c.ProcessesBefore += p.Processes
	}
	for _, p := range now.Programs {
		c := of(p.Name)
		c.Now = added(c.Now, monitor.Known(p.Memory))
		c.SwappedNow += p.Swapped
		c.ProcessesNow += p.Processes
	}
	list := []Change{}
	for _, c := range sums {
		if c.Size() >= leastChange {
			list = append(list, *c)
		}
	}
	slices.SortStableFunc(list, func(a, b Change) int {
		return cmp.Or(cmp.Compare(b.Size(), a.Size()), cmp.Compare(a.Name, b.Name))
	})
	return list[:min(len(list), mostPrograms)]
}

// Size is the change without its sign.
func (c Change) Size() uint64 {
	saved, _ := c.Saved()
	return uint64(max(saved, -saved))
}

// Only are the apps, browsers and tools that run in the one record and not in the other: what is
// not started saves nothing.
func Only(in, notIn Record) []string {
	if !notIn.isComplete() {
		return nil // it may have run there, too
	}
	var list []string
	for _, p := range in.Programs {
		isWork := p.Category == budget.Apps || p.Category == budget.Browser || p.Category == budget.Dev
		if isWork && !slices.ContainsFunc(notIn.Programs, func(q budget.Program) bool { return q.Name == p.Name }) {
			list = append(list, p.Name)
		}
	}
	return list
}
