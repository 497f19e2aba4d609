//go:build rig

package uml

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"electroscope/monitor/history"
	"electroscope/monitor/journal"
)

// openJournal has root let this user read the system's part of the journal, or not.
func openJournal(t *testing.T, open bool) {
	t.Helper()
	tell(t, "/run/journal", map[bool]string{true: "open", false: "closed"}[open])
}

// A past is what a command that looks back says with --json.
type past struct {
	Findings    []history.Finding
	Launches    []history.Launch
	Suggestions []history.Suggestion
	Gaps        []journal.Gap
}

func (s *stage) past(command, app string) past {
	s.t.Helper()
	var p past
	if err := json.Unmarshal([]byte(s.tool(electroscope(), command, "--json", app)), &p); err != nil {
		s.t.Fatal(err)
	}
	return p
}

// found waits until why says something of a kind about a scope.
func (s *stage) found(app string, scope group, kind history.Kind) history.Finding {
	s.t.Helper()
	var p past
	var found history.Finding
	if !until(func() bool {
		p = s.past("why", app)
		for _, f := range p.Findings {
			if f.Kind == kind && f.Unit == scope.name() {
				found = f
				return true
			}
		}
		return false
	}) {
		s.t.Fatalf("why does not say of %s that it was %s: %+v", scope, kind, p)
	}
	return found
}

// launch waits until history has the end of a scope.
func (s *stage) launch(app string, scope group) history.Launch {
	s.t.Helper()
	var p past
	var launch history.Launch
	if !until(func() bool {
		p = s.past("history", app)
		for _, l := range p.Launches {
			if l.Unit == scope.name() && !l.Running && l.End != history.Unknown {
				launch = l
				return true
			}
		}
		return false
	}) {
		s.t.Fatalf("history does not have the end of %s: %+v", scope, p)
	}
	return launch
}

// TestWhyChromium: a renderer of real Chromium that its memory.max killed is explained, to a user who
// may not read the kernel's words, and in full to one who may. Its run is in the history, and
// moves the suggestion.
func TestWhyChromium(t *testing.T) {
	openJournal(t, false)
	s := browserStage(t)
	s.write("grow.html", "<script>onload = () => new Uint8Array(1 << 30).fill(1)</script>", 0o644)
	p := s.start("browser", "--user-data-dir="+s.dir+"/profile", "file://"+s.dir+"/grow.html")
	scope := p.scope("browser")
	if !until(func() bool { return scope.count(t, "memory.events", "oom_kill") > 0 }) {
		t.Fatal("nothing was killed")
	}
	begun := time.Now()
	f := s.found("browser", scope, history.Killed)
	t.Logf("explained %v after the kill was seen", time.Since(begun))
	if f.Kill.By != history.Cap || f.Kill.Part != history.UnknownPart {
		t.Errorf("without the kernel's words: %+v", f.Kill)
	}
	if text := s.tool(electroscope(), "why", "browser"); !strings.Contains(text, "browser had reached its own\nlimit") ||
		!strings.Contains(text, "electroscope set browser memory=512M gives it more") || !strings.Contains(text, "Not known: this user may not read the kernel's part") {
		t.Errorf("it says:\n%s", text)
	}

	openJournal(t, true)
	f = s.found("browser", scope, history.Killed)
	const most = 256 << 20
	if k := f.Kill; k.Part != history.Renderer || k.By != history.Cap || k.Limit.Or(0) != most || k.Used.Or(0) > most || k.Used.Or(0) < most*9/10 || !until(func() bool { return gone(k.PID) }) {
		t.Errorf("with the kernel's words: %+v", k)
	}
	if p := s.past("why", "browser"); p.Gaps != nil {
		t.Errorf("it could not read %+v", p.Gaps)
	}

	p.kill()
	if l := s.launch("browser", scope); l.End != history.ByItself || l.Peak.Or(0) != most || len(l.Kills) != 1 || l.Main != p.pid() || l.CPU.Or(0) == 0 {
		t.Errorf("the history has %+v", l)
	}
	if list := s.past("suggest", "browser").Suggestions; len(list) != 1 || list[0].Verdict != history.Raise || list[0].Max.Or(0) <= most {
		t.Errorf("it suggests %+v", list)
	}
}

// TestWhyEnds: an app that systemd was asked to stop, and one that it ended for a kill.
func TestWhyEnds(t *testing.T) {
	openJournal(t, true)
	s := newStage(t, capped)
	app := s.start("capped")
	scope := app.scope("capped")
	s.tool("systemctl", "--user", "stop", scope.name())
	if l := s.launch("capped", scope); l.End != history.Asked {
		t.Errorf("the history has %+v", l)
	}
	s.found("capped", scope, history.Stop)

	hog := s.start("stopped", "hog", s.dir+"/none")
	scope = hog.scope("stopped")
	f := s.found("stopped", scope, history.Failure)
	if f.Text != "oom-kill" {
		t.Errorf("it failed with %q", f.Text)
	}
	if k := s.found("stopped", scope, history.Killed).Kill; k.By != history.Cap || k.Process != "tail" || k.Limit.Or(0) != 64<<20 {
		t.Errorf("killed: %+v", k)
	}
}

// TestWhyLogout: the desktop's target takes the app with it, and that is not somebody's stop.
func TestWhyLogout(t *testing.T) {
	s := newStage(t, capped)
	s.desktop()
	app := s.start("capped")
	scope := app.scope("capped")
	s.tool("systemctl", "--user", "stop", "desktop-stand-in.service")
	s.found("capped", scope, history.LoggedOut)
}

// TestWhyBudget: a process that the limit of all apps killed was not killed for its own.
func TestWhyBudget(t *testing.T) {
	openJournal(t, true)
	s := newStage(t, "[apps.plain]\nexec = [\"stand-in\"]\n[apps.plain.limits]\nMemoryMax = \"1G\"\n")
	app := s.start("plain")
	scope := app.scope("plain")
	s.tool("systemctl", "--user", "set-property", "--runtime", scope.parent().name(), "MemoryMax=64M", "MemorySwapMax=0")
	hog := s.start("plain", "hog", s.dir+"/ended")
	scope = hog.scope("plain")
	s.waitFor("ended")
	if k := s.found("plain", scope, history.Killed).Kill; k.By != history.Budget || k.Group.Name() != scope.parent().name() || k.Limit.Or(0) != 64<<20 {
		t.Errorf("killed: %+v", k)
	}
}

// TestWhySlow: what MemoryHigh and a quota do is told.
func TestWhySlow(t *testing.T) {
	setSwap(t, true)
	s := newStage(t, swapping+"[apps.slow]\nexec = [\"stand-in\"]\n[apps.slow.limits]\nCPUQuota = \"20%\"\n")
	app := s.start("plain", "hold", "200M")
	scope := app.scope("plain")
	if f := s.found("plain", scope, history.Slowed); f.Limit.Or(0) != 96<<20 || f.Count.Or(0) == 0 {
		t.Errorf("slowed: %+v", f)
	}
	spin := s.start("slow", "spin")
	scope = spin.scope("slow")
	f := s.found("slow", scope, history.Throttled)
	if share, known := f.Share.Get(); f.Limit.Or(0) != 200_000 || !known || share > 100 {
		t.Errorf("throttled: %+v", f)
	}
}
