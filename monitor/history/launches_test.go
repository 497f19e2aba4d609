package history

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"electroscope/launcher/catalog"
	"electroscope/launcher/cgroup"
	"electroscope/monitor"
	"electroscope/monitor/journal"
)

var begin = time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC)

// at is a number of seconds after begin.
func at(seconds float64) time.Time { return begin.Add(time.Duration(seconds * float64(time.Second))) }

var apps = []monitor.Candidate{
	{App: catalog.App{Key: "discord", ID: "discord"}, Programs: []string{"/opt/discord/Discord"}},
	{App: catalog.App{Key: "slack", ID: "slack", Flatpak: "com.slack.Slack"}},
	{App: catalog.App{Key: "signal", ID: "signal-desktop"}, Programs: []string{"/opt/a-very-long-name-of-a-program"}},
}

const (
	discord = "app-discord-7.scope"
	signal  = `app-signal\x2ddesktop-8.scope`
)

func event(seconds float64, kind journal.Kind, unit string) journal.Event {
	return journal.Event{Time: at(seconds), Boot: "b", Kind: kind, Unit: unit}
}

// with changes an event.
func with(e journal.Event, change func(*journal.Event)) journal.Event {
	change(&e)
	return e
}

func kernelKill(seconds float64, pid, score int, limiter string) journal.Event {
	return with(event(seconds, journal.Kill, discord), func(e *journal.Event) {
		e.PID, e.Process = pid, "Discord"
		e.Killed = journal.Killed{Group: cgroup.Group(limiter), Used: monitor.Known(3 << 30), Limit: monitor.Known(3 << 30), Score: score}
	})
}

func watchedAt(seconds float64) journal.Event {
	return with(event(seconds, journal.Watched, discord), func(e *journal.Event) { e.Text = string(monitor.Renderer) })
}

func note(pid int, app, text string) journal.Event {
	return journal.Event{Time: at(1), Boot: "b", Kind: journal.Note, PID: pid, App: app, Text: text}
}

func crashOf(seconds float64, unit string, pid int, process, text string) journal.Event {
	return journal.Event{Time: at(seconds), Boot: "b", Kind: journal.Crash, Unit: unit, PID: pid, Process: process, Text: text}
}

// text is a launch on one line.
func (l Launch) text() string {
	parts := []string{l.App, l.Unit}
	if !l.Started.IsZero() {
		parts = append(parts, fmt.Sprintf("from %v", l.Started.Sub(begin)))
	}
	if !l.Ended.IsZero() {
		parts = append(parts, fmt.Sprintf("to %v", l.Ended.Sub(begin)))
	}
	if l.End != Unknown {
		parts = append(parts, string(l.End))
	}
	for _, k := range l.Kills {
		parts = append(parts, fmt.Sprintf("[%s of %d for %s]", k.Part, k.PID, k.By))
	}
	for _, c := range l.Crashes {
		parts = append(parts, fmt.Sprintf("[%d main %v %s]", c.PID, c.Main, c.Text))
	}
	if n := len(l.GPUExits); n > 0 {
		parts = append(parts, fmt.Sprintf("[%d gpu]", n))
	}
	if n := len(l.Slowed); n > 0 {
		parts = append(parts, fmt.Sprintf("[%d slowed]", n))
	}
	return strings.Join(append(parts, l.Notes...), " ")
}

const own, slice = "/u/app-electron.slice/app-discord-7.scope", "/u/app-electron.slice"

