package install

import (
	"testing"
)

// What a desktop would choose for a type stays what it was before.
func TestCacheKeepsTheOrder(t *testing.T) {
	for _, test := range []struct{ name, users, local, share, want string }{
		{"alone", "", "", "a/b=chat.desktop;\nc/d=other.desktop;\n", "[MIME Cache]\na/b=chat.desktop;\n"},
		{"after another", "", "", "a/b=other.desktop;chat.desktop;third.desktop;\n", "[MIME Cache]\na/b=other.desktop;chat.desktop;\n"},
		{"after another folder's", "", "a/b=other.desktop;\n", "a/b=chat.desktop;\n", "[MIME Cache]\na/b=other.desktop;chat.desktop;\n"},
		{"before", "", "", "a/b=chat.desktop;other.desktop;\n", "[MIME Cache]\na/b=chat.desktop;\n"},
		{"the user's first", "[MIME Cache]\na/b=mine.desktop;\nx/y=mine.desktop;\n", "", "a/b=chat.desktop;\n", "[MIME Cache]\na/b=mine.desktop;chat.desktop;\nx/y=mine.desktop;\n"},
		{"the user's without an end", "[MIME Cache]\nx/y=mine.desktop;", "", "a/b=chat.desktop;\n", "[MIME Cache]\nx/y=mine.desktop;\na/b=chat.desktop;\n"},
		{"named by the user's", "[MIME Cache]\na/b=chat.desktop;\n", "", "a/b=chat.desktop;\n", "[MIME Cache]\na/b=chat.desktop;\n"},
		{"of no type", "", "", "c/d=other.desktop;\n", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := newStage(t)
			if test.users != "" {
				s.write(s.places.cache(), test.users)
			}
			s.write("local/applications/mimeinfo.cache", "[MIME Cache]\n"+test.local)
			s.write("share/applications/mimeinfo.cache", "[MIME Cache]\n"+test.share)
			before := s.tree(false)
			s.install()
			now, err := readFile(s.places.cache())
			s.must(err)
			if got := textOf(now); got != test.want {
				t.Errorf("%q, want %q", got, test.want)
			}
			s.uninstall()
			s.same("uninstall", before, s.tree(false))
		})
	}
}

func textOf(f *File) string {
	if f == nil {
		return ""
	}
	return f.Text
}

// An entry that another folder's hides is not listed by that one's cache.
func TestCacheOfHidden(t *testing.T) {
	s := newStage(t)
	s.write("local/applications/third.desktop", "[Desktop Entry]\nExec=third\n")
	s.write("share/applications/mimeinfo.cache", "[MIME Cache]\na/b=third.desktop;chat.desktop;\n")
	s.install()
	if now, _ := readFile(s.places.cache()); textOf(now) != "[MIME Cache]\na/b=chat.desktop;\n" {
		t.Errorf("%+v", now)
	}
}

// Somebody runs update-desktop-database in between.
func TestCacheMadeAnew(t *testing.T) {
	for _, test := range []struct{ anew, after string }{
		{"[MIME Cache]\nx-scheme-handler/chat=chat.desktop;\ny/z=chat.desktop;\n", ""},
		{"[MIME Cache]\nx-scheme-handler/chat=mine.desktop;chat.desktop;\n", "[MIME Cache]\nx-scheme-handler/chat=mine.desktop;\n"},
	} {
		s := newStage(t)
		before := s.tree(false)
		s.install()
		s.write(s.places.cache(), test.anew)
		if p := s.install2(); len(p.Changes) > 0 {
			t.Errorf("install changes %v", s.paths(p))
		}
		s.uninstall()
		now, _ := readFile(s.places.cache())
		if textOf(now) != test.after {
			t.Errorf("%q is left of %q", textOf(now), test.anew)
		}
		if test.after == "" {
			s.same("uninstall", before, s.tree(false))
		}
	}
}
