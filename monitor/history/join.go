package history

import (
	"slices"

	"electroscope/monitor"
)

// Join adds what runs now, the newest first: its figures are of this moment, and an app may have
// been started before what was read of the journal.
func Join(launches []Launch, s monitor.Sample) []Launch {
	joined := slices.Clone(launches)
	for _, a := range s.Apps {
		if a.Kind == monitor.Outside {
			continue
		}
		i := slices.IndexFunc(joined, func(l Launch) bool { return l.Unit == a.Unit && l.Ended.IsZero() })
		if i < 0 {
			joined = append(joined, Launch{App: a.Name, Unit: a.Unit, Main: a.Main, Started: a.Started})
			i = len(joined) - 1
		}
		l := &joined[i]
		l.Running = true
		if l.Started.IsZero() {
			l.Started = a.Started
		}
		l.Peak, l.CPU = a.Group.Memory.Peak, a.Group.CPU.Usage
		l.max, _ = a.MemoryMax()
		l.Kills = kills(l.Kills, a.Group.Events)
	}
	slices.SortStableFunc(joined, func(a, b Launch) int { return b.last().Compare(a.last()) })
	return joined
}

// kills are those of the journal, and those that only the kernel counts, of which the time is not
// known. If its own limit was reached as often as something was killed, each was for that.
func kills(told []Kill, events monitor.Events) []Kill {
	list := slices.Clone(told)
	n := events.OOMKill.Or(0)
	for uint64(len(list)) < n {
		list = append(list, Kill{Part: UnknownPart, By: UnknownKill})
	}
	if n == 0 || events.OOM.Or(0) < n {
		return list
	}
	for i := range list {
		if list[i].By == UnknownKill {
			list[i].By = Cap
		}
	}
	return list
}

// Runs are those launches of an app; all if it is empty.
func Runs(launches []Launch, app string) []Launch {
	if app == "" {
		return launches
	}
	return slices.DeleteFunc(slices.Clone(launches), func(l Launch) bool { return l.App != app })
}
