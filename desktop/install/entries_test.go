package install

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
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

// Entries that a desktop does not use, or that belong to another installation.
func TestPassedOver(t *testing.T) {
	for _, line := range []string{
		"Hidden=true", "X-Flatpak=com.example.Chat", "X-SnapInstanceName=chat",
		"Exec=/usr/bin/flatpak run --branch=stable --command=chat com.example.Chat", "Exec=flatpak run --command=chat-real com.example.Chat @@u %U @@",
		"Exec=env A=chat snap run chat", "Exec=/snap/bin/chat %U", "Exec=/var/lib/flatpak/exports/bin/com.example.Chat",
	} {
		s := newStage(t)
		s.write("share/applications/chat.desktop", s.entry()+line+"\n")
		s.write("share/applications/com.example.Chat.desktop", s.entry()+line+"\n")
		p := s.install()
		if len(s.paths(p)) != 3 {
			t.Errorf("%s: %v", line, s.paths(p))
		}
		for _, n := range p.Notes {
			if n.Failure {
				t.Errorf("%s: fails the install: %s", line, n.Text)
			}
		}
	}
}
