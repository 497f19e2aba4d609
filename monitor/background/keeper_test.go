package background

import (
	"errors"
	"os"
	"slices"
	"testing"
	"time"

	"electroscope/launcher/catalog"
)

const at = "app-chat-7.scope"

var soon = Policy{catalog.BackgroundFreeze, 20 * time.Millisecond}

func TestFreeze(t *testing.T) {
	s := newStage(t, soon)
	end := s.run()
	s.see(chat)
	s.expect("freeze " + at)
	s.activate(7, nil)
	s.expect("freeze "+at, "thaw "+at)
	s.activate(0, nil) // no window at all
	s.expect("freeze "+at, "thaw "+at, "freeze "+at)
	end()
	s.expect("freeze "+at, "thaw "+at, "freeze "+at, "thaw "+at)
	if text, err := os.ReadFile(s.dir + "/run/electroscope/" + recordName); err != nil || string(text) != "[]" {
		t.Errorf("the record has %q, %v", text, err)
	}
	if want := "chat has been in the background for 0s: it is frozen until it is used"; s.said[0] != want || s.said[1] != "chat is thawed" {
		t.Errorf("said %q", s.said)
	}
}

// TestLeftAlone: what is not known, or not wanted, has nothing done to an app.
func TestLeftAlone(t *testing.T) {
	for name, change := range map[string]func(s *stage){
		"in use":               func(s *stage) { s.active = 7 },
		"no window manager":    func(s *stage) { s.unknown = errors.New("none") },
		"a process that ended": func(s *stage) { s.active = 12345 },
		"plays":                func(s *stage) { s.playing = []int{7} },
		"a sandbox plays":      func(s *stage) { s.playing = []int{12345} },
		"no sound server":      func(s *stage) { s.deaf = errors.New("connection refused") },
		"Wayland without KWin": func(s *stage) {
			s.write("proc/7/environ", "DISPLAY=:0\x00XDG_RUNTIME_DIR="+s.dir+"\x00WAYLAND_DISPLAY=wayland-0\x00")
			s.keeper.Dial = func(of Session) (Windows, error) { return dial(of, s.keeper.Folder) } // no bus is there
		},
		"no environment":     func(s *stage) { s.write("proc/7/environ", "\x00\x00") },
		"on another display": func(s *stage) { s.clients = []int{8, 9} },
		"off":                func(s *stage) { s.policy.Do = catalog.BackgroundOff },
		"frozen by the user": func(s *stage) { s.write("cgroup"+string(chat)+"/cgroup.events", "populated 1\nfrozen 1\n") },
		"escaped":            func(s *stage) { s.write("proc/7/cgroup", "0::/app.slice/app-org.chromium.Chromium-7.scope\n") },
		"another's record": func(s *stage) {
			r, _, err := openRecord(s.keeper.Folder)
			if err != nil {
				s.t.Fatal(err)
			}
			s.t.Cleanup(r.close)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t, soon)
			change(s)
			s.run()
			s.see(chat)
			// That nothing comes of it takes as long as something would have.
			time.Sleep(10 * soon.After)
			s.expect()
		})
	}
}

// TestHiddenEnvironment: Chromium has none; the session's counts.
func TestHiddenEnvironment(t *testing.T) {
	s := newStage(t, soon)
	s.write("proc/7/environ", "\x00\x00")
	s.environ = []string{"DISPLAY=:0", "XDG_RUNTIME_DIR=/r"}
	s.run()
	s.see(chat)
	s.expect("freeze " + at)
}

func TestUnknownLater(t *testing.T) {
	s := newStage(t, soon)
	s.run()
	s.see(chat)
	s.expect("freeze " + at)
	s.activate(9, errors.New("the window manager is gone"))
	s.expect("freeze "+at, "thaw "+at)
}

// TestStartedOnceMore: the new process talks to the first one.
func TestStartedOnceMore(t *testing.T) {
	s := newStage(t, soon)
	s.run()
	s.see(chat, notes)
	s.until("both are frozen", func() bool { return len(s.did) == 2 })
	did := slices.Clone(s.did)
	s.keeper.Began("chat")
	s.expect(append(did, "thaw "+at, "freeze "+at)...)
}