func TestLaunches(t *testing.T) {
	started := event(0, journal.Started, discord)
	ended := with(event(60, journal.Ended, discord), func(e *journal.Event) { e.Used.Peak = monitor.Known(5) })
	for _, test := range []struct {
		name   string
		events []journal.Event
		want   []string
	}{
		{"it quits", []journal.Event{started, ended}, []string{"discord " + discord + " from 0s to 1m0s by-itself"}},
		{"nothing of its end is logged", []journal.Event{started}, []string{"discord " + discord + " from 0s"}},
		{"it began before", []journal.Event{ended}, []string{"discord " + discord + " to 1m0s by-itself"}},
		{"an id with a dash", []journal.Event{event(0, journal.Started, signal)}, []string{"signal " + signal + " from 0s"}},
		{"a Flatpak, whose number is not a PID", []journal.Event{event(0, journal.Started, "app-flatpak-com.slack.Slack-99.scope"), crashOf(5, "", 99, "bash", "SIGSEGV")},
			[]string{"slack app-flatpak-com.slack.Slack-99.scope from 0s"}},
		{"no app of ours", []journal.Event{event(0, journal.Started, "app-gnome-discord-7.scope"), event(0, journal.Started, "app-discord-canary-7.scope")}, nil},
		{"the newest first", []journal.Event{started, event(5, journal.Started, signal)},
			[]string{"signal " + signal + " from 5s", "discord " + discord + " from 0s"}},
		{"a name again", []journal.Event{started, ended, event(90, journal.Started, discord)},
			[]string{"discord " + discord + " from 1m30s", "discord " + discord + " from 0s to 1m0s by-itself"}},
		{"a name again after a boot", []journal.Event{started, with(ended, func(e *journal.Event) { e.Boot = "c" })},
			[]string{"discord " + discord + " to 1m0s by-itself", "discord " + discord + " from 0s"}},

		{"stopped", []journal.Event{started, event(50, journal.Stopping, discord), event(51, journal.Stopped, discord), ended},
			[]string{"discord " + discord + " from 0s to 51s stopped"}},
		{"stopped, and its figures first", []journal.Event{started, event(50, journal.Stopping, discord), ended, event(61, journal.Stopped, discord)},
			[]string{"discord " + discord + " from 0s to 1m0s stopped"}},
		{"failed", []journal.Event{started, with(event(50, journal.Failed, discord), func(e *journal.Event) { e.Text = "timeout" }), ended},
			[]string{"discord " + discord + " from 0s to 50s failed"}},
		{"logout", []journal.Event{started, event(50, journal.Stopping, discord), event(51, journal.Stopped, discord), event(52, journal.Logout, "graphical-session.target")},
			[]string{"discord " + discord + " from 0s to 51s logout"}},
		{"a shutdown that is told first", []journal.Event{started, event(49, journal.Stopping, discord), event(49, journal.Logout, "exit.target"), event(51, journal.Stopped, discord)},
			[]string{"discord " + discord + " from 0s to 51s logout"}},
		{"stopped long before the logout", []journal.Event{started, event(50, journal.Stopping, discord), event(51, journal.Stopped, discord), event(500, journal.Logout, "graphical-session.target")},
			[]string{"discord " + discord + " from 0s to 51s stopped"}},
		{"a logout that it outlives", []journal.Event{started, event(10, journal.Logout, "graphical-session.target"), ended},
			[]string{"discord " + discord + " from 0s to 1m0s by-itself"}},

		{"a renderer, told twice", []journal.Event{started, kernelKill(5, 9, 300, own), event(5.1, journal.OOM, discord)},
			[]string{"discord " + discord + " from 0s [renderer of 9 for cap]"}},
		{"systemd is first", []journal.Event{started, event(5, journal.OOM, discord), kernelKill(5.1, 9, 200, own)},
			[]string{"discord " + discord + " from 0s [helper of 9 for cap]"}},
		{"the kernel's lines may not be read", []journal.Event{started, event(5, journal.OOM, discord), event(60, journal.OOM, discord)},
			[]string{"discord " + discord + " from 0s [unknown of 0 for unknown] [unknown of 0 for unknown]"}},
		{"two at once", []journal.Event{started, kernelKill(5, 9, 300, own), kernelKill(5.1, 10, 300, own), event(5.2, journal.OOM, discord)},
			[]string{"discord " + discord + " from 0s [renderer of 9 for cap] [renderer of 10 for cap]"}},
		{"the main process, for the budget", []journal.Event{started, kernelKill(5, 7, 0, slice)}, []string{"discord " + discord + " from 0s [main of 7 for budget]"}},
		{"the machine is full", []journal.Event{started, kernelKill(5, 9, 0, "")}, []string{"discord " + discord + " from 0s [unknown of 9 for machine]"}},
		{"systemd-oomd", []journal.Event{started, event(5, journal.OOMD, discord)}, []string{"discord " + discord + " from 0s [unknown of 0 for systemd-oomd]"}},

		{"the watcher, after systemd", []journal.Event{started, event(5, journal.OOM, discord), watchedAt(5.2)},
			[]string{"discord " + discord + " from 0s [renderer of 0 for unknown]"}},
		{"the watcher, before systemd and the kernel", []journal.Event{started, watchedAt(4.9), event(5, journal.OOM, discord), kernelKill(5.1, 9, 0, own)},
			[]string{"discord " + discord + " from 0s [renderer of 9 for cap]"}},
		{"the watcher saw that it was slowed", []journal.Event{started, event(5, journal.Slowed, discord)}, []string{"discord " + discord + " from 0s [1 slowed]"}},

		{"a crash, told twice", []journal.Event{started, crashOf(5, "", 7, "Discord", "trap invalid opcode"), crashOf(6, discord, 7, "Discord", "SIGILL"), ended},
			[]string{"discord " + discord + " from 0s to 1m0s crashed [7 main true SIGILL]"}},
		{"a helper, by its name", []journal.Event{started, event(1, journal.Started, signal), crashOf(5, "", 99, "a-very-long-nam", "SIGSEGV")},
			[]string{"signal " + signal + " from 1s [99 main false SIGSEGV]", "discord " + discord + " from 0s"}},
		{"by a name that two have", []journal.Event{started, event(1, journal.Started, "app-discord-8.scope"), crashOf(5, "", 99, "Discord", "SIGSEGV")},
			[]string{"discord app-discord-8.scope from 1s", "discord " + discord + " from 0s"}},
		{"of an app that has ended", []journal.Event{started, ended, crashOf(600, "", 7, "bash", "SIGSEGV")}, []string{"discord " + discord + " from 0s to 1m0s by-itself"}},
		{"its GPU", []journal.Event{started, event(5, journal.GPUExit, discord), event(6, journal.GPUExit, discord)}, []string{"discord " + discord + " from 0s [2 gpu]"}},

		{"a note", []journal.Event{started, note(7, "discord", "discord runs without x")}, []string{"discord " + discord + " from 0s discord runs without x"}},
		{"a launch without a scope", []journal.Event{note(7, "discord", "discord runs without limits")}, []string{"discord  from 1s discord runs without limits"}},
		{"a launch that is refused", []journal.Event{note(7, "discord", "discord is not started: it would run without limits")},
			[]string{"discord  from 1s to 1s refused discord is not started: it would run without limits"}},
		{"a note of something else", []journal.Event{note(7, "x", "x runs without limits")}, nil},
	} {
		var got []string
		for _, l := range Launches(test.events, apps) {
			got = append(got, l.text())
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

func TestJoin(t *testing.T) {
	running := func(oom, kills uint64) monitor.App {
		a := monitor.App{Name: "discord", Unit: discord, Kind: monitor.Launched, Main: 7, Started: at(0)}
		a.Group.Memory = monitor.Memory{Peak: monitor.Known(9), Max: monitor.Known(4 << 30)}
		a.Group.Events = monitor.Events{OOM: monitor.Known(oom), OOMKill: monitor.Known(kills)}
		return a
	}
	started := Launch{App: "discord", Unit: discord, Main: 7, Started: at(0)}
	told := started
	told.Kills = []Kill{{Time: at(5), Part: UnknownPart, By: UnknownKill}}
	over := started
	over.Ended, over.End = at(3), ByItself
	outside := monitor.App{Name: "signal", Kind: monitor.Outside, Main: 3}
	for _, test := range []struct {
		name     string
		launches []Launch
		app      monitor.App
		want     []string
	}{
		{"it is in the journal", []Launch{started}, running(0, 0), []string{"discord " + discord + " from 0s"}},
		{"it is not", nil, running(0, 0), []string{"discord " + discord + " from 0s"}},
		{"the name was another's", []Launch{over}, running(0, 0), []string{"discord " + discord + " from 0s to 3s by-itself", "discord " + discord + " from 0s"}},
		{"a kill that is not in the journal", []Launch{started}, running(1, 1), []string{"discord " + discord + " from 0s [unknown of 0 for cap]"}},
		{"a kill that is", []Launch{told}, running(1, 1), []string{"discord " + discord + " from 0s [unknown of 0 for cap]"}},
		{"a kill that was not for its own limit", []Launch{told}, running(0, 1), []string{"discord " + discord + " from 0s [unknown of 0 for unknown]"}},
		{"past electroscope", nil, outside, nil},
	} {
		var got []string
		joined := Join(test.launches, monitor.Sample{Apps: []monitor.App{test.app}})
		for _, l := range joined {
			got = append(got, l.text())
			if l.Running != (l.End == Unknown) {
				t.Errorf("%s: %+v", test.name, l)
			}
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}
