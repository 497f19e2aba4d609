package install

import (
	"os"
	"strings"
	"syscall"
	"testing"
)

// Entries that cannot be used are named, nothing is made of them, and the rest of
// the app is installed.
func TestBadEntries(t *testing.T) {
	for _, test := range []struct {
		name, want string
		make       func(s *stage, path string)
	}{
		{"not UTF-8", "is not UTF-8 in line 6", func(s *stage, path string) { s.write(path, s.entry()+"Name[de]=\xe9\n") }},
		{"no Exec", "has no Exec", func(s *stage, path string) { s.write(path, "[Desktop Entry]\nName=x\n") }},
		{"another Exec", "starts something else", func(s *stage, path string) { s.write(path, "[Desktop Entry]\nExec=vim\n") }},
		{"an unclear Exec", `:2: Exec=firejail chat: left alone, for "chat" is named, but it starts "firejail"`, func(s *stage, path string) { s.write(path, "[Desktop Entry]\nExec=firejail chat\n") }},
		{"two groups", "more than one group", func(s *stage, path string) { s.write(path, s.entry()+s.entry()) }},
		{"no group", "no group", func(s *stage, path string) { s.write(path, "Exec=chat\n") }},
		{"empty", "no group", func(s *stage, path string) { s.write(path, "") }},
		{"2 MB", "larger than 1024 KiB", func(s *stage, path string) { s.write(path, s.entry()+strings.Repeat("# comment\n", 200<<10)) }},
		{"5 MB", "larger than 4 MiB", func(s *stage, path string) { s.write(path, s.entry()+strings.Repeat("# comment\n", 500<<10)) }},
		{"a link loop", "too many levels", func(s *stage, path string) { s.must(os.Symlink(path, path)) }},
		{"a link to nothing", "no such file", func(s *stage, path string) { s.must(os.Symlink("/nothing", path)) }},
		{"a folder", "not a regular file", func(s *stage, path string) { s.must(os.Mkdir(path, 0o755)) }},
		{"a pipe", "not a regular file", func(s *stage, path string) { s.must(syscall.Mkfifo(path, 0o644)) }},
	} {
		for _, whose := range []string{"the app's", "the user's"} {
			t.Run(test.name+", "+whose, func(t *testing.T) {
				s := newStage(t)
				path := s.machine + "/share/applications/chat.desktop"
				s.must(os.Remove(path))
				if whose == "the user's" {
					path = s.places.applications() + "/chat.desktop"
					s.must(os.MkdirAll(s.places.applications(), 0o755))
				}
				test.make(s, path)
				before := s.tree2()
				p := s.install()
				if !strings.Contains(s.notes(p), test.want) || !strings.Contains(s.notes(p), path) {
					t.Errorf("notes: %.300s", s.notes(p))
				}
				if got := strings.Join(s.paths(p), " "); got != ".config/autostart/chat.desktop .local/bin/Chat .local/bin/chat" {
					t.Errorf("changes %s", got)
				}
				s.uninstall()
				s.same("uninstall", before, s.tree2())
			})
		}
	}
}

// tree2 is a tree without what cannot be read.
func (s *stage) tree2() map[string]string {
	s.Helper()
	path := s.places.applications() + "/chat.desktop"
	if info, err := os.Lstat(path); err == nil && info.Mode()&os.ModeNamedPipe != 0 {
		return nil
	}
	return s.tree(false)
}

// A link of the user's, or of a dotfile manager's, is not replaced by a file.
func TestLinkedEntry(t *testing.T) {
	s := newStage(t)
	elsewhere := s.write(s.home+"/dotfiles/chat.desktop", s.entry())
	s.must(os.MkdirAll(s.places.autostart(), 0o755))
	s.must(os.Symlink(elsewhere, s.places.autostart()+"/chat.desktop"))
	p := s.install()
	if !strings.Contains(s.notes(p), `autostart/chat.desktop" is a link to "`+elsewhere) {
		t.Error(s.notes(p))
	}
	if f, _ := readFile(s.places.autostart() + "/chat.desktop"); f.Link != elsewhere {
		t.Errorf("%+v", f)
	}
}

