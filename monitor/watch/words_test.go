package watch

import (
	"testing"
	"time"

	"electroscope/launcher/limit"
	"electroscope/monitor"
)

func TestNoticeOf(t *testing.T) {
	unlimited := app(0, 0)
	unlimited.Group.Memory.Max = monitor.Known(limit.Infinity)
	dead := app(0, 0)
	dead.Main = 0
	for _, test := range []struct {
		finding Finding
		want    Notice
	}{
		{Finding{Kind: Killed, App: app(0, 1), Count: 1, What: monitor.Renderer}, Notice{"discord",
			"discord reached its memory limit (3G), and a renderer (a page or a window) was killed; the app goes on",
			"electroscope set discord memory=4G gives it more"}},
		{Finding{Kind: Killed, App: app(0, 3), Count: 3}, Notice{"discord",
			"discord reached its memory limit (3G), and 3 processes were killed; the app goes on",
			"electroscope set discord memory=4G gives it more"}},
		{Finding{Kind: Killed, App: dead, Count: 1, What: monitor.Browser}, Notice{"discord",
			"discord reached its memory limit (3G), and the main process was killed",
			"electroscope set discord memory=4G gives it more"}},
		{Finding{Kind: Killed, App: unlimited, Count: 1}, Notice{"discord",
			"discord reached its memory limit, and a process was killed; the app goes on", ""}},
		{Finding{Kind: Slowed, App: app(0, 0), For: 31 * time.Second}, Notice{"discord",
			"discord has been slowed for 31 s: it is at its MemoryHigh (2G)",
			"close something in it, or electroscope set discord memory=4G gives it more"}},
		{Finding{Kind: Escaped, App: monitor.App{Name: "teams", MainUnit: "app-org.chromium.Chromium-7.scope"}}, Notice{"teams",
			"the main process of teams has left its limits: it is in app-org.chromium.Chromium-7.scope",
			"electroscope status --fix moves it back"}},
	} {
		if got := NoticeOf(test.finding); got != test.want {
			t.Errorf("%s:\n got %q\nwant %q", test.finding.Kind, got, test.want)
		}
	}
}

func TestRaised(t *testing.T) {
	for max, want := range map[uint64]uint64{600 << 20: 1 << 30, 1 << 30: 1536 << 20, 2 << 30: 3 << 30, 3 << 30: 4 << 30, 5 << 30: 7 << 30} {
		var a monitor.App
		a.Group.Memory.Max = monitor.Known(max)
		if got, ok := Raised(a); !ok || got != want {
			t.Errorf("%s: %s", limit.SizeText(max), limit.SizeText(got))
		}
	}
}
