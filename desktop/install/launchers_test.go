package install

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// at is a path that the pattern of a place fits.
func (l place) at(p Dirs) string {
	return filepath.Join(l.dir(p), strings.NewReplacer("launcher-*/*", "launcher-19/17640", "*", "some").Replace(l.name))
}

// What lies where a desktop keeps launchers is led to the link, and comes back byte for byte.
func TestLaunchers(t *testing.T) {
	s := newStage(t)
	made := "#!/usr/bin/env xdg-open\n" + s.entry()
	for _, l := range launcherPlaces {
		s.must(os.Chmod(s.write(l.at(s.places), made), 0o700))
	}
	before := s.tree(false)
	if p := s.install(); len(p.Notes) > 0 {
		t.Errorf("notes %v", p.Notes)
	}
	for _, l := range launcherPlaces {
		if f, _ := readFile(l.at(s.places)); f.Text != s.led(made) || f.Mode != 0o700 {
			t.Errorf("%s: %+v", l.whose, f)
		}
	}
	if p := s.install(); len(p.Changes) > 0 {
		t.Errorf("a second install changes %v", s.paths(p))
	}
	s.uninstall()
	s.same("uninstall", before, s.tree(false))
}

// A launcher that was made while the entries were there has the link's path.
func TestLaunchersMadeLater(t *testing.T) {
	places := append([]place{
		{whose: "KDE's menu editor", dir: Dirs.applications, name: "chat-2.desktop"},
		{whose: "GNOME's tweaks", dir: Dirs.autostart, name: "some.desktop"},
	}, launcherPlaces...)
	s := newStage(t)
	s.install()
	inMenu, _ := readFile(s.places.applications() + "/chat.desktop")
	for _, l := range places {
		s.must(os.Chmod(s.write(l.at(s.places), inMenu.Text), 0o700))
	}
	p := s.uninstall()
	for _, l := range places {
		f, _ := readFile(l.at(s.places))
		if f == nil || f.Text != s.entry() || f.Mode != 0o700 {
			t.Errorf("%s: %+v", l.whose, f)
		}
		if !strings.Contains(s.notes(p), l.at(s.places)+`" starts "`+s.places.Bin+`/chat", which goes: led back to the app's own`) {
			t.Errorf("%s: says %q", l.whose, s.notes(p))
		}
	}
	if m := s.read().Manifest; len(m.Records) > 0 {
		t.Errorf("recorded: %+v", m.Records)
	}
	if p := s.uninstall(); len(p.Changes)+len(p.Notes) > 0 {
		t.Errorf("a second uninstall: %v %s", s.paths(p), s.notes(p))
	}
}

// What a desktop, or the user, makes of a launcher that install has changed is kept, and does
// not name the link after it is gone.
func TestLaunchersSince(t *testing.T) {
	const panel = "/xfce4/panel/launcher-"
	for name, test := range map[string]struct {
		change func(s *stage, file string) (now string)
		want   func(s *stage) string // "": nothing is there
		says   string
	}{
		"written anew": {
			func(s *stage, file string) string { return s.write(file, s.led(s.entry())+"X-Panel=1\n") },
			func(s *stage) string { return s.entry() + "X-Panel=1\n" },
			"was changed since it was written: kept, and led back",
		},
		"with the app's own program": {
			func(s *stage, file string) string { return s.write(file, s.entry()+"X-Panel=1\n") },
			func(s *stage) string { return s.entry() + "X-Panel=1\n" },
			"was changed since it was written: kept",
		},
		"moved": {
			func(s *stage, file string) string {
				moved := s.write(s.places.Config+panel+"20/1.desktop", s.led(s.entry()))
				s.must(os.Remove(file))
				return moved
			},
			func(s *stage) string { return s.entry() },
			"led back to the app's own",
		},
		"removed": {
			func(s *stage, file string) string { s.must(os.Remove(file)); return file },
			func(*stage) string { return "" },
			"",
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStage(t)
			file := s.write(s.places.Config+panel+"19/1.desktop", s.entry())
			s.install()
			now := test.change(s, file)
			p := s.uninstall()
			f, _ := readFile(now)
			if want := test.want(s); want == "" && f != nil || want != "" && (f == nil || f.Text != want) {
				t.Errorf("it is %+v, want %q", f, want)
			}
			if says := s.notes(p); !strings.Contains(says, test.says) || test.says == "" && says != "" {
				t.Errorf("says %q", says)
			}
		})
	}
}

// The app's own entry says what is started, and not only the program that its link led to.
func TestLedBackAsTheEntryHasIt(t *testing.T) {
	s := newStage(t)
	behind := s.write("opt/chat/chat", "")
	s.must(os.Symlink(behind, s.machine+"/opt/Chat"))
	s.app.Target = s.machine + "/opt/Chat"
	s.app.Exec = []string{"/nowhere", s.app.Target}
	own := "[Desktop Entry]\nExec=env A=b \"" + behind + "\" --tray %U\n[Desktop Action new]\nExec=" + behind + " --new\n"
	s.write("share/applications/chat.desktop", own)
	s.install()
	inMenu, _ := readFile(s.places.applications() + "/chat.desktop")
	file := s.write(s.places.Desktop+"/chat.desktop", inMenu.Text)
	s.uninstall()
	if f, _ := readFile(file); f.Text != strings.Replace(own, `"`+behind+`"`, behind, 1) {
		t.Errorf("%q", f.Text)
	}
}

