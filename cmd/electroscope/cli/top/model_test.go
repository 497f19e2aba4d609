package top

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"electroscope/cmd/electroscope/cli/render"
	"electroscope/launcher/cgroup"
	"electroscope/monitor"
)

var at = time.Date(2026, 11, 26, 12, 0, 0, 0, time.Local)

// launch is an app in a scope of its own, in MiB and percent.
func launch(name string, pid int, used, limit uint64, cpu float64) monitor.App {
	unit := fmt.Sprintf("app-%s-%d.scope", name, pid)
	a := monitor.App{
		Name: name, Unit: unit, Kind: monitor.Launched, Main: pid, MainUnit: unit, Started: at.Add(-time.Duration(pid) * time.Second), GPU: monitor.Hardware,
		Processes: []monitor.Process{{PID: pid, Kind: monitor.Browser}, {PID: pid + 1, Kind: monitor.Renderer}},
		Rates:     monitor.Rates{CPU: monitor.Percent(cpu), Throttled: monitor.Percent(0)},
	}
	a.Group.Path = cgroup.Group("/user.slice/app.slice/app-electron.slice/" + unit)
	a.Group.Memory = monitor.Memory{Current: monitor.Known(used << 20), Max: monitor.Known(limit << 20), Swap: monitor.Known(uint64(pid) << 20)}
	return a
}

func sample(apps ...monitor.App) monitor.Sample {
	return monitor.Sample{
		Version: monitor.Version, Time: at, Apps: apps,
		Budget: &monitor.Group{Memory: monitor.Memory{Current: monitor.Known(3 << 30), High: monitor.Known(9 << 30)}},
		Machine: monitor.Machine{
			RAM: monitor.Known(16 << 30), Available: monitor.Known(8 << 30), Swap: monitor.Known(12 << 30), FreeSwap: monitor.Known(12 << 30),
		},
	}
}

// three has an app that was started past electroscope among its apps.
func three() Model {
	out := monitor.App{Name: "zoom", Unit: "plasma.service", Kind: monitor.Outside, Main: 9, Started: at.Add(-time.Hour), GPU: monitor.NoGPU}
	out.Processes = []monitor.Process{{PID: 9, Kind: monitor.Other, Memory: monitor.Known(700 << 20)}}
	m := Model{}
	for _, used := range []uint64{500, 1000, 2000} {
		m = m.Sampled(sample(launch("chat", 100, used, 3072, 3), launch("editor", 50, 600, 8192, 12), out))
	}
	return m
}

func press(m Model, keys string) (Model, Action) {
	var action Action
	for _, k := range Keys(keys) {
		m, action = m.Press(k)
	}
	return m, action
}

func TestSort(t *testing.T) {
	for keys, want := range map[string]string{
		"": "chat zoom editor", "m": "chat zoom editor", "c": "editor chat zoom", "w": "chat editor zoom", "n": "chat editor zoom",
		"t": "zoom chat editor", "nm": "chat zoom editor",
	} {
		m, _ := press(three(), keys)
		var names []string
		for _, a := range m.rows() {
			names = append(names, a.Name)
		}
		if got := strings.Join(names, " "); got != want {
			t.Errorf("%q sorts as %s, want %s", keys, got, want)
		}
	}
}

// TestPress: what keys ask for, and what is on the last line then.
func TestPress(t *testing.T) {
	const keys = "q quit  h help"
	for _, test := range []struct {
		keys string
		want string // verb, app and size
		last string // how the last line begins
	}{
		{"q", "quit", ""}, {"\x03", "quit", ""}, {"hQ", "", keys}, {"\x1b", "", keys}, {"\x1a", "pause", keys}, {"\x0c", "repaint", keys},
		{"r", "reclaim chat", "reclaiming memory of chat"},
		{"f", "", "freeze chat, until it is thawed? (y/n)"},
		{"fy", "freeze chat", "freezing chat"},
		{"fn", "", "nothing done"}, {"f\x1b", "", "nothing done"}, {"fq", "", "nothing done"}, {"f\x03", "quit", ""},
		{"nj+", "", "memory limit of editor from 8G to 9G? (y/n)"},
		{"nj+y", "limit editor 9216", "setting the memory limit of editor"},
		{"nj-y", "limit editor 7680", "setting the memory limit of editor"},
		{"+y", "limit chat 3584", "setting the memory limit of chat"},
		{"sy", "stop chat", "stopping chat"},
		{"js", "", "zoom was started past electroscope"},
		{"j+", "", "zoom has no limit of memory"},
		{"Gry", "reclaim editor", ""}, {"ggr", "reclaim chat", ""}, {"kkr", "reclaim chat", ""}, {"\x1b[6~r", "reclaim editor", ""},
		{"fnj", "", keys}, // what was said is gone with the next key
	} {
		m := three()
		var action Action
		for _, k := range Keys(test.keys) {
			if m, action = m.Press(k); action.Verb != Nothing {
				break
			}
		}
		got := strings.TrimSpace(fmt.Sprintf("%s %s", action.Verb, action.App.Name))
		if action.Memory > 0 {
			got += fmt.Sprintf(" %d", action.Memory>>20)
		}
		lines := m.Lines(plain(), 80, 24)
		if last := lines[len(lines)-1]; got != test.want || !strings.HasPrefix(last, test.last) {
			t.Errorf("%q asks for %q, want %q; last line: %s", test.keys, got, test.want, last)
		}
	}
}

// TestRefusal: it does not freeze or stop what it runs in.
func TestRefusal(t *testing.T) {
	m := three()
	m.Own = m.sample.Apps[0].Group.Path + "/below"
	for keys, want := range map[string]Verb{"f": Nothing, "s": Nothing, "r": Reclaim, "njs": Nothing, "njsy": Stop} {
		if _, action := press(m, keys); action.Verb != want {
			t.Errorf("%q: %q", keys, action.Verb)
		}
	}
}