// Where a folder is none that is told, the rest is done, and the manifest has the rest.
func TestNoFolder(t *testing.T) {
	s := newStage(t)
	s.write(s.places.autostart(), "a file in the folder's place")
	before := s.tree(false)
	p := s.install()
	if !strings.Contains(s.notes(p), s.places.autostart()) || len(s.paths(p)) != 4 {
		t.Errorf("%v: %s", s.paths(p), s.notes(p))
	}
	s.uninstall()
	s.same("uninstall", before, s.tree(false))
}

// Where a file cannot be written the error names it, and nothing of it is left.
func TestPartFails(t *testing.T) {
	s := newStage(t)
	before := s.tree(false)
	state, p := s.plan()
	inTheWay := s.write(s.home+"/.local/share", "a file in the folder's place")
	done, err := state.Apply(p)
	if err == nil || !strings.Contains(err.Error(), inTheWay) || len(done) != 3 {
		t.Errorf("%v, %d done", err, len(done))
	}
	s.isTrue()
	if _, recorded := s.read().Manifest.Record(s.places.applications() + "/chat.desktop"); recorded {
		t.Error("the manifest has what is not there")
	}
	s.uninstall()
	if f, _ := readFile(inTheWay); f == nil || f.Text != "a file in the folder's place" {
		t.Errorf("uninstall leaves %+v", f)
	}
	s.must(os.Remove(inTheWay))
	s.must(os.Remove(s.home + "/.local"))
	s.same("uninstall", before, s.tree(false))
}

// Whichever change fails, no entry leads to a link that is not there.
func TestEntryNeedsItsLink(t *testing.T) {
	s := newStage(t)
	before := s.tree(false)
	state, p := s.plan()
	s.must(os.MkdirAll(s.places.Bin, 0o755))
	for _, name := range s.app.Names { // in the way since the plan was made
		s.write(s.places.Bin+"/"+name, "")
	}
	if _, err := state.Apply(p); err == nil || !strings.Contains(err.Error(), `/.local/bin/chat" could not be made`) {
		t.Errorf("%v", err)
	}
	for _, dir := range []string{s.places.applications(), s.places.autostart()} {
		if f, _ := readFile(dir + "/chat.desktop"); f != nil {
			t.Errorf("an entry without its link: %s", f.Text)
		}
	}
	s.must(os.RemoveAll(s.home + "/.local"))
	s.same("what fails", before, s.tree(false))

	s.install()
	state = s.read()
	p = state.Undo(nil)
	path := s.places.applications() + "/chat.desktop"
	s.write(path, "edited since the plan was made")
	if _, err := state.Apply(p); err == nil || !strings.Contains(err.Error(), `/.local/bin/chat" is kept: "`+path) {
		t.Errorf("%v", err)
	}
	if f, _ := readFile(s.places.Bin + "/chat"); f == nil {
		t.Error("the link is gone, the entry stays")
	}
}

// Where not even the manifest can be written nothing is done.
func TestNoManifest(t *testing.T) {
	s := newStage(t)
	s.write(s.places.State, "a file in the folder's place")
	before := s.tree(false)
	state, err := Read(s.places)
	if err == nil {
		_, err = state.Apply(state.Plan(Request{Self: "/usr/bin/electroscope", Apps: []App{s.app}}))
	}
	if err == nil || !strings.Contains(err.Error(), s.places.State) {
		t.Errorf("%v", err)
	}
	s.same("what fails", before, s.tree(false))
}

