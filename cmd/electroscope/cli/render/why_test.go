package render

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"electroscope/monitor"
	"electroscope/monitor/history"
	"electroscope/monitor/journal"
)

// written is what a function writes for a page of 80 columns.
func written(write func(*Writer)) string {
	var b strings.Builder
	write(NewWriter(&b, func(string) string { return "" }))
	return b.String()
}

func gib(n uint64) monitor.Figure { return monitor.Known(n << 30) }

// kill is one 4 minutes ago.
func kill(change func(*history.Kill)) history.Finding {
	k := history.Kill{Time: now.Add(-4 * time.Minute), PID: 9, Process: "Discord", Part: history.Renderer, By: history.Cap, Used: gib(3), Limit: gib(3)}
	change(&k)
	return history.Finding{App: "discord", Kind: history.Killed, Time: k.Time, Kill: &k, Count: monitor.Known(1)}
}

func TestWhy(t *testing.T) {
	minutes := func(n int) time.Time { return now.Add(-time.Duration(n) * time.Minute) }
	for _, test := range []struct {
		name    string
		finding history.Finding
		want    string
	}{
		{"a renderer, twice", func() history.Finding {
			f := kill(func(*history.Kill) {})
			f.Count, f.More = monitor.Known(2), gib(4)
			return f
		}(), `
A renderer of discord was killed 4 minutes ago: discord had reached its own
limit, 3G of 3G. 2 of its processes were killed in 7 days.
  electroscope set discord memory=4G gives it more
`},
		{"for the budget", kill(func(k *history.Kill) {
			k.By, k.Part, k.Group, k.Used, k.Limit = history.Budget, history.Helper, "/a/app-electron.slice", gib(9), gib(9)
		}), `
A helper process of discord was killed 4 minutes ago: all that is in
app-electron.slice had reached its limit, 9G of 9G.
`},
		{"the machine", kill(func(k *history.Kill) { k.By, k.Part = history.Machine, history.MainPart }), `
discord's main process was killed 4 minutes ago: the machine had no memory left,
which is not for a limit of discord.
`},
		{"systemd-oomd", kill(func(k *history.Kill) { k.By, k.Part = history.OOMD, history.UnknownPart }), `
A process of discord was killed 4 minutes ago: systemd-oomd ended the unit, as
memory was under pressure for too long.
`},
		{"whose limit is not known", func() history.Finding {
			f := kill(func(k *history.Kill) {
				k.By, k.Part, k.Used, k.Limit = history.UnknownKill, history.UnknownPart, monitor.Figure{}, monitor.Figure{}
			})
			f.Time, f.Peak = time.Time{}, gib(2)
			return f
		}(), `
A process of discord was killed at a time that is not known: memory was at a
limit, and whose is not in what can be read; discord held 2G at most.
`},
		{"a crash", history.Finding{App: "discord", Kind: history.Crashing, Time: minutes(1), Crash: &history.Crash{Main: true, Text: "SIGSEGV"}}, `
discord crashed 1 minute ago: SIGSEGV.
`},
		{"a helper's crash", history.Finding{App: "discord", Kind: history.Crashing, Time: minutes(120), Crash: &history.Crash{PID: 9, Text: "SIGSEGV"}}, `
A process of discord, 9, crashed 2 hours ago: SIGSEGV.
`},
		{"its GPU", history.Finding{App: "discord", Kind: history.LostGPU, Time: minutes(60 * 24 * 3), Count: monitor.Known(6)}, `
discord lost its GPU process 3 days ago, and started it anew: 6 times in that
run.
`},
		{"without limits", history.Finding{App: "discord", Kind: history.Without, Time: minutes(1), Count: monitor.Known(3), Text: "discord runs without limits: no systemd"}, `
discord was started 1 minute ago, as at 2 starts before, without limits: no
systemd.
`},
		{"refused", history.Finding{App: "discord", Kind: history.Refusal, Time: minutes(1), Text: "discord is not started: it would run without limits"}, `
discord was not started 1 minute ago: it would run without limits.
`},
		{"the unit failed for a kill", history.Finding{App: "discord", Kind: history.Failure, Time: minutes(1), Text: "oom-kill"}, `
discord was ended 1 minute ago: with its OOMPolicy, systemd ends all of it when
one process is killed.
`},
		{"the unit failed", history.Finding{App: "discord", Kind: history.Failure, Time: minutes(1), Text: "timeout"}, `
discord ended 1 minute ago: systemd has "timeout" as the result of its unit.
`},
		{"stopped", history.Finding{App: "discord", Kind: history.Stop, Time: minutes(1)}, `
discord was stopped 1 minute ago: somebody asked systemd to stop its unit.
`},
		{"logout", history.Finding{App: "discord", Kind: history.LoggedOut, Time: minutes(1)}, `
discord was ended 1 minute ago with the session, by a logout or a shutdown.
`},
		{"it quit", history.Finding{App: "discord", Kind: history.Over, Time: now}, `
discord ended by itself 0 seconds ago.
`},
		{"slowed", history.Finding{App: "discord", Kind: history.Slowed, Count: monitor.Known(40), Limit: gib(2), More: gib(4), Share: monitor.Percent(70)}, `
discord has been slowed by its MemoryHigh, 2G, 40 times since it started. It
stood still for 70% of the last ten seconds.
  electroscope set discord memory=4G gives it more
`},
		{"slowed then", history.Finding{App: "discord", Kind: history.StoodStill, Time: minutes(3), Count: monitor.Known(1)}, `
discord stood still at its MemoryHigh 3 minutes ago: once in that run.
`},
		{"all slowed", history.Finding{Kind: history.Slowed, Count: monitor.Known(40), Limit: gib(9)}, `
All apps together have been slowed by their MemoryHigh, 9G, 40 times.
`},
		{"throttled", history.Finding{App: "discord", Kind: history.Throttled, Limit: monitor.Known(500_000), Share: monitor.Percent(38)}, `
discord was throttled by its CPU quota, 50%, in 38% of the periods since it
started.
`},
		{"frozen", history.Finding{App: "discord", Kind: history.Frozen}, `
discord is frozen: it runs again when it is thawed.
  electroscope thaw discord
`},
		{"escaped", history.Finding{App: "discord", Kind: history.Escaped, Main: 7}, `
The main process of discord, 7, has left its scope, and its limits with it: it
is in no unit.
`},
		{"uncapped", history.Finding{App: "discord", Kind: history.Uncapped, Unit: "app-discord-7.scope"}, `
discord runs without a limit of memory or CPU in app-discord-7.scope.
`},
		{"outside", history.Finding{App: "discord", Kind: history.Outside, Main: 7, In: "session-1.scope"}, `
discord (PID 7) was not started through electroscope: it runs in
session-1.scope, without limits.
  electroscope install discord has its entry in the menu start it inside its limits
`},
	} {
		got := written(func(w *Writer) { Why(w, []history.Finding{test.finding}, now, 7) })
		if diff := cmp.Diff(test.want[1:], got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

func TestGaps(t *testing.T) {
	got := written(func(w *Writer) {
		Gaps(w, []journal.Gap{{Text: "there is no journal"}, {Text: "this", Remedy: "do that"}})
	})
	if want := "\nNot known: there is no journal.\n\nNot known: this.\n  do that\n"; got != want {
		t.Errorf("%q", got)
	}
}