// A copy of an entry of ours that install has changed again does not come back with the link.
func TestLedBackFromTheOriginal(t *testing.T) {
	s := newStage(t)
	s.install()
	file := s.write(s.places.Desktop+"/chat.desktop", s.led(s.entry())+"[Desktop Action new]\nExec="+s.app.Target+" --new\n")
	s.install()
	if f, _ := readFile(file); strings.Contains(f.Text, s.app.Target) {
		t.Errorf("after install: %q", f.Text)
	}
	s.uninstall()
	if f, _ := readFile(file); f.Text != s.entry()+"[Desktop Action new]\nExec="+s.app.Target+" --new\n" {
		t.Errorf("after uninstall: %q", f.Text)
	}
}

// A link that was there before comes back, and what names it stays.
func TestOlderLink(t *testing.T) {
	s := newStage(t)
	for _, name := range s.app.Names {
		s.must(os.MkdirAll(s.places.Bin, 0o755))
		s.must(os.Symlink("/opt/older/electroscope", s.places.Bin+"/"+name))
	}
	s.write(s.places.Desktop+"/chat.desktop", s.led(s.entry()))
	before := s.tree(false)
	s.install()
	if p := s.uninstall(); len(p.Notes) > 0 {
		t.Errorf("says %s", s.notes(p))
	}
	s.same("uninstall", before, s.tree(false))
}

// One app goes, and the launchers of the other stay with its link.
func TestLedBackOfOneApp(t *testing.T) {
	s := newStage(t)
	chat := s.app
	s.install()
	s.app = App{Key: "talk", Names: []string{"talk"}, IDs: []string{"talk"}, Exec: []string{"talk"}, Target: s.write("bin/talk", "")}
	s.write("share/applications/talk.desktop", "[Desktop Entry]\nExec="+s.app.Target+"\n")
	s.install()
	file := s.write(s.places.Desktop+"/both.desktop", "[Desktop Entry]\nExec="+s.places.Bin+"/chat\n[Desktop Action talk]\nExec="+s.places.Bin+"/talk %u\n")
	s.uninstall("talk")
	if f, _ := readFile(file); f.Text != "[Desktop Entry]\nExec="+s.places.Bin+"/chat\n[Desktop Action talk]\nExec="+s.app.Target+" %u\n" {
		t.Errorf("%q", f.Text)
	}
	s.app = chat
	s.uninstall()
	if f, _ := readFile(file); strings.Contains(f.Text, s.places.Bin) {
		t.Errorf("%q", f.Text)
	}
}

// What cannot be led back is named, and fails the uninstall.
func TestNoWayBack(t *testing.T) {
	for name, test := range map[string]struct{ entry, says string }{
		"by a way that is not followed": {"Exec=unknown-runner LINK", "names"},
		"its app is gone":               {"Exec=LINK", "the app is not found any more"},
	} {
		s := newStage(t)
		s.install()
		text := "[Desktop Entry]\n" + strings.ReplaceAll(test.entry, "LINK", s.places.Bin+"/chat") + "\n"
		file := s.write(s.places.Desktop+"/x.desktop", text)
		if name == "its app is gone" {
			s.must(os.Remove(s.app.Target))
			s.must(os.Remove(s.machine + "/share/applications/chat.desktop"))
		}
		p := s.uninstall()
		if f, _ := readFile(file); f.Text != text {
			t.Errorf("%s: %q", name, f.Text)
		}
		if len(p.Notes) != 1 || !p.Notes[0].Failure || !strings.Contains(p.Notes[0].Text, "which goes: left alone") {
			t.Errorf("%s: says %+v", name, p.Notes)
		}
	}
}

// A link on the desktop to the app's entry is a way round as well.
func TestLinksOnTheDesktop(t *testing.T) {
	s := newStage(t)
	own := s.machine + "/share/applications/chat.desktop"
	s.must(os.MkdirAll(s.places.Desktop, 0o755))
	link := s.places.Desktop + "/Chat.desktop"
	s.must(os.Symlink(own, link))
	elsewhere := s.places.Desktop + "/else.desktop"
	s.must(os.Symlink(s.write("opt/else.desktop", "[Desktop Entry]\nExec=vim\n"), elsewhere))
	before := s.tree(false)
	s.install()
	ours := s.places.applications() + "/chat.desktop"
	if to, _ := os.Readlink(link); to != ours {
		t.Errorf("it leads to %q", to)
	}
	if p := s.install(); len(p.Changes)+len(p.Notes) > 0 {
		t.Errorf("a second install: %v %s", s.paths(p), s.notes(p))
	}
	s.uninstall()
	s.same("uninstall", before, s.tree(false))

	s.install()
	later := s.places.Desktop + "/later.desktop"
	s.must(os.Symlink("../.local/share/applications/chat.desktop", later))
	if p := s.install2(); len(p.Changes)+len(p.Notes) > 0 {
		t.Errorf("one that leads to ours: %v %s", s.paths(p), s.notes(p))
	}
	s.uninstall()
	if to, _ := os.Readlink(later); to != own {
		t.Errorf("one that was made later leads to %q", to)
	}
}