// TestThaw: f turns round what is frozen, and asks for nothing.
func TestThaw(t *testing.T) {
	a := launch("chat", 1, 10, 100, 0)
	a.Group.Frozen = monitor.Known(1)
	if _, action := press((Model{}).Sampled(sample(a)), "f"); action.Verb != Thaw {
		t.Errorf("%q", action.Verb)
	}
}

// TestSelectionStays with its app, wherever that is sorted, until it ends.
func TestSelectionStays(t *testing.T) {
	m, _ := press(three(), "G") // editor
	m = m.Sampled(sample(launch("editor", 50, 3000, 8192, 12), launch("chat", 100, 500, 3072, 3)))
	if rows := m.rows(); rows[m.selected(rows)].Name != "editor" {
		t.Errorf("%s is selected", rows[m.selected(rows)].Name)
	}
	m = m.Sampled(sample(launch("chat", 100, 500, 3072, 3)))
	if rows := m.rows(); rows[m.selected(rows)].Name != "chat" {
		t.Error("what has ended is selected")
	}
	m = m.Sampled(sample())
	if _, action := press(m, "jr"); action.Verb != Nothing {
		t.Errorf("without apps: %q", action.Verb)
	}
}

func TestNextLimit(t *testing.T) {
	for _, test := range [][3]uint64{ // MiB: from, raised, lowered
		{3072, 3584, 2560}, {3000, 3072, 2560}, {512, 1024, 256}, {256, 512, 256}, {8192, 9216, 7680}, {10240, 11264, 9216}, {7680, 8192, 7168},
	} {
		if up, down := nextLimit(test[0]<<20, true)>>20, nextLimit(test[0]<<20, false)>>20; up != test[1] || down != test[2] {
			t.Errorf("from %d: %d, %d", test[0], up, down)
		}
	}
}

func plain() *render.Writer { return render.NewWriter(nil, func(string) string { return "" }) }

func TestLines(t *testing.T) {
	m := three()
	const want = `
electroscope top: 3 apps, 3G of 9G, by memory                           12:00:00
RAM ####.... 8G of 16G  swap ........ 0 of 12G

 APP                PID     UP          MEMORY          CPU SLOWED HISTORY
>chat               100  1m40s #####... 2G of 3G         3%     0% .-*
 zoom                 9   1h0m no cap   700M              -      - @@@
 editor              50    50s #....... 600M of 8G      12%     0% ___

chat: app-chat-100.scope, GPU hardware
processes 2: 1 browser, 1 renderer
high -, peak -, swap 100M, quota -; slowed at high - times, killed -

q quit  h help  m c w n t sort  f freeze  r reclaim  + - limit  s stop
`
	got := m.Lines(plain(), 80, 13)
	for i := range got {
		got[i] = strings.TrimRight(got[i], " ")
	}
	if text := "\n" + strings.Join(got, "\n") + "\n"; text != want {
		t.Errorf("%s", text)
	}
	page := m.Once(plain(), 80)
	if text := strings.Join(page, "\n"); strings.Contains(text, ">") || strings.Contains(text, "quit") || len(page) != 7 {
		t.Errorf("once:\n%s", text)
	}
}

// TestEverySize: the lines fill the screen, and not more, whatever is shown.
func TestEverySize(t *testing.T) {
	many := Model{}
	var apps []monitor.App
	for i := range 60 {
		apps = append(apps, launch(fmt.Sprintf("a-very-long-name-of-an-app-%d\x1b[2J", i), 1000+i, uint64(i), 100, 1))
	}
	apps[3].MainUnit = "elsewhere.scope"
	many = many.Sampled(sample(apps...))
	last, _ := press(many, "G")
	asked, _ := press(many, "s")
	help, _ := press(many, "h")
	for name, m := range map[string]Model{"none": {}, "three": three(), "many": many, "last": last, "asked": asked, "help": help} {
		for width := 0; width < 140; width += 9 {
			for height := 1; height < 70; height += 5 {
				lines := m.Lines(plain(), width, height)
				if len(lines) != height {
					t.Fatalf("%s: %d lines at %dx%d", name, len(lines), width, height)
				}
				for _, line := range lines {
					if utf8.RuneCountInString(line) > width || strings.Contains(line, "\x1b") {
						t.Fatalf("%s at %dx%d: %q", name, width, height, line)
					}
				}
			}
		}
	}
	shown := last.Lines(plain(), 80, 24)
	if !slices.ContainsFunc(shown, func(line string) bool { return strings.HasPrefix(line, ">") }) {
		t.Errorf("the selected app is not on the screen:\n%s", strings.Join(shown, "\n"))
	}
}

func TestTone(t *testing.T) {
	slowed, escaped, near, frozen := launch("a", 1, 10, 100, 0), launch("a", 1, 10, 100, 0), launch("a", 1, 95, 100, 0), launch("a", 1, 10, 100, 0)
	slowed.Rates.Throttled = monitor.Percent(40)
	escaped.MainUnit = "app-x-1.scope"
	frozen.Group.Frozen = monitor.Known(1)
	for name, test := range map[string]struct {
		app  monitor.App
		want render.Tone
	}{
		"well": {launch("a", 1, 10, 100, 0), render.Plain}, "slowed": {slowed, render.Warning}, "near": {near, render.Warning},
		"frozen": {frozen, render.Warning}, "escaped": {escaped, render.Failure}, "outside": {monitor.App{Kind: monitor.Outside}, render.Failure},
		"nothing known": {monitor.App{Kind: monitor.Launched}, render.Plain},
	} {
		if got := tone(test.app); got != test.want {
			t.Errorf("%s: %d", name, got)
		}
	}
}
