package install

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// An app that comes without an entry gets one, and loses it.
func TestMenu(t *testing.T) {
	s := newStage(t)
	s.app = App{Key: "web", Names: []string{"web"}, IDs: []string{"chrome-x.org__-Default"}, Exec: []string{"chat-real"}, Args: []string{"--app=https://x.org/"},
		Target: s.app.Target, Menu: Menu{Name: `We\b` + "\n", Icon: "pic", StartupWMClass: "x.org"}}
	before := s.tree(false)
	p := s.install()
	for _, n := range p.Notes {
		if !n.Minor {
			t.Errorf("says %+v", n)
		}
	}
	made := filepath.Join(s.places.applications(), "chrome-x.org__-Default.desktop")
	text, err := os.ReadFile(made)
	s.must(err)
	want := "[Desktop Entry]\nType=Application\nName=We\\\\b\\n\nIcon=pic\nStartupWMClass=x.org\nExec=" + s.places.Bin + "/web\n"
	if string(text) != want {
		t.Errorf("%q, not %q", text, want)
	}
	if _, err := os.Stat(filepath.Join(s.places.applications(), "chat.desktop")); err == nil {
		t.Error("the entry of the program itself is led to the web app")
	}
	if p := s.install(); len(p.Changes) != 0 {
		t.Errorf("again: %v", s.paths(p))
	}
	s.isTrue()
	s.uninstall()
	s.same("uninstall", before, s.tree(false))
}

// One that has an entry keeps that.
func TestMenuOfItsOwn(t *testing.T) {
	s := newStage(t)
	s.app.Menu = Menu{Name: "Another"}
	s.install()
	text, err := os.ReadFile(filepath.Join(s.places.applications(), "chat.desktop"))
	s.must(err)
	if strings.Contains(string(text), "Another") {
		t.Errorf("it becomes %s", text)
	}
}

func TestUserText(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "config/es/apps.toml")
	file, err := ReadText(path)
	if err != nil || file.Text != "" {
		t.Fatalf("%v %q", err, file.Text)
	}
	if err := file.Write("a"); err != nil {
		t.Fatal(err)
	}
	if err := file.Write("b"); err == nil {
		t.Error("what was written meanwhile is lost")
	}
	link := filepath.Join(dir, "link")
	if err := os.Chmod(path, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(path, link); err != nil {
		t.Fatal(err)
	}
	file, err = ReadText(link)
	if err != nil || file.Text != "a" {
		t.Fatalf("%v %q", err, file.Text)
	}
	if err := file.Write("c"); err != nil {
		t.Fatal(err)
	}
	info, err := os.Lstat(link)
	if err != nil || info.Mode().Type() != os.ModeSymlink {
		t.Errorf("the link is gone: %v %v", err, info)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the mode is another: %v %v", err, info)
	}
	if file, err = ReadText(path); err != nil || file.Text != "c" {
		t.Fatalf("%v %q", err, file.Text)
	}
	if err := file.Remove(dir); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "config")); err == nil {
		t.Error("its folders stay")
	}
	if _, err := ReadText(link); err == nil {
		t.Error("a dead link is taken for no file")
	}
}
