package history

import (
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"electroscope/launcher/unitname"
	"electroscope/monitor"
	"electroscope/monitor/journal"
)

// Launches are those of the apps that the events tell of, the newest first. Events are in the
// order of time.
func Launches(events []journal.Event, apps []monitor.Candidate) []Launch {
	f := fold{apps: apps, open: map[string]*Launch{}}
	for _, e := range events {
		f.add(e)
	}
	list := make([]Launch, 0, len(f.all))
	for _, l := range slices.Backward(f.all) {
		list = append(list, *l)
	}
	slices.SortStableFunc(list, func(a, b Launch) int { return b.last().Compare(a.last()) })
	return list
}

// last is when a launch began, or what is known instead.
func (l Launch) last() time.Time {
	switch {
	case !l.Started.IsZero():
		return l.Started
	case !l.Ended.IsZero():
		return l.Ended
	case len(l.Kills) > 0:
		return l.Kills[0].Time
	}
	return time.Time{}
}

// A fold goes over events.
type fold struct {
	apps []monitor.Candidate
	all  []*Launch
	open map[string]*Launch // the last of each unit, by boot and unit
}

func (f *fold) add(e journal.Event) {
	switch e.Kind {
	case journal.Note:
		f.note(e)
		return
	case journal.Logout:
		f.logout(e)
		return
	}
	l := f.launch(e)
	if l == nil {
		return
	}
	switch e.Kind {
	case journal.Stopping:
		l.stopped = e.Time
	case journal.Stopped:
		l.ended(e.Time, Asked)
	case journal.Failed:
		l.Result = e.Text
		l.ended(e.Time, Failed)
	case journal.Ended:
		l.Peak, l.SwapPeak, l.CPU = e.Used.Peak, e.Used.SwapPeak, e.Used.CPU
		l.ended(e.Time, ByItself)
	case journal.OOM, journal.Kill, journal.OOMD:
		l.kill(e)
	case journal.Watched:
		l.watched(e)
	case journal.Slowed:
		l.Slowed = append(l.Slowed, e.Time)
	case journal.Crash:
		l.crash(e)
	case journal.GPUExit:
		l.GPUExits = append(l.GPUExits, e.Time)
	}
}

// launch is the one that an event is about; nil if it is about none.
func (f *fold) launch(e journal.Event) *Launch {
	if e.Unit == "" && e.Kind == journal.Crash {
		return f.byProcess(e)
	}
	app, main, ok := f.appOf(e.Unit)
	if !ok {
		return nil
	}
	key := e.Boot + e.Unit
	if l := f.open[key]; l != nil && e.Kind != journal.Started {
		return l
	}
	l := &Launch{App: app, Unit: e.Unit, Main: main, boot: e.Boot}
	if e.Kind == journal.Started {
		l.Started = e.Time
	}
	f.all = append(f.all, l)
	f.open[key] = l
	return l
}

// appOf is the app of a scope, and the PID in its name. That of a Flatpak or a Snap has none.
func (f *fold) appOf(unit string) (app string, main int, ok bool) {
	i := slices.IndexFunc(f.apps, func(c monitor.Candidate) bool {
		return unitname.IsScopeOf(unit, c.App.ID) || monitor.IsFlatpakOf(unit, c.App)
	})
	if i < 0 {
		return "", 0, false
	}
	if !monitor.IsFlatpakOf(unit, f.apps[i].App) {
		name := strings.TrimRight(strings.TrimSuffix(unit, unitname.Extension), "x")
		main, _ = strconv.Atoi(name[strings.LastIndexByte(name, '-')+1:])
	}
	return f.apps[i].App.Key, main, true
}

// longestName is that of a process (proc_pid_comm(5)).
const longestName = 15

// byProcess finds the launch of a process that crashed, of which the kernel tells no unit: it is
// the main process of a launch that has not ended, or has the name of the program of the only
// one that runs.
func (f *fold) byProcess(e journal.Event) *Launch {
	var named []*Launch
	for _, l := range slices.Backward(f.all) {
		if l.boot != e.Boot || !l.Ended.IsZero() && e.Time.Sub(l.Ended) > settle {
			continue
		}
		if l.Main == e.PID {
			return l
		}
		if f.runs(l.App, e.Process) {
			named = append(named, l)
		}
	}
	if len(named) == 1 {
		return named[0]
	}
	return nil
}

