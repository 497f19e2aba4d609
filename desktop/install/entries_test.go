package install

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"electroscope/desktop/entry"
)

// Of one id the first folder's entry counts, folders below are part of it, and
// the user's own folder is no system folder even where it is named as one.
func TestPrecedence(t *testing.T) {
	s := newStage(t)
	s.write("share/applications/kde/talk.desktop", s.entry())
	s.write("share/applications/kde-talk.desktop.bak", s.entry())
	s.write("local/applications/kde-talk.desktop", "[Desktop Entry]\nExec=other\n")
	s.write("share/applications/kde/deep/er.desktop", s.entry())
	s.must(os.Symlink(s.machine+"/share/applications", s.machine+"/share/applications/loop"))
	s.must(os.Symlink(s.home+"/.local/share", s.machine+"/home-again"))
	s.places.DataDirs = append([]string{s.places.Data, s.machine + "/home-again"}, s.places.DataDirs...)
	p := s.install()
	want := append([]string{}, everything[0], everything[1], everything[2], everything[3], ".local/share/applications/kde-deep-er.desktop", everything[4])
	if diff := cmp.Diff(want, slices.DeleteFunc(s.paths(p), func(path string) bool { return strings.Contains(path, "loop") })); diff != "" {
		t.Error(diff)
	}
	if p := s.install(); len(p.Changes) > 0 {
		t.Errorf("a second install changes %v", s.paths(p))
	}
}

func TestStarts(t *testing.T) {
	s := newStage(t)
	engine := s.write("lib/electron", "")
	link := s.machine + "/bin/alias"
	s.must(os.Symlink(s.app.Target, link))
	a := s.app
	a.Exec, a.Program = []string{"chat-real", "/opt/chat/chat"}, engine
	for _, test := range []struct {
		id, dir, program string
		want             bool
	}{
		{"x", "", "chat", true},
		{"x", "", "chat-real", true},
		{"x", "", "chatter", false},
		{"x", "", a.Target, true},
		{"x", "", link, true},
		{"x", "", s.machine + "/bin/../bin//chat-real", true},
		{"x", "", "/opt/chat/chat", true}, // a candidate, though it is not there
		{"x", "", "/opt/other/chat", false},
		{"x", "", s.places.Bin + "/Chat", true},
		{"x", "", s.home + "/bin/Chat", false},
		{"chat", "", engine, true},
		{"x", "", engine, false}, // it may start any app
		{"x", s.machine + "/bin", "./chat-real", true},
		{"x", "", "./chat-real", false},
		{"x", "bin", "./chat-real", false},
	} {
		e, err := entry.Parse("[Desktop Entry]\nPath=" + test.dir + "\n")
		s.must(err)
		if got := a.starts(test.id, e, s.places)(test.program); got != test.want {
			t.Errorf("%q of %s in %q: %v", test.program, test.id, test.dir, got)
		}
	}
}

// Entries that a desktop does not use, or that belong to another installation.
func TestPassedOver(t *testing.T) {
	for _, line := range []string{"Hidden=true", "X-Flatpak=com.example.Chat", "X-SnapInstanceName=chat"} {
		s := newStage(t)
		s.write("share/applications/chat.desktop", s.entry()+line+"\n")
		if p := s.install(); len(s.paths(p)) != 3 {
			t.Errorf("%s: %v", line, s.paths(p))
		}
	}
}
