package install

import (
	"fmt"
	"strings"
	"testing"
)

// An app that writes its autostart entry anew at each start has it, after a while: neither
// install nor --check goes on about it, and uninstall leaves what the app has written.
func TestWrittenBack(t *testing.T) {
	for name, test := range map[string]struct {
		text  func(s *stage, start int) string
		leads int // how often install leads it to the link
	}{
		"the same":               {func(s *stage, _ int) string { return s.entry() }, 2},
		"with a word more":       {func(s *stage, _ int) string { return strings.Replace(s.entry(), " %U", " --hidden", 1) }, 2},
		"with the time of start": {func(s *stage, start int) string { return s.entry() + fmt.Sprintf("X-Time=%d\n", start) }, 3},
	} {
		s := newStage(t)
		mine := s.write(s.places.autostart()+"/chat.desktop", s.entry())
		leads := 0
		var p Plan
		for start := range 6 {
			before := s.tree(true)
			p = s.install2()
			if f, _ := readFile(mine); strings.Contains(f.Text, s.places.Bin) {
				leads++
			} else {
				s.same(name+": left alone", before, s.tree(true))
			}
			s.write(mine, test.text(s, start))
		}
		if leads != test.leads {
			t.Errorf("%s: led to the link %d times, want %d", name, leads, test.leads)
		}
		if len(s.paths(p)) > 0 || len(p.Notes) != 1 || p.Notes[0].Failure || !strings.Contains(s.notes(p), "is written anew whenever install has led it") {
			t.Errorf("%s: changes %v, says %s", name, s.paths(p), s.notes(p))
		}
		written, _ := readFile(mine)
		s.uninstall()
		if f, _ := readFile(mine); f == nil || f.Text != written.Text {
			t.Errorf("%s: uninstall makes it %+v", name, f)
		}
	}
}

// What the user wrote anew is led to the link as before, and so is what an app once did.
func TestWrittenBackOnce(t *testing.T) {
	s := newStage(t)
	mine := s.write(s.places.autostart()+"/mine.desktop", s.entry())
	before := s.tree(false)
	s.install()
	s.write(mine, s.entry())
	_, p := s.plan()
	if len(p.Changes) != 1 || p.Changes[0].Why != "written anew since" {
		t.Errorf("%+v", p.Changes)
	}
	s.install()
	if f, _ := readFile(mine); f.Text != s.led(s.entry()) {
		t.Errorf("%q", f.Text)
	}
	if _, p := s.plan(); len(p.Changes) > 0 {
		t.Errorf("again %v", s.paths(p))
	}
	s.uninstall()
	s.same("uninstall", before, s.tree(false))
}
