package install

import (
	"os"
	"strings"
	"testing"
	"time"
)

// The user's own entry comes back with the time at which it was changed.
func TestTimeIsKept(t *testing.T) {
	s := newStage(t)
	entry := s.write(s.places.autostart()+"/mine.desktop", s.entry())
	then := time.Date(2020, 2, 29, 12, 0, 0, 123456789, time.UTC)
	s.must(os.Chtimes(entry, then, then))
	before := s.tree(false)
	s.install()
	if info, err := os.Stat(entry); err != nil || info.ModTime().Equal(then) {
		t.Errorf("a changed entry looks unchanged to a desktop: %v", err)
	}
	s.uninstall()
	s.same("uninstall", before, s.tree(false))
	if info, err := os.Stat(entry); err != nil || !info.ModTime().Equal(then) {
		t.Errorf("%v, %v", info.ModTime(), err)
	}
}

// A file with a second name is not cut from it.
func TestHardLink(t *testing.T) {
	s := newStage(t)
	for _, file := range []string{s.places.autostart() + "/mine.desktop", s.places.applications() + "/chat.desktop", s.places.cache()} {
		text := s.entry()
		if file == s.places.cache() {
			text = "[MIME Cache]\ntext/x-mine=mine.desktop;\n"
		}
		s.write(file, text)
		s.must(os.Link(file, s.home+"/"+strings.ReplaceAll(file, "/", "-")))
	}
	before, untimed := s.tree(true), s.tree(false)
	p := s.install()
	for _, name := range []string{"autostart/mine.desktop", "applications/chat.desktop"} {
		if !strings.Contains(s.notes(p), name+`" is a file with another name (a hard link)`) {
			t.Errorf("%s: %s", name, s.notes(p))
		}
	}
	for name, was := range before {
		if now := s.tree(true)[name]; strings.HasPrefix(was, "-") && now != was {
			t.Errorf("%s was %q and is %q", name, was, now)
		}
	}
	s.uninstall()
	s.same("uninstall", untimed, s.tree(false))
}

// What is behind a link to a folder is not edited, and is no fault of the install.
func TestLinkedFolder(t *testing.T) {
	s := newStage(t)
	shared := t.TempDir()
	entry := s.write(shared+"/deep/talk.desktop", s.entry())
	s.must(os.MkdirAll(s.places.applications(), 0o755))
	s.must(os.Symlink(shared, s.places.applications()+"/team"))
	s.must(os.Symlink(shared, s.places.applications()+"/again"))
	before := s.tree(false)
	for range 2 {
		p := s.install()
		if !strings.Contains(s.notes(p), `team/deep/talk.desktop" is behind the link "`+s.places.applications()+`/team", which leads to "`+shared) {
			t.Error(s.notes(p))
		}
		for _, n := range p.Notes {
			if n.Failure {
				t.Errorf("fails the install: %+v", n)
			}
		}
		if f, _ := readFile(entry); f.Text != s.entry() {
			t.Errorf("is changed: %q", f.Text)
		}
	}
	s.uninstall()
	s.same("uninstall", before, s.tree(false))
}

// The user's own link stays, however its target's name begins.
func TestUsersLink(t *testing.T) {
	s := newStage(t)
	notes := s.write("bin/electroscope-notes", "#!/bin/sh\n")
	s.must(os.MkdirAll(s.places.Bin, 0o755))
	s.must(os.Symlink(notes, s.places.Bin+"/chat"))
	before := s.tree(false)
	s.install()
	if to, _ := os.Readlink(s.places.Bin + "/chat"); to != notes {
		t.Errorf("the user's link leads to %q", to)
	}
	s.uninstall()
	s.same("uninstall", before, s.tree(false))
}

// An app that is in no catalogue any more goes, and with the last one what is there
// for all of them.
func TestOrphans(t *testing.T) {
	s := newStage(t)
	before := s.tree(false)
	s.files = []Text{{Path: s.places.Unit("app-x-.scope.d/electroscope.conf"), Kind: DropIn, Text: "[Scope]\n"}}
	s.install()
	s.lock()
	state := s.read()
	request := Request{Self: "/usr/bin/electroscope"}
	if p := state.Plan(request); len(p.Changes) > 0 {
		t.Errorf("changes %v", s.paths(p))
	}
	request.Known = []string{"talk"}
	p := state.Plan(request)
	if len(s.paths(p)) != len(everything)+1 {
		t.Errorf("changes %v", s.paths(p))
	}
	_, err := state.Apply(p)
	s.must(err)
	s.same("without its app", before, s.tree(false))

	s.install()
	s.uninstall("chat")
	s.same("uninstall of the last app", before, s.tree(false))
}

// What the manifest, which is JSON, cannot hold is not touched.
func TestNotUTF8(t *testing.T) {
	s := newStage(t)
	own := s.write(s.places.applications()+"/mine\xff.desktop", s.entry())
	before := s.tree(false)
	if p := s.install(); !strings.Contains(s.notes(p), "is not UTF-8") {
		t.Errorf("says: %s", s.notes(p))
	}
	if f, _ := readFile(own); f == nil || f.Text != s.entry() {
		t.Errorf("the entry is %+v", f)
	}
	s.uninstall()
	s.same("uninstall", before, s.tree(false))
	if (&File{Link: "/opt/\xff/electroscope"}).keepable() {
		t.Error("a link that is not UTF-8 is to be put back")
	}
}
