package install

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var everything = []string{
	".config/autostart/chat.desktop", ".local/bin/Chat", ".local/bin/chat",
	".local/share/applications/chat.desktop", ".local/share/applications/mimeinfo.cache",
}

func TestThereAndBack(t *testing.T) {
	s := newStage(t)
	s.files = []Text{{Path: s.places.Unit("app-electron.slice"), Text: "[Slice]\n", Kind: Unit}}
	before := s.tree(false)
	p := s.install()
	if diff := cmp.Diff(append([]string{}, everything[0], ".config/systemd/user/app-electron.slice", everything[1], everything[2], everything[3], everything[4]), s.paths(p)); diff != "" || len(p.Notes) > 0 {
		t.Errorf("%v %s", p.Notes, diff)
	}
	for file, want := range map[string]string{
		s.places.applications() + "/chat.desktop": s.inMenu(s.entry()),
		s.places.autostart() + "/chat.desktop":    s.led(s.entry()),
		s.places.cache():                          "[MIME Cache]\nx-scheme-handler/chat=chat.desktop;\n",
	} {
		if got, _ := readFile(file); got == nil || got.Text != want || got.Mode != 0o644 {
			t.Errorf("%s has %+v, want %q", file, got, want)
		}
	}
	if to, _ := os.Readlink(s.places.Bin + "/chat"); to != "/usr/bin/electroscope" {
		t.Errorf("the link leads to %q", to)
	}

	installed := s.tree(true)
	if p := s.install(); len(p.Changes) > 0 {
		t.Errorf("a second install changes %v", s.paths(p))
	}
	s.same("a second install", installed, s.tree(true))
	s.uninstall()
	s.same("uninstall", before, s.tree(false))
	s.uninstall()
	s.same("a second uninstall", before, s.tree(false))
}

// What the user has there himself is changed in place, and comes back.
func TestUsersOwn(t *testing.T) {
	s := newStage(t)
	entry := s.write(s.places.applications()+"/chat.desktop", "# mine\r\n"+s.entry())
	below := s.write(s.places.applications()+"/wine/Programs/talk.desktop", s.entry())
	autostart := s.write(s.places.autostart()+"/renamed.desktop", s.entry())
	cache := s.write(s.places.cache(), "[MIME Cache]\ntext/plain=vim.desktop;")
	old := s.places.Bin + "/chat"
	s.must(os.MkdirAll(s.places.Bin, 0o750))
	s.must(os.Symlink("/opt/older/electroscope", old))
	for _, file := range []string{entry, autostart, cache} {
		s.must(os.Chmod(file, 0o600))
	}
	before := s.tree(false)
	s.install()
	for _, file := range []string{entry, below, autostart} {
		if f, _ := readFile(file); f == nil || !strings.Contains(f.Text, s.places.Bin+"/chat %U") || strings.Contains(f.Text, s.app.Target) {
			t.Errorf("%s is not led to the link: %+v", file, f)
		}
	}
	if f, _ := readFile(entry); f.Mode != 0o600 || !strings.HasPrefix(f.Text, "# mine\r\n") {
		t.Errorf("%+v", f)
	}
	if f, _ := readFile(cache); f.Text != "[MIME Cache]\ntext/plain=vim.desktop;" {
		t.Errorf("the cache needs no change and is %q", f.Text)
	}
	s.uninstall()
	s.same("uninstall", before, s.tree(false))
}

// A file that is not ours, in the way of a link, stays; the other name serves.
func TestInTheWay(t *testing.T) {
	s := newStage(t)
	s.write(s.places.Bin+"/chat", "#!/bin/sh\n")
	before := s.tree(false)
	p := s.install()
	if !strings.Contains(s.notes(p), `bin/chat" is there already and is not electroscope's: left alone`) || !p.Notes[0].Failure {
		t.Error(s.notes(p))
	}
	if f, _ := readFile(s.places.applications() + "/chat.desktop"); f == nil || !strings.Contains(f.Text, s.places.Bin+"/Chat %U") {
		t.Errorf("%+v", f)
	}
	s.uninstall()
	s.same("uninstall", before, s.tree(false))
}