// A link to the machine's entry goes to the user's own, if he has one of that id.
func TestLinkPastTheUsersOwn(t *testing.T) {
	s := newStage(t)
	ours := s.write(s.places.applications()+"/chat.desktop", s.entry())
	s.must(os.MkdirAll(s.places.Desktop, 0o755))
	link := s.places.Desktop + "/Chat.desktop"
	s.must(os.Symlink(s.machine+"/share/applications/chat.desktop", link))
	before := s.tree(false)
	if p := s.install(); len(p.Notes) > 0 {
		t.Errorf("says %s", s.notes(p))
	}
	if to, _ := os.Readlink(link); to != ours {
		t.Errorf("it leads to %q", to)
	}
	s.uninstall()
	s.same("uninstall", before, s.tree(false))
}

// A launcher that is another app's, or is behind a link to a folder, is left alone.
func TestLaunchersLeftAlone(t *testing.T) {
	s := newStage(t)
	others := s.write(s.places.Desktop+"/chat.desktop", "[Desktop Entry]\nExec=vim\n")
	shared := t.TempDir()
	behind := s.write(shared+"/1.desktop", s.entry())
	s.must(os.MkdirAll(s.places.Config+"/xfce4/panel", 0o755))
	s.must(os.Symlink(shared, s.places.Config+"/xfce4/panel/launcher-7"))
	before := s.tree(false)
	p := s.install()
	if f, _ := readFile(others); f.Text != "[Desktop Entry]\nExec=vim\n" {
		t.Errorf("%q", f.Text)
	}
	if f, _ := readFile(behind); f.Text != s.entry() {
		t.Errorf("%q", f.Text)
	}
	if len(p.Notes) != 1 || p.Notes[0].Failure || !strings.Contains(p.Notes[0].Text, "is behind the link") {
		t.Errorf("says %+v", p.Notes)
	}
	s.uninstall()
	s.same("uninstall", before, s.tree(false))
}

// XFCE's panel has names of its own for the copies that it makes.
func TestLauncherID(t *testing.T) {
	for _, test := range []struct{ path, text, want string }{
		{"/d/chat.desktop", "[Desktop Entry]\n", "chat"},
		{"/d/17640.desktop", "[Desktop Entry]\nX-XFCE-Source=file:///usr/share/applications/chat.desktop\n", "chat"},
		{"/d/17640.desktop", "no entry", "17640"},
	} {
		if got := launcherID(test.path, test.text); got != test.want {
			t.Errorf("%s: %q, want %q", test.path, got, test.want)
		}
	}
}

func TestDesktopFolder(t *testing.T) {
	for text, want := range map[string]string{
		"":                                      "/home/me/Desktop",
		"XDG_DESKTOP_DIR=\"$HOME/Bureau\"\n":    "/home/me/Bureau",
		"# XDG_DESKTOP_DIR=\"$HOME/Bureau\"\n":  "/home/me/Desktop",
		"XDG_DESKTOP_DIR=\"$HOME/\"\n":          "",
		"XDG_DESKTOP_DIR=\"/home/me/A b\"\n":    "/home/me/A b",
		"XDG_DESKTOP_DIR=\"/srv/desktop\"\n":    "",
		"XDG_DESKTOP_DIR=\"$HOME/../you/D\"\n":  "",
		"XDG_DOWNLOAD_DIR=\"$HOME/Desktop2\"\n": "/home/me/Desktop",
	} {
		if got := desktopFolder("/home/me", text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// A manifest cannot have an uninstall write where no desktop keeps launchers.
func TestHoldLaunchers(t *testing.T) {
	s := newStage(t)
	for path, ours := range map[string]bool{
		s.places.Desktop + "/x.desktop":                              true,
		s.places.Config + "/xfce4/panel/launcher-1/x.desktop":        true,
		s.places.Config + "/xfce4/panel/launcher-1/deeper/x.desktop": false,
		s.places.Config + "/xfce4/panel/launcher-1/rc":               false,
		s.places.Desktop + "/deeper/x.desktop":                       false,
		"/etc/xdg/autostart/x.desktop":                               false,
		s.places.Config + "/xfce4/panel/launcher-1/../../x.desktop":  false,
		s.places.Data + "/applications/x.desktop":                    false,
	} {
		if err := s.places.hold(Record{Path: path, Kind: Launcher}); (err == nil) != ours {
			t.Errorf("%s: %v", path, err)
		}
	}
}

// A run that is killed while it leads a launcher back, which no manifest records, leaves
// nothing for long.
func TestClearBesideLaunchers(t *testing.T) {
	s := newStage(t)
	file := s.write(s.places.Desktop+"/chat.desktop", s.entry())
	before := s.tree(false)
	r := s.read().begin()
	s.write(r.temporary(filepath.Dir(file)), "half")
	s.places.clear()
	s.same("the next run", before, s.tree(false))
}
