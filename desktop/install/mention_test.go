package install

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// Each place of another format is looked at, and stays as it is.
func TestMentions(t *testing.T) {
	s := newStage(t)
	for _, l := range mentionPlaces {
		s.write(l.at(s.places), "# "+s.app.Target+"\nthis="+s.app.Target+"-beta\n"+l.key+"that="+s.app.Target+" %u\n")
	}
	before := s.tree(false)
	for _, minor := range []bool{false, true} { // the second install says it to who asks
		p := s.install()
		for i, l := range mentionPlaces {
			want := fmt.Sprintf("%s:3 (%s): %q starts it without its limits: left alone", l.at(s.places), l.whose, s.app.Target)
			if n := p.Notes[i]; n.Text != want || n.Minor != minor || n.Failure || n.Remedy == "" {
				t.Errorf("says %+v, want %q", n, want)
			}
		}
		if len(p.Notes) != len(mentionPlaces) || minor && len(p.Changes) > 0 {
			t.Errorf("changes %v, says %s", s.paths(p), s.notes(p))
		}
	}
	if p := s.uninstall(); len(p.Notes) > 0 {
		t.Errorf("uninstall says %v", p.Notes)
	}
	s.same("uninstall", before, s.tree(false))
}

// What names a link or an entry that goes is named with what to put in its place.
func TestMentionsOfWhatGoes(t *testing.T) {
	s := newStage(t)
	ours := s.places.applications() + "/chat.desktop"
	s.install()
	quick := s.write(s.places.Config+"/lxqt/panel.conf", "[quicklaunch]\napps\\1\\desktop="+ours+"\n")
	key := s.write(s.places.Config+"/sway/config", "bindsym Mod4+d exec "+s.places.Bin+"/chat\n")
	if p := s.install2(); len(p.Notes) > 0 {
		t.Errorf("install says %v", p.Notes)
	}
	p := s.uninstall()
	var want strings.Builder
	fmt.Fprintf(&want, "%s:1 (sway): %q, which goes put %q in its place\n", key, s.places.Bin+"/chat", s.app.Target)
	fmt.Fprintf(&want, "%s:2 (LXQt's quick launch): %q, which goes put %q in its place\n", quick, ours, s.machine+"/share/applications/chat.desktop")
	if got := s.notes(p); got != want.String() {
		t.Errorf("says\n%swant\n%s", got, want.String())
	}
}

// An app's entry of the machine's by its path goes round the one that took its place.
func TestMentionsOfEntries(t *testing.T) {
	s := newStage(t)
	own := s.machine + "/share/applications/chat.desktop"
	s.write(s.places.Config+"/plank/dock1/launchers/chat.dockitem", "[PlankDockItemPreferences]\nLauncher=file://"+own+"\n")
	if says := s.notes(s.install()); !strings.Contains(says, fmt.Sprintf("(Plank): %q", own)) || !strings.Contains(says, "add it again from the menu") {
		t.Errorf("says %q", says)
	}
}

// Plasma's file says of an icon widget also what it is a copy of: that starts nothing.
func TestMentionKey(t *testing.T) {
	const path = "/usr/share/applications/chat.desktop"
	text := "[Containments][2][Applets][31][Configuration]\nlocalPath=/h/.local/share/plasma_icons/chat.desktop\nurl=file://" + path + "\n" +
		"[Containments][2][Applets][5][Configuration][General]\nlaunchers=applications:other.desktop,file://" + path + "\n"
	if got := mentionsIn(text, "launchers=", []string{path}); len(got) != 1 || got[0].line != 5 {
		t.Errorf("%+v", got)
	}
}

func TestNames(t *testing.T) {
	const path = "/usr/bin/chat"
	for _, test := range []struct {
		text  string
		names bool
	}{
		{"/usr/bin/chat", true},
		{"Exec=/usr/bin/chat %U", true},
		{`value="/usr/bin/chat"/>`, true},
		{"a,file:///usr/bin/chat,b", true},
		{"[$mod]+d exec '/usr/bin/chat'", true},
		{"/usr/bin/chat-beta /usr/bin/chat", true},
		{"/usr/bin/chat-beta", false},
		{"/usr/bin/chat.sh", false},
		{"/usr/bin/chat/x", false},
		{"/opt/usr/bin/chat", false},
		{"~/usr/bin/chat", false},
		{"chat", false},
		{"", false},
	} {
		if got := names(test.text, path, false); got != test.names {
			t.Errorf("%q: %v", test.text, got)
		}
	}
}

// A program that several apps have says nothing of one of them.
func TestWaysRound(t *testing.T) {
	s := State{Dirs: Dirs{Data: "/h"}, entries: []candidate{
		{id: "a", path: "/h/applications/a.desktop"}, {id: "a", path: "/s/applications/a.desktop"}, {id: "b", path: "/s/applications/b.desktop"},
	}}
	entries := []desired{{Record: Record{Path: "/h/applications/a.desktop"}}}
	for _, test := range []struct {
		app  App
		want string
	}{
		{App{Target: "/usr/bin/chat", Exec: []string{"chat", "/usr/bin/chat", "/opt/chat"}}, "[/usr/bin/chat /opt/chat /s/applications/a.desktop]"},
		{App{Target: "/usr/bin/browser", Args: []string{"--app=x"}}, "[/s/applications/a.desktop]"},
		{App{Target: "/usr/bin/chat", Program: "/usr/lib/electron/electron"}, "[/usr/bin/chat /s/applications/a.desktop]"},
	} {
		if got := fmt.Sprint(s.waysRound(test.app, entries)); got != test.want {
			t.Errorf("%+v: %s", test.app, got)
		}
	}
}

// A database's texts end with NUL; the file is dconf's own work.
func TestDatabase(t *testing.T) {
	text, err := os.ReadFile("testdata/dconf-user")
	if err != nil {
		t.Fatal(err)
	}
	for path, names := range map[string]bool{"/usr/bin/chat": true, "/usr/bin/talk": true, "/usr/bin/cha": false, "/usr/bin/gone": false} {
		if got := mentionsIn(string(text), "", []string{path}); (len(got) == 1) != names || names && got[0].line != 0 {
			t.Errorf("%s: %+v", path, got)
		}
	}
}
