package history

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"electroscope/launcher/limit"
	"electroscope/monitor"
)

// text is a finding on one line.
func (f Finding) text() string {
	text := f.App + " " + string(f.Kind)
	if n, known := f.More.Get(); known {
		text += fmt.Sprintf(" more %dM", n>>20)
	}
	if n, known := f.Count.Get(); known {
		text += fmt.Sprintf(" x%d", n)
	}
	if p, known := f.Share.Get(); known {
		text += fmt.Sprintf(" %.0f%%", p)
	}
	return text
}

func TestPast(t *testing.T) {
	launch := func(change func(*Launch)) []Launch {
		l := Launch{App: "discord", Unit: discord, Main: 7, Started: at(0)}
		change(&l)
		return []Launch{l}
	}
	kill := Kill{Time: at(5), By: Cap, Part: Renderer, Limit: monitor.Known(3 * gib)}
	for _, test := range []struct {
		name     string
		launches []Launch
		want     []string
	}{
		{"nothing", launch(func(*Launch) {}), nil},
		{"it quit", launch(func(l *Launch) { l.End, l.Ended = ByItself, at(9) }), []string{"discord ended x1"}},
		{"killed, and it ended", launch(func(l *Launch) { l.End, l.Ended, l.Kills = Failed, at(9), []Kill{kill} }),
			[]string{"discord failed", "discord killed more 4096M x1"}},
		{"twice", append(launch(func(l *Launch) { l.Kills = []Kill{kill} }), launch(func(l *Launch) { l.Kills = []Kill{kill} })...),
			[]string{"discord killed more 4096M x2", "discord killed more 4096M x2"}},
		{"another app's are not counted", append(launch(func(l *Launch) { l.Kills = []Kill{kill} }), Launch{App: "signal", Kills: []Kill{{By: Machine, Time: at(6)}}}),
			[]string{"signal killed x1", "discord killed more 4096M x1"}},
		{"it has been given more since", launch(func(l *Launch) { l.Kills, l.max = []Kill{kill}, monitor.Known(4*gib) }), []string{"discord killed x1"}},
		{"its limit then is not known", launch(func(l *Launch) { l.Kills, l.max = []Kill{{By: Cap}}, monitor.Known(3*gib) }), []string{"discord killed more 4096M x1"}},
		{"for another's limit", launch(func(l *Launch) { l.Kills = []Kill{{By: Budget, Limit: monitor.Known(9 * gib)}} }), []string{"discord killed x1"}},
		{"crashed", launch(func(l *Launch) { l.End, l.Crashes = Crashed, []Crash{{Time: at(2), Main: true}} }), []string{"discord crashed"}},
		{"its GPU", launch(func(l *Launch) { l.GPUExits = append(l.GPUExits, at(1), at(2)) }), []string{"discord gpu-exit x2"}},
		{"slowed, as the watcher saw", launch(func(l *Launch) { l.Slowed = append(l.Slowed, at(1), at(2)) }), []string{"discord stood-still x2"}},
		{"how it ended before is the history's", append(launch(func(l *Launch) { l.End, l.Ended = Asked, at(90) }), launch(func(l *Launch) { l.End, l.Ended = ByItself, at(9) })...),
			[]string{"discord stopped x2"}},
		{"what is said at each start",
			append(launch(func(l *Launch) { l.Notes = []string{"a", "b"} }), launch(func(l *Launch) { l.Notes = []string{"a"} })...),
			[]string{"discord without x2", "discord without x1"}},
		{"refused", launch(func(l *Launch) { l.End, l.Notes = Refused, []string{"discord is not started: x"} }), []string{"discord refused"}},
	} {
		var got []string
		for _, f := range Findings(test.launches, monitor.Sample{}) {
			got = append(got, f.text())
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

func TestPresent(t *testing.T) {
	app := func(change func(*monitor.App)) monitor.Sample {
		a := monitor.App{Name: "discord", Unit: discord, Kind: monitor.Launched, Main: 7, MainUnit: discord}
		a.Group.Memory = monitor.Memory{Max: monitor.Known(3 * gib), High: monitor.Known(2 * gib)}
		a.Group.CPU = monitor.CPU{Quota: monitor.Known(500_000), Periods: monitor.Known(100)}
		change(&a)
		return monitor.Sample{Apps: []monitor.App{a}}
	}
	budget := monitor.Group{Memory: monitor.Memory{High: monitor.Known(9 * gib)}, Events: monitor.Events{High: monitor.Known(1)}}
	for _, test := range []struct {
		name   string
		sample monitor.Sample
		want   []string
	}{
		{"all is well", app(func(*monitor.App) {}), nil},
		{"slowed", app(func(a *monitor.App) {
			a.Group.Events.High, a.Group.Pressure.MemoryFull = monitor.Known(40), monitor.Percent(70)
		}), []string{"discord slowed more 4096M x40 70%"}},
		{"high events without a limit are those of before", app(func(a *monitor.App) {
			a.Group.Events.High, a.Group.Memory.High = monitor.Known(40), monitor.Known(limit.Infinity)
		}), nil},
		{"the quota is not felt", app(func(a *monitor.App) { a.Group.CPU.Throttled = monitor.Known(4) }), nil},
		{"throttled", app(func(a *monitor.App) { a.Group.CPU.Throttled = monitor.Known(38) }), []string{"discord throttled 38%"}},
		{"no quota", app(func(a *monitor.App) {
			a.Group.CPU.Throttled, a.Group.CPU.Quota = monitor.Known(38), monitor.Known(limit.Infinity)
		}), nil},
		{"frozen and escaped", app(func(a *monitor.App) { a.Group.Frozen, a.MainUnit = monitor.Known(1), "other.scope" }), []string{"discord frozen", "discord escaped"}},
		{"no limits", app(func(a *monitor.App) {
			infinity := monitor.Known(limit.Infinity)
			a.Group.Memory, a.Group.CPU.Quota = monitor.Memory{Max: infinity, High: infinity}, infinity
		}), []string{"discord uncapped"}},
		{"a kernel that tells nothing", app(func(a *monitor.App) { a.Group = monitor.Group{} }), nil},
		{"outside", app(func(a *monitor.App) { a.Kind = monitor.Outside }), []string{"discord outside"}},
		{"all apps", monitor.Sample{Budget: &budget}, []string{" slowed x1"}},
	} {
		var got []string
		for _, f := range Findings(nil, test.sample) {
			got = append(got, f.text())
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

func TestMore(t *testing.T) {
	for _, f := range []monitor.Figure{{}, monitor.Known(limit.Infinity), monitor.Known(0)} {
		if more(f).IsKnown() {
			t.Errorf("more than %+v is %+v", f, more(f))
		}
	}
}
