package watch

import (
	"testing"
	"time"

	"electroscope/monitor"
)

var start = time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC)

// app is a launch with these counts of events, and with memory at its MemoryHigh.
func app(high, killed uint64, processes ...monitor.Process) monitor.App {
	a := monitor.App{Name: "discord", Unit: "app-discord-7.scope", Kind: monitor.Launched, Main: 7, MainUnit: "app-discord-7.scope", Processes: processes}
	a.Group.Memory = monitor.Memory{Current: monitor.Known(2 << 30), High: monitor.Known(2 << 30), Max: monitor.Known(3 << 30)}
	a.Group.Events = monitor.Events{High: monitor.Known(high), OOMKill: monitor.Known(killed)}
	return a
}

func TestKilled(t *testing.T) {
	browser := monitor.Process{PID: 7, Kind: monitor.Browser}
	renderer := monitor.Process{PID: 8, Kind: monitor.Renderer}
	gpu := monitor.Process{PID: 9, Kind: monitor.GPU}
	for _, test := range []struct {
		name          string
		before, after monitor.App
		count         uint64
		what          monitor.Kind
	}{
		{"a renderer", app(0, 1, browser, renderer, gpu), app(0, 2, browser, gpu), 1, monitor.Renderer},
		{"two at a time", app(0, 0, browser, renderer, gpu), app(0, 2, browser), 2, ""},
		{"one that began after the last look", app(0, 0, browser), app(0, 1, browser), 1, ""},
		{"none", app(0, 3, browser, renderer), app(0, 3, browser), 0, ""},
		{"a counter that is not known", app(0, 0), monitor.App{}, 0, ""},
	} {
		list := newJudge(test.before).look(test.after, start)
		if test.count == 0 {
			if len(list) > 0 {
				t.Errorf("%s: %+v", test.name, list)
			}
			continue
		}
		if len(list) != 1 || list[0].Kind != Killed || list[0].Count != test.count || list[0].What != test.what {
			t.Errorf("%s: %+v", test.name, list)
		}
	}
}

// TestSlowed: events all the time for half a minute are told once, and again only after a rest.
func TestSlowed(t *testing.T) {
	j := newJudge(app(0, 0))
	var told []time.Duration
	events := uint64(0)
	look := func(after time.Duration, rises bool) {
		if rises {
			events += 100
		}
		now := start.Add(after)
		for _, f := range j.look(app(events, 0), now) {
			if f.Kind != Slowed || f.For < patience {
				t.Errorf("%+v", f)
			}
			told = append(told, after)
		}
	}
	for s := 0; s <= 60; s += 2 {
		look(time.Duration(s)*time.Second, true)
	}
	if len(told) != 1 || told[0] != 30*time.Second {
		t.Fatalf("told after %v", told)
	}
	for s := 62; s <= 90; s += 2 {
		look(time.Duration(s)*time.Second, false)
		if j.follows(start.Add(time.Duration(s)*time.Second)) && s > 68 {
			t.Fatalf("follows %d s after the last event", s-60)
		}
	}
	for s := 92; s <= 130; s += 2 {
		look(time.Duration(s)*time.Second, true)
	}
	if len(told) != 2 || told[1] != 122*time.Second {
		t.Errorf("told after %v", told)
	}
}

// TestNotSlowed: a burst, single events far apart, and events of an app that is far below its
// limit (its group was at the budget's), or that swaps instead of waiting, are not worth a word.
func TestNotSlowed(t *testing.T) {
	far := app(0, 0)
	far.Group.Memory.Current = monitor.Known(1 << 30)
	for name, step := range map[string]func(j *judge, s int) []Finding{
		"a burst": func(j *judge, s int) []Finding {
			return j.look(app(uint64(min(s, 20)), 0), start.Add(time.Duration(s)*time.Second))
		},
		"far apart": func(j *judge, s int) []Finding {
			return j.look(app(uint64(s/10), 0), start.Add(time.Duration(s)*time.Second))
		},
		"swap takes it": func(j *judge, s int) []Finding {
			a := app(uint64(s), 0)
			a.Group.Pressure.MemoryFull = monitor.Percent(23)
			return j.look(a, start.Add(time.Duration(s)*time.Second))
		},
		"below": func(j *judge, s int) []Finding {
			a := far
			a.Group.Events.High = monitor.Known(uint64(s))
			return j.look(a, start.Add(time.Duration(s)*time.Second))
		},
	} {
		j := newJudge(app(0, 0))
		for s := 0; s < 120; s += 2 {
			if list := step(j, s); len(list) > 0 {
				t.Errorf("%s: after %d s %+v", name, s, list)
			}
		}
	}
}

func TestEscaped(t *testing.T) {
	j := newJudge(app(0, 0))
	away := app(0, 0)
	away.MainUnit = "app-org.chromium.Chromium-7.scope"
	told := 0
	for i, a := range []monitor.App{away, away, app(0, 0), away} {
		for _, f := range j.look(a, start.Add(time.Duration(i)*time.Second)) {
			if f.Kind == Escaped {
				told++
			}
		}
	}
	if told != 2 {
		t.Errorf("told %d times, want once for each time", told)
	}
}
