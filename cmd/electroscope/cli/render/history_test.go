package render

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"electroscope/monitor"
	"electroscope/monitor/history"
)

func TestHistory(t *testing.T) {
	hours := func(n int) time.Time { return now.Add(-time.Duration(n) * time.Hour) }
	launches := []history.Launch{
		{App: "discord", Started: hours(1), Running: true, Peak: gib(2), CPU: monitor.Known(61e6)},
		{App: "signal", Started: hours(3), Ended: hours(2), End: history.ByItself, Peak: monitor.Known(300 << 20), SwapPeak: monitor.Known(0)},
		{App: "discord", Started: hours(5), Ended: hours(4), End: history.Failed, Result: "oom-kill", Kills: make([]history.Kill, 2)},
		{App: "discord", Started: hours(30), End: history.Crashed, Crashes: []history.Crash{{Text: "SIGSEGV"}}},
		{App: "discord", Ended: hours(50), End: history.Logout},
		{App: "discord", Started: hours(70)},
	}
	want := `
STARTED           APP      LASTED  PEAK  SWAP  CPU   KILLS  END
2026-11-26 11:00  discord  1h0m    2G    -     1m1s  0      runs
2026-11-26 09:00  signal   1h0m    300M  0     -     0      by itself
2026-11-26 07:00  discord  1h0m    -     -     -     2      failed: oom-kill
2026-11-25 06:00  discord  -       -     -     -     0      crashed: SIGSEGV
-                 discord  -       -     -     -     0      logout
2026-11-23 14:00  discord  -       -     -     -     0      -
`[1:]
	if diff := cmp.Diff(want, written(func(w *Writer) { History(w, launches, now, time.UTC) })); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestCrashes(t *testing.T) {
	findings := []history.Finding{
		kill(func(*history.Kill) {}),
		kill(func(k *history.Kill) { k.By, k.Group = history.Budget, "/a/app-electron.slice" }),
		kill(func(k *history.Kill) { *k = history.Kill{Part: history.UnknownPart, By: history.UnknownKill} }),
		{App: "signal", Kind: history.Crashing, Time: now, Crash: &history.Crash{PID: 7, Main: true, Text: "SIGTRAP"}},
		{App: "signal", Kind: history.Crashing, Time: now, Crash: &history.Crash{PID: 8, Process: "signal", Text: "SIGSEGV"}},
		{App: "signal", Kind: history.LostGPU, Time: now, Count: monitor.Known(1)},
	}
	want := `
WHEN              APP      PID  PROCESS   WHAT
2026-11-26 11:56  discord  9    renderer  killed at its limit, 3G of 3G
2026-11-26 11:56  discord  9    renderer  killed at the limit of app-electron.slice, 3G of 3G
-                 discord  -    unknown   killed for want of memory
2026-11-26 12:00  signal   7    main      SIGTRAP
2026-11-26 12:00  signal   8    signal    SIGSEGV
2026-11-26 12:00  signal   -    GPU       exited unexpectedly, once in that run
`[1:]
	got := written(func(w *Writer) { Crashes(w, findings, time.UTC) })
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestSuggest(t *testing.T) {
	s := history.Suggestion{
		App: "discord", NowMax: gib(3), NowHigh: gib(2), Verdict: history.Raise, Max: gib(4), High: monitor.Known(3276 << 20), Heap: gib(2),
		Evidence: history.Evidence{Runs: 12, Median: gib(2), P95: gib(3), Most: gib(3), Kills: 2, Slowed: monitor.Known(40)},
	}
	few := history.Suggestion{App: "signal", NowMax: gib(1), NowHigh: gib(1), Verdict: history.TooFewRuns, Evidence: history.Evidence{Runs: 1, Median: gib(1), P95: gib(1), Most: gib(1)}}
	want := `
app        discord
evidence   12 runs in 30 days, peaks 2G at the median, 3G at the 95th
           percentile, 3G at most; killed at its limit 2 times; slowed at
           MemoryHigh 40 times since it started
now        MemoryMax 3G, MemoryHigh 2G
verdict    raise them: MemoryMax 4G, MemoryHigh 3.2G
apps.toml  [apps.discord]
           memory = "4G"
           heap = "2G"

app       signal
evidence  1 run in 30 days, peaks 1G at the median, 1G at the 95th percentile,
          1G at most
now       MemoryMax 1G, MemoryHigh 1G
verdict   too few runs whose peak is known: 1, of 3
`[1:]
	if diff := cmp.Diff(want, written(func(w *Writer) { Suggest(w, []history.Suggestion{s, few}, 30) })); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