func TestSpoiltManifest(t *testing.T) {
	for _, text := range []string{"{", `{"version": 2}`, `{"version": "x"}`} {
		s := newStage(t)
		s.write(s.places.Manifest(), text)
		if _, err := Read(s.places); err == nil || !strings.Contains(err.Error(), s.places.Manifest()) {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func TestLinkedManifest(t *testing.T) {
	s := newStage(t)
	s.install()
	elsewhere := s.home + "/install.json"
	s.must(os.Rename(s.places.Manifest(), elsewhere))
	s.must(os.Symlink(elsewhere, s.places.Manifest()))
	if _, err := Read(s.places); err == nil || !strings.Contains(err.Error(), "it is a link to") {
		t.Errorf("%v", err)
	}
}

// What the user has put in the place of a file of ours, or of its folder, is kept, and
// no later uninstall comes back to it.
func TestOtherInPlace(t *testing.T) {
	for name, put := range map[string]func(s *stage) (path string){
		"a folder for a link": func(s *stage) string {
			path := s.places.Bin + "/chat"
			s.must(os.Remove(path))
			s.must(os.Mkdir(path, 0o755))
			return path
		},
		"a pipe for an entry": func(s *stage) string {
			path := s.places.applications() + "/chat.desktop"
			s.must(os.Remove(path))
			s.must(syscall.Mkfifo(path, 0o644))
			return path
		},
		"a file for a folder": func(s *stage) string {
			s.must(os.RemoveAll(s.places.autostart()))
			return s.write(s.places.autostart(), "the user's")
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStage(t)
			s.install()
			path := put(s)
			was, err := os.Lstat(path)
			s.must(err)
			if p := s.uninstall(); strings.Contains(s.notes(p), "not a ") {
				t.Errorf("says: %s", s.notes(p))
			}
			if now, err := os.Lstat(path); err != nil || !os.SameFile(was, now) {
				t.Errorf("%s: %v, %v", path, now, err)
			}
			if f, err := readFile(s.places.Manifest()); f != nil || err != nil {
				t.Errorf("the manifest stays: %+v, %v", f, err)
			}
		})
	}
}

// Cut off after any change, what was done is taken out, and what was not can be
// done.
func TestCutOff(t *testing.T) {
	prepare := func(t *testing.T) (*stage, map[string]string) {
		s := newStage(t)
		s.write(s.places.autostart()+"/mine.desktop", s.entry())
		return s, s.tree(false)
	}
	again := func(s *stage) { // an update of files that are there
		s.install()
		s.write("share/applications/chat.desktop", s.entry()+"X-Newer=1\n")
		s.write(s.places.autostart()+"/mine.desktop", s.entry()) // as before
	}
	for _, start := range []struct {
		name string
		do   func(*stage)
	}{{"first install", func(*stage) {}}, {"update", again}} {
		for steps := range 6 {
			for _, then := range []string{"uninstall", "install"} {
				s, before := prepare(t)
				start.do(s)
				state, p := s.plan()
				if steps > len(p.Changes) {
					continue
				}
				intent := state.intent(p)
				r := state.begin()
				s.must(os.MkdirAll(s.places.own(), folderMode))
				s.must(state.save(r, intent))
				for _, c := range p.Changes[:steps] {
					s.must(r.act(c))
				}
				if then == "install" {
					s.install2()
					if _, p := s.plan(); len(p.Changes) > 0 {
						t.Errorf("%s, %d steps: install leaves %v", start.name, steps, s.paths(p))
					}
				}
				s.uninstall()
				s.same(start.name+" cut off, then "+then, before, s.tree(false))
			}
		}
	}
}

// What changes between the look and the act is not overwritten.
func TestChangedMeanwhile(t *testing.T) {
	s := newStage(t)
	state, p := s.plan()
	mine := s.write(s.places.autostart()+"/chat.desktop", "mine")
	if _, err := state.Apply(p); err == nil || !strings.Contains(err.Error(), "changed meanwhile") {
		t.Error(err)
	}
	if f, _ := readFile(mine); f.Text != "mine" {
		t.Errorf("%q", f.Text)
	}
}
