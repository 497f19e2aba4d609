package history

import (
	"slices"
	"strings"

	"electroscope/monitor"
	"electroscope/monitor/watch"
)

// Findings are what there is to say of the launches and of what runs: first what holds now, then
// what happened, the newest first.
func Findings(launches []Launch, s monitor.Sample) []Finding {
	var list []Finding
	for _, a := range s.Apps {
		list = append(list, present(a)...)
	}
	if b := s.Budget; b != nil && b.Memory.High.IsSet() && b.Events.High.Or(0) > 0 {
		list = append(list, Finding{Kind: Slowed, Count: b.Events.High, Limit: b.Memory.High, Share: b.Pressure.MemoryFull})
	}
	var past []Finding
	for _, l := range launches {
		past = append(past, l.findings(count(launches, l.App))...)
	}
	slices.SortStableFunc(past, func(a, b Finding) int { return b.Time.Compare(a.Time) })
	return append(list, unrepeated(past)...)
}

// unrepeated leaves out of findings, the newest first, the ends of earlier runs, which are the
// history's, and what a launch said again at an earlier time, which the newest counts.
func unrepeated(list []Finding) []Finding {
	seen := map[string]int{}
	var kept []Finding
	for _, f := range list {
		if f.IsTrouble() && f.Kind != Without {
			kept = append(kept, f)
			continue
		}
		key := f.App + f.Text
		if !f.IsTrouble() {
			key = f.App
		}
		if i, again := seen[key]; again {
			kept[i].Count = monitor.Known(kept[i].Count.Or(0) + 1)
			continue
		}
		seen[key] = len(kept)
		f.Count = monitor.Known(1)
		kept = append(kept, f)
	}
	return kept
}

// count is how many processes of an app were killed.
func count(launches []Launch, app string) uint64 {
	n := 0
	for _, l := range Runs(launches, app) {
		n += len(l.Kills)
	}
	return uint64(n)
}

// worthwhile is the share of periods from which on a quota is felt.
const worthwhile = 5 // percent

// present is what holds for an app that runs.
func present(a monitor.App) []Finding {
	if a.Kind == monitor.Outside {
		return []Finding{{App: a.Name, Kind: Outside, Main: a.Main, In: a.Unit}}
	}
	var list []Finding
	add := func(f Finding) {
		f.App, f.Unit = a.Name, a.Unit
		list = append(list, f)
	}
	if frozen, _ := a.Group.Frozen.Get(); frozen == 1 {
		add(Finding{Kind: Frozen})
	}
	if a.HasEscaped() {
		add(Finding{Kind: Escaped, Main: a.Main, In: a.MainUnit})
	}
	if capped, known := a.IsCapped(); known && !capped {
		add(Finding{Kind: Uncapped})
	}
	group := a.Group
	if a.Shared != nil {
		group = *a.Shared
	}
	if n, _ := group.Events.High.Get(); n > 0 && a.MemoryHigh().IsSet() {
		max, _ := a.MemoryMax() // which raises MemoryHigh with it
		add(Finding{Kind: Slowed, Count: group.Events.High, Limit: a.MemoryHigh(), Share: group.Pressure.MemoryFull, More: more(max)})
	}
	if p := shareOf(group.CPU.Throttled, group.CPU.Periods); isFelt(p) && a.Quota().IsSet() {
		add(Finding{Kind: Throttled, Share: p, Limit: a.Quota()})
	}
	return list
}

// isFelt reports whether a share of periods is large enough to be.
func isFelt(p monitor.Percentage) bool { n, known := p.Get(); return known && n >= worthwhile }

func shareOf(part, whole monitor.Figure) monitor.Percentage {
	n, known := part.Get()
	of, knownOf := whole.Get()
	if !known || !knownOf || of == 0 {
		return monitor.Percentage{}
	}
	return monitor.Percent(float64(n) / float64(of) * 100)
}

// more is a limit of memory that gives more room.
func more(of monitor.Figure) monitor.Figure {
	n, _ := of.Get()
	if !of.IsSet() || n == 0 {
		return monitor.Figure{}
	}
	return monitor.Known(watch.More(n))
}

// findings are those of one launch. kills is how many processes of that app were killed in all
// that was read.
func (l Launch) findings(kills uint64) []Finding {
	var list []Finding
	add := func(f Finding) {
		f.App, f.Unit = l.App, l.Unit
		list = append(list, f)
	}
	for _, k := range l.Kills {
		f := Finding{Kind: Killed, Time: k.Time, Kill: &k, Count: monitor.Known(kills), Limit: k.Limit}
		if k.By == Cap {
			f.More = l.more(k)
		}
		if k.By == UnknownKill {
			f.Peak = l.Peak
		}
		add(f)
	}
	for _, c := range l.Crashes {
		add(Finding{Kind: Crashing, Time: c.Time, Crash: &c})
	}
	if n := len(l.Slowed); n > 0 {
		add(Finding{Kind: StoodStill, Time: l.Slowed[n-1], Count: monitor.Known(uint64(n))})
	}
	if n := len(l.GPUExits); n > 0 {
		add(Finding{Kind: LostGPU, Time: l.GPUExits[n-1], Count: monitor.Known(uint64(n))})
	}
	for _, note := range l.Notes {
		kind := Without
		if isRefusal(note) {
			kind = Refusal
		}
		add(Finding{Kind: kind, Time: l.Started, Text: note})
	}
	if kind, ends := endKinds(l.End); ends {
		add(Finding{Kind: kind, Time: l.Ended, Text: l.Result})
	}
	return list
}

// endKinds is the finding for an end that has none of its own.
func endKinds(e End) (kind Kind, ends bool) {
	switch e {
	case ByItself:
		return Over, true
	case Asked:
		return Stop, true
	case Logout:
		return LoggedOut, true
	case Failed:
		return Failure, true
	}
	return "", false
}

// Reason is what a launch's line says it runs without, less the app's id before it.
func (f Finding) Reason() string {
	if i := strings.Index(f.Text, " runs "); i >= 0 {
		return f.Text[i+len(" runs "):]
	}
	return f.Text
}

// more is a limit that gives the app more room than it had at a kill, and than it has now.
func (l Launch) more(k Kill) monitor.Figure {
	if now, known := l.max.Get(); known && now > k.Limit.Or(0) {
		if k.Limit.IsKnown() && l.max.IsSet() {
			return monitor.Figure{} // it has been given more since
		}
		return more(l.max)
	}
	return more(k.Limit)
}