// runs reports whether an app's program has that name.
func (f *fold) runs(app, process string) bool {
	i := slices.IndexFunc(f.apps, func(c monitor.Candidate) bool { return c.App.Key == app })
	return i >= 0 && slices.ContainsFunc(f.apps[i].Programs, func(path string) bool {
		name := filepath.Base(path)
		return name[:min(len(name), longestName)] == process
	})
}

// settle bounds how far apart the journal's records of one thing are: the kernel's come another
// way than systemd's.
const settle = 5 * time.Second

// note adds what a launch said to it. One that made no scope is a launch of its own.
func (f *fold) note(e journal.Event) {
	i := slices.IndexFunc(f.apps, func(c monitor.Candidate) bool { return c.App.ID == e.App })
	if i < 0 {
		return
	}
	for _, l := range slices.Backward(f.all) {
		if l.Main == e.PID && l.boot == e.Boot && l.Ended.IsZero() {
			l.Notes = append(l.Notes, e.Text)
			return
		}
	}
	l := &Launch{App: f.apps[i].App.Key, Main: e.PID, Started: e.Time, Notes: []string{e.Text}, boot: e.Boot}
	if isRefusal(e.Text) {
		l.End, l.Ended = Refused, e.Time
	}
	f.all = append(f.all, l)
}

// isRefusal reports whether a launch said that it does not start the app (launcher/report.go).
func isRefusal(text string) bool { return strings.Contains(text, " is not started: ") }

// stopTime is how long systemd waits for a unit to stop, DefaultTimeoutStopSec=, and a little.
const stopTime = 100 * time.Second

// logout marks what was stopped for the end of the session. Its target stops when the scopes
// have, as these are ordered after it (launcher/plan/unit.go).
func (f *fold) logout(e journal.Event) {
	for _, l := range f.all {
		gap := e.Time.Sub(l.stopped)
		if l.boot == e.Boot && !l.stopped.IsZero() && gap < stopTime && gap > -settle && l.End != Crashed {
			l.End = Logout
		}
	}
}

// ended closes a launch. What is known of its end already says more than what follows: a unit
// that failed, or was stopped, has its figures logged too.
func (l *Launch) ended(at time.Time, how End) {
	if l.Ended.IsZero() {
		l.Ended = at
	}
	if l.End == Unknown || l.End == ByItself && how == Failed {
		l.End = how
	}
	if l.End == ByItself && !l.stopped.IsZero() {
		l.End = Asked
	}
}

// kill adds a kill. The kernel says more than systemd, which tells of the same one, most often
// later.
func (l *Launch) kill(e journal.Event) {
	k := Kill{Time: e.Time, Part: UnknownPart, By: UnknownKill}
	switch e.Kind {
	case journal.OOMD:
		k.By = OOMD
	case journal.Kill:
		k = Kill{
			Time: e.Time, PID: e.PID, Process: e.Process, Part: partOf(l.Main, e.PID, e.Killed.Score),
			By: killerOf(e.Killed.Group, e.Unit), Group: e.Killed.Group,
			Used: e.Killed.Used, Limit: e.Killed.Limit, Memory: e.Killed.Memory,
		}
	}
	if n := len(l.Kills); n > 0 && e.Time.Sub(l.Kills[n-1].Time) < settle {
		last := &l.Kills[n-1]
		switch {
		case e.Kind == journal.OOM:
			return
		case last.By == UnknownKill:
			if k.Part == UnknownPart {
				k.Part = last.Part
			}
			*last = k
			return
		}
	}
	l.Kills = append(l.Kills, k)
}

// watched adds to a kill what the watcher saw the process to be. It looks a moment after the kill.
func (l *Launch) watched(e journal.Event) {
	part := partNamed(monitor.Kind(e.Text))
	n := len(l.Kills)
	if n == 0 || e.Time.Sub(l.Kills[n-1].Time) >= settle {
		l.Kills = append(l.Kills, Kill{Time: e.Time, Part: part, By: UnknownKill})
		return
	}
	if last := &l.Kills[n-1]; last.Part == UnknownPart {
		last.Part = part
	}
}

// crash adds a crash, once: the kernel tells of it, and systemd-coredump.
func (l *Launch) crash(e journal.Event) {
	for i, c := range l.Crashes {
		if c.PID == e.PID && e.Time.Sub(c.Time) < stopTime {
			l.Crashes[i].Text = e.Text
			return
		}
	}
	main := e.PID == l.Main
	l.Crashes = append(l.Crashes, Crash{Time: e.Time, PID: e.PID, Process: e.Process, Main: main, Text: e.Text})
	if main {
		l.End = Crashed
	}
}