func TestWeight(t *testing.T) {
	s := newStage(t, Policy{catalog.BackgroundWeight, soon.After})
	s.run()
	s.see(chat)
	s.expect("weigh 10 " + at)
	s.until("sound is followed", func() bool { return s.heard != nil })
	s.set(func() { s.playing = []int{9} })
	s.heard() // another one plays
	s.set(func() { s.playing = []int{7} })
	s.heard()
	s.expect("weigh 10 "+at, "weigh -1 "+at)
}

// TestWeightOfAnother: a weight that was set meanwhile stays.
func TestWeightOfAnother(t *testing.T) {
	s := newStage(t, Policy{catalog.BackgroundWeight, soon.After})
	end := s.run()
	s.see(chat)
	s.expect("weigh 10 " + at)
	s.set(func() { s.weight = 500 })
	end()
	s.expect("weigh 10 " + at)
}

func TestReclaim(t *testing.T) {
	s := newStage(t, Policy{catalog.BackgroundReclaim, soon.After})
	s.write("cgroup"+string(chat)+"/memory.current", "104857600\n")
	s.run()
	s.see(chat)
	s.expect("reclaim " + at)
	s.activate(7, nil)
	s.activate(9, nil)
	s.expect("reclaim "+at, "reclaim "+at)
}

// TestKilled: what a watcher that was killed has left is undone by the next one, and by Release.
func TestKilled(t *testing.T) {
	for name, next := range map[string]func(s *stage){
		"the next one": func(s *stage) { s.run() },
		"Release": func(s *stage) {
			if err := s.keeper.Release(); err != nil {
				s.t.Error(err)
			}
		},
	} {
		s := newStage(t, Policy{})
		s.weight = Lowered
		s.write("run/electroscope/"+recordName, `[{"app":"chat","group":"`+string(chat)+`","done":"freeze"},{"app":"gone","group":"/gone.scope","done":"freeze"},`+
			`{"app":"notes","group":"`+string(notes)+`","done":"weight","weight":18446744073709551615}]`)
		next(s)
		s.expect("thaw "+at, "weigh -1 app-notes-8.scope")
		if t.Failed() {
			t.Error(name)
		}
	}
}

func TestReleaseNothing(t *testing.T) {
	s := newStage(t, Policy{})
	if err := s.keeper.Release(); err != nil {
		t.Error(err)
	}
	if _, err := os.Lstat(s.dir + "/run/electroscope"); err == nil {
		t.Error("it made a folder for that")
	}
}

func TestReleaseBesideAnother(t *testing.T) {
	s := newStage(t, Policy{})
	s.write("run/electroscope/"+recordName, "[]")
	r, _, err := openRecord(s.dir + "/run/electroscope")
	if err != nil {
		t.Fatal(err)
	}
	defer r.close()
	if err := s.keeper.Release(); !errors.Is(err, ErrTaken) {
		t.Error(err)
	}
}

func TestWords(t *testing.T) {
	for want, w := range map[string]Word{
		"chat has been in the background for 10min: it is frozen until it is used":                     {App: "chat", Done: catalog.BackgroundFreeze, After: 10 * time.Minute},
		"chat has been in the background for 90s: its CPUWeight is 10 until it is used or plays sound": {App: "chat", Done: catalog.BackgroundWeight, After: 90 * time.Second},
		"chat has been in the background for 10min: 300M of its memory was reclaimed":                  {App: "chat", Done: catalog.BackgroundReclaim, After: 10 * time.Minute, Taken: 300 << 20},
		"chat is thawed":                                  {App: "chat", Done: catalog.BackgroundFreeze, Undone: true},
		"chat has its CPUWeight back":                     {App: "chat", Done: catalog.BackgroundWeight, Undone: true},
		"cannot look after chat in the background: why":   {App: "chat", Problem: errors.New("why")},
		"apps in the background are left alone: no pactl": {Problem: errors.New("no pactl")},
	} {
		if got := w.Text(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
