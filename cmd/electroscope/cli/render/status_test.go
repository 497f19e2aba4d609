package render

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"electroscope/launcher/limit"
	"electroscope/monitor"
)

var now = time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC)

// running is a sample with an app near its cap, one whose main process has left its scope, and one
// that was started past electroscope.
func running() monitor.Sample {
	discord := monitor.App{
		Name: "discord", Unit: "app-com.discordapp.Discord-31415.scope", Kind: monitor.Launched, Main: 31415,
		MainUnit: "app-com.discordapp.Discord-31415.scope", Started: now.Add(-130 * time.Minute), GPU: monitor.Hardware,
		Processes: []monitor.Process{{PID: 31415, Kind: monitor.Browser}, {PID: 2, Kind: monitor.Renderer}, {PID: 3, Kind: monitor.Renderer}},
		Rates:     monitor.Rates{CPU: monitor.Percent(12.4), Throttled: monitor.Percent(0.2)},
	}
	discord.Group.Memory = monitor.Memory{
		Current: monitor.Known(2900 << 20), Max: monitor.Known(3 << 30), High: monitor.Known(2 << 30), Peak: monitor.Known(3 << 30),
		Swap: monitor.Known(120 << 20), Anon: monitor.Known(2 << 30), File: monitor.Known(300 << 20),
	}
	discord.Group.CPU.Quota = monitor.Known(1_500_000)
	discord.Group.Events = monitor.Events{High: monitor.Known(40), Max: monitor.Known(2), OOMKill: monitor.Known(1)}
	teams := monitor.App{
		Name: "teams", Unit: "app-teams-7.scope", Kind: monitor.Launched, Main: 7, MainUnit: "app-org.chromium.Chromium-7.scope", Started: now.Add(-5 * time.Second),
		GPU: monitor.UnknownGPU,
	}
	teams.Group.Memory = monitor.Memory{Current: monitor.Known(1 << 30), Max: monitor.Known(limit.Infinity), High: monitor.Known(limit.Infinity)}
	zoom := monitor.App{
		Name: "zoom", Kind: monitor.Outside, Main: 99, Started: now.Add(-50 * time.Hour), GPU: monitor.NoGPU,
		Processes: []monitor.Process{{PID: 99, Kind: monitor.Other, Memory: monitor.Known(310 << 20)}},
	}
	budget := monitor.Group{Memory: monitor.Memory{Current: monitor.Known(4 << 30), High: monitor.Known(9 << 30), Swap: monitor.Known(0)}}
	return monitor.Sample{
		Time: now, Apps: []monitor.App{discord, teams, zoom}, Budget: &budget,
		Machine: monitor.Machine{RAM: monitor.Known(16 << 30), Available: monitor.Known(6 << 30), Swap: monitor.Known(12 << 30), FreeSwap: monitor.Known(11 << 30)},
	}
}

