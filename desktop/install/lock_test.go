package install

import (
	"os"
	"strings"
	"testing"
	"time"
)

// lock is as before each install and uninstall.
func (s *stage) lock() {
	s.Helper()
	unlock, err := Lock(s.places)
	s.must(err)
	unlock()
}

// A second run waits for the first one, and is told if that does not end.
func TestLock(t *testing.T) {
	s := newStage(t)
	unlock, err := Lock(s.places)
	s.must(err)
	if _, err := lockFolder(s.home, 50*time.Millisecond); err == nil || !strings.Contains(err.Error(), "another electroscope is changing") {
		t.Error(err)
	}
	time.AfterFunc(50*time.Millisecond, unlock)
	unlock, err = lockFolder(s.home, time.Minute)
	s.must(err)
	unlock()
}

// Two runs that want different apps both have theirs, whatever they see first.
func TestTwoAtATime(t *testing.T) {
	s := newStage(t)
	before := s.tree(false)
	talk := *s
	talk.app = App{Key: "talk", Names: []string{"talk"}, IDs: []string{"talk"}, Exec: []string{"talk"}, Target: s.write("bin/talk", "")}
	s.write("share/applications/talk.desktop", "[Desktop Entry]\nExec=talk\n")
	for range 5 {
		errs := make(chan error)
		for _, who := range []*stage{s, &talk} {
			go func() {
				unlock, err := Lock(who.places)
				if err == nil {
					defer unlock()
					var state State
					if state, err = Read(who.places); err == nil {
						_, err = state.Apply(state.Plan(Request{Self: "/usr/bin/electroscope", Apps: []App{who.app}}))
					}
				}
				errs <- err
			}()
		}
		s.must(<-errs)
		s.must(<-errs)
		s.isTrue()
		if m := s.read().Manifest; !m.Has("chat") || !m.Has("talk") {
			t.Fatalf("the manifest has %+v", m.Records)
		}
		s.uninstall()
		s.same("uninstall", before, s.tree(false))
	}
}

// What a run that was killed leaves goes with the next; files that only look like
// it stay.
func TestClear(t *testing.T) {
	const token = "0123456789abcdef0123456789abcdef"
	for _, where := range []string{"", "/.local", "/.local/state", "/.local/state/electroscope"} {
		s := newStage(t)
		if where != "" {
			s.must(os.MkdirAll(s.home+where, 0o700))
		}
		mine := s.write(s.places.autostart()+"/"+mark+"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"+halfway, "mine")
		s.write(s.places.Bin+"/keep", "")
		s.must(os.Symlink("anywhere", s.home+where+"/"+mark+"bbbb"))
		s.write(s.home+where+"/"+mark+"cccc", atWork+"cccc")
		s.must(os.MkdirAll(s.places.autostart()+"/"+mark+token+halfway, 0o700)) // a folder is none of ours
		before := s.tree(false)

		s.must(os.Symlink(atWork+token, s.home+where+"/"+mark+token))
		s.must(os.MkdirAll(s.places.own(), 0o700))
		r := run{token: token}
		for _, dir := range []string{s.places.own(), s.places.Bin} {
			s.write(r.temporary(dir), "half a fi")
		}
		s.lock()
		s.same("cleared in "+where, before, s.tree(false))
		if f, _ := readFile(mine); f.Text != "mine" {
			t.Error("a file of the user's is gone")
		}
	}
}

// Root is to know a folder of another user's, also one that is yet to be made.
func TestOthers(t *testing.T) {
	own, uid := t.TempDir(), uint32(os.Getuid())
	mine := Dirs{Home: own, Data: own, Config: own + "/missing/config", State: own}
	if got := mine.others(uid); got != "" {
		t.Errorf("%q is another user's", got)
	}
	if got := mine.others(uid + 1); got != own {
		t.Errorf("of another user's folders %q is his", got)
	}
	if uid != 0 {
		return // nobody else can give a folder away
	}
	users := t.TempDir()
	if err := os.Chown(users, 1500, 1500); err != nil {
		t.Fatal(err)
	}
	for _, set := range []func(*Dirs, string){
		func(p *Dirs, dir string) { p.Home = dir }, func(p *Dirs, dir string) { p.Data = dir },
		func(p *Dirs, dir string) { p.Config = dir }, func(p *Dirs, dir string) { p.State = dir },
		func(p *Dirs, dir string) { p.Bin = dir }, func(p *Dirs, dir string) { p.Desktop = dir },
	} {
		for _, dir := range []string{users, users + "/missing/state"} {
			p := mine
			set(&p, dir)
			if got := p.others(uid); got != dir {
				t.Errorf("%+v: %q is another user's", p, got)
			}
		}
	}
}

// Nor is root to write through another user's link, wherever it leads.
func TestOthersLinks(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("only root can give a link to another user")
	}
	own := t.TempDir()
	mine := Dirs{Home: own, Data: own, Config: own + "/config", State: own}
	if err := os.Mkdir(mine.Config, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"electroscope", "systemd"} {
		link := mine.Config + "/" + name
		if err := os.Symlink(t.TempDir(), link); err != nil {
			t.Fatal(err)
		}
		if got := mine.others(0); got != "" {
			t.Errorf("root's own link %q is another user's", got)
		}
		if err := os.Lchown(link, 1500, 1500); err != nil {
			t.Fatal(err)
		}
		if got := mine.others(0); got != link {
			t.Errorf("through another's link %q: %q", link, got)
		}
		if err := os.Remove(link); err != nil {
			t.Fatal(err)
		}
	}
}