// An app's update changes its entry, or takes it away; what was made from it follows.
func TestUpdate(t *testing.T) {
	s := newStage(t)
	before := s.tree(false)
	s.install()
	newer := strings.Replace(s.entry(), "Name=Chat", "Name=Chat 2", 1)
	s.write("share/applications/chat.desktop", newer)
	s.must(os.Remove(s.machine + "/xdg/autostart/chat.desktop"))
	s.must(os.Remove(s.places.Bin + "/Chat"))
	_, p := s.plan()
	why := map[string]string{}
	for _, c := range p.Changes {
		why[strings.TrimPrefix(c.Path, s.home+"/")] = c.Why
	}
	if diff := cmp.Diff(map[string]string{
		".local/share/applications/chat.desktop": "its own entry changed", ".local/bin/Chat": "missing", ".config/autostart/chat.desktop": "",
	}, why); diff != "" {
		t.Error(diff)
	}
	s.install()
	if f, _ := readFile(s.places.applications() + "/chat.desktop"); f.Text != s.inMenu(newer) {
		t.Errorf("%q", f.Text)
	}
	if f, _ := readFile(s.places.autostart() + "/chat.desktop"); f != nil {
		t.Errorf("what is made from nothing is there: %+v", f)
	}
	s.uninstall()
	s.same("uninstall", before, s.tree(false))
}

// What the user edited since is his.
func TestEditedSince(t *testing.T) {
	s := newStage(t)
	s.write(s.places.autostart()+"/mine.desktop", s.entry())
	s.install()
	for _, name := range []string{"/chat.desktop", "/mine.desktop"} {
		s.write(s.places.autostart()+name, s.led(s.entry())+"X-Mine=1\n")
	}
	edited := s.tree(true)
	if p := s.install2(); len(p.Changes) > 0 {
		t.Errorf("install changes %v", s.paths(p))
	}
	s.same("install", edited, s.tree(true))

	p := s.uninstall()
	for _, name := range []string{"/chat.desktop", "/mine.desktop"} {
		if f, _ := readFile(s.places.autostart() + name); f == nil || !strings.Contains(f.Text, "X-Mine") || !strings.Contains(s.notes(p), name+`" was changed since it was written: kept`) {
			t.Errorf("%s: %+v\n%s", name, f, s.notes(p))
		}
	}
	m := s.read().Manifest
	if len(m.Records) != 1 || m.Records[0].Original == nil || !strings.HasSuffix(m.Records[0].Path, "/mine.desktop") {
		t.Errorf("what stood there before is lost: %+v", m)
	}
	s.must(os.Remove(s.places.autostart() + "/mine.desktop"))
	s.uninstall()
	if f, _ := readFile(s.places.Manifest()); f != nil {
		t.Errorf("the manifest stays: %s", f.Text)
	}
}

// install2 is an install of which the manifest need not be true, for files were edited.
func (s *stage) install2() Plan {
	s.Helper()
	s.lock()
	state, p := s.plan()
	_, err := state.Apply(p)
	s.must(err)
	return p
}

// The app, or the user, wrote an entry anew that goes round the link.
func TestWrittenAnew(t *testing.T) {
	s := newStage(t)
	mine := s.write(s.places.autostart()+"/mine.desktop", s.entry())
	s.install()
	anew := s.entry() + "X-Anew=1\n"
	s.write(mine, anew)
	s.install()
	if f, _ := readFile(mine); f.Text != s.led(anew) {
		t.Errorf("%q", f.Text)
	}
	s.uninstall()
	if f, _ := readFile(mine); f.Text != anew {
		t.Errorf("%q", f.Text)
	}
}

func TestOneOfTwoApps(t *testing.T) {
	s := newStage(t)
	talk := App{Key: "talk", Names: []string{"talk"}, IDs: []string{"talk"}, Exec: []string{"talk"}, Target: s.write("bin/talk", "")}
	s.write("share/applications/talk.desktop", "[Desktop Entry]\nExec=talk\n")
	s.install()
	only := s.tree(false)
	chat := s.app
	s.app = talk
	s.install()
	s.app = chat
	s.uninstall("talk")
	s.same("uninstall of the other", only, s.tree(false))
	s.isTrue()
}