func TestStatus(t *testing.T) {
	for _, test := range []struct {
		name  string
		write func(*Writer)
		want  string
	}{
		{"all", func(w *Writer) { Status(w, running()) }, `
APP      PID    UP     MEMORY                  SWAP  CPU  SLOWED  GPU
discord  31415  2h10m  #######.    2.8G of 3G  120M  12%  <1%     hardware
teams    7      5s                 1G          -     -    -       unknown
zoom     99     2d2h   not capped  310M        -     -    -       none

The main process of teams, 7, has left its scope: it is in
app-org.chromium.Chromium-7.scope.

teams has no limits in app-teams-7.scope.

zoom (PID 99) was not started through electroscope: it runs in no unit, without
limits.

all apps  4G of 9G, swap 0
machine   6G of 16G RAM available, 11G of 12G swap free
`},
		{"none", func(w *Writer) { Status(w, monitor.Sample{}) }, `
no app runs

machine  - of - RAM available, - of - swap free
`},
		{"one", func(w *Writer) {
			s := running()
			s.Apps = s.Apps[:1]
			StatusOf(w, s)
		}, `
app        discord, for 2h10m
unit       app-com.discordapp.Discord-31415.scope
main       PID 31415, in its unit
memory     #######. 2.8G of 3G, peak 3G, swap 120M
           high 2G, programs 2G, files 300M
CPU        12% now, quota 150%, slowed in <1% of its periods
tasks      - of -
pressure   memory - some, - all; CPU -
events     40 times slowed at high, 2 times at max, 1 processes killed
GPU        hardware
processes  3: 1 browser, 2 renderer
`},
		{"not running", func(w *Writer) { StatusOf(w, monitor.Sample{}) }, "\nit does not run\n"},
	} {
		var b strings.Builder
		w := NewWriter(&b, func(string) string { return "" })
		test.write(w)
		if diff := cmp.Diff(test.want[1:], b.String()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
		for line := range strings.Lines(b.String()) {
			if len(line) > Screen+1 {
				t.Errorf("%s: a line has %d columns: %q", test.name, len(line)-1, line)
			}
		}
	}
}

func TestFigures(t *testing.T) {
	for n, want := range map[uint64]string{
		0: "0", 1: "1B", 1023: "1K", 1024: "1K", 999: "999B", 1 << 20: "1M", 1500 << 10: "1.5M", 999 << 20: "999M", 1000 << 20: "1G", 10 << 30: "10G",
		limit.Infinity: "infinity", 9990 << 20: "9.8G", 10200 << 20: "10G",
	} {
		if got := Size(monitor.Known(n)); got != want {
			t.Errorf("Size(%d) = %q, want %q", n, got, want)
		}
	}
	for p, want := range map[float64]string{0: "0%", 0.2: "<1%", 0.99: "<1%", 12.4: "12%", 149.6: "150%"} {
		if got := Percent(monitor.Percent(p)); got != want {
			t.Errorf("Percent(%v) = %q, want %q", p, got, want)
		}
	}
	for d, want := range map[time.Duration]string{
		-time.Second: "0s", 0: "0s", 59*time.Second + 600*time.Millisecond: "1m0s", 61 * time.Minute: "1h1m", 50 * time.Hour: "2d2h",
	} {
		if got := Duration(d); got != want {
			t.Errorf("Duration(%v) = %q, want %q", d, got, want)
		}
	}
	w := &Writer{}
	for part, want := range map[uint64]string{0: "....", 1: "#...", 50: "##..", 99: "###.", 100: "####", 300: "####"} {
		if got := w.Bar(part, 100, 4); got != want {
			t.Errorf("bar of %d is %q, want %q", part, got, want)
		}
	}
	w.UTF8 = true
	if got := w.Bar(50, 100, 4); got != "██░░" {
		t.Errorf("bar is %q", got)
	}
}

func TestSpark(t *testing.T) {
	known := func(list ...uint64) (figures []monitor.Figure) {
		for _, n := range list {
			figures = append(figures, monitor.Known(n))
		}
		return figures
	}
	unknown := []monitor.Figure{monitor.Known(1), {}, monitor.Known(8)}
	for _, test := range []struct {
		writer Writer
		values []monitor.Figure
		whole  uint64
		want   string
	}{
		{Writer{UTF8: true}, known(0, 1, 4, 7, 8, 9), 8, "▁▂▅███"},
		{Writer{UTF8: true}, known(1, 2), 0, "▅█"},
		{Writer{UTF8: true, Console: true}, known(0, 4, 8), 8, "_+@"},
		{Writer{}, unknown, 8, ". @"},
		{Writer{}, known(0, 0), 0, "__"},
		{Writer{}, nil, 0, ""},
	} {
		if got := test.writer.Spark(test.values, test.whole); got != test.want {
			t.Errorf("%v of %d: %q, want %q", test.values, test.whole, got, test.want)
		}
	}
}
