package install

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
)

// TestStrangeRecords: a manifest that somebody else has written has nothing removed,
// replaced or read elsewhere.
func TestStrangeRecords(t *testing.T) {
	s := newStage(t)
	elsewhere := t.TempDir()
	for name, make := range map[string]func() (Record, string){
		"beside": func() (Record, string) { return Record{Path: s.home + "/notes.txt", Kind: Link}, s.home + "/notes.txt" },
		"dots": func() (Record, string) {
			return Record{Path: s.places.Bin + "/../../../" + elsewhere + "/victim", Kind: Link}, elsewhere + "/victim"
		},
		"one dot": func() (Record, string) { return Record{Path: s.places.Bin + "/./x", Kind: Link}, s.places.Bin + "/x" },
		"absolute": func() (Record, string) {
			return Record{Path: elsewhere + "/v.desktop", Kind: Entry}, elsewhere + "/v.desktop"
		},
		"another kind": func() (Record, string) { return Record{Path: s.places.Bin + "/v", Kind: Entry}, s.places.Bin + "/v" },
		"no kind":      func() (Record, string) { return Record{Path: s.places.Bin + "/w", Kind: "x"}, s.places.Bin + "/w" },
		"not its name": func() (Record, string) {
			return Record{Path: s.places.autostart() + "/notes", Kind: Autostart}, s.places.autostart() + "/notes"
		},
		"a unit of the user's": func() (Record, string) {
			return Record{Path: s.places.Unit("mine.service"), Kind: Unit}, s.places.Unit("mine.service")
		},
		"below bin": func() (Record, string) { return Record{Path: s.places.Bin + "/a/b", Kind: Link}, s.places.Bin + "/a/b" },
		"the folder": func() (Record, string) {
			return Record{Path: s.places.Bin, Kind: Link}, s.places.Bin + "/z"
		},
		"behind a link": func() (Record, string) {
			s.must(os.MkdirAll(s.places.applications(), 0o700))
			s.must(os.Symlink(elsewhere, s.places.applications()+"/sub"))
			return Record{Path: s.places.applications() + "/sub/u.desktop", Kind: Entry}, elsewhere + "/u.desktop"
		},
		"drop-ins behind a link": func() (Record, string) {
			s.must(os.MkdirAll(s.places.Unit(""), 0o700))
			s.must(os.Symlink(elsewhere, s.places.Unit("a-.scope.d")))
			return Record{Path: s.places.Unit("a-.scope.d/electroscope.conf"), Kind: DropIn}, elsewhere + "/electroscope.conf"
		},
	} {
		t.Run(name, func(t *testing.T) {
			r, victim := make()
			s.write(victim, "precious")
			f, err := readFile(victim)
			s.must(err)
			r.SHA256 = f.Sum()
			folder := t.TempDir()
			m := Manifest{Version: version, Records: []Record{r}, Folders: []string{folder, s.home + "/.config/../../" + folder}}
			text, err := json.Marshal(m)
			s.must(err)
			s.write(s.places.Manifest(), string(text))
			for what, plan := range map[string]func() Plan{"install": s.install2, "uninstall": func() Plan { return s.uninstall() }} {
				p := plan()
				if len(p.Notes) == 0 || !strings.Contains(s.notes(p), "is recorded but") || !strings.Contains(s.notes(p), "left alone") {
					t.Errorf("%s says: %s", what, s.notes(p))
				}
				if now, _ := readFile(victim); now.Sum() != f.Sum() {
					t.Errorf("%s leaves %+v", what, now)
				}
				if _, err := os.Stat(folder); err != nil {
					t.Errorf("%s: %v", what, err)
				}
			}
			s.must(os.RemoveAll(s.places.own()))
		})
	}
}

// TestMovedFolders: what the user puts in the place of a folder that an install made
// is his, be it a link or a file.
func TestMovedFolders(t *testing.T) {
	for _, moved := range []string{".local", ".local/bin", ".local/share", ".local/share/applications", ".local/state", ".config", ".config/autostart"} {
		s := newStage(t)
		s.install()
		away := t.TempDir() + "/moved"
		s.must(os.Rename(s.home+"/"+moved, away))
		s.write(away+"/precious", "data")
		s.must(os.Symlink(away, s.home+"/"+moved))
		s.write("share/applications/chat.desktop", s.entry()+"X-Newer=1\n")
		s.install2() // an update, which sweeps too
		if to, _ := os.Readlink(s.home + "/" + moved); to != away {
			t.Fatalf("%s: install leaves %q", moved, to)
		}
		s.uninstall()
		if to, _ := os.Readlink(s.home + "/" + moved); to != away {
			t.Fatalf("%s: uninstall leaves %q", moved, to)
		}
		if f, _ := readFile(away + "/precious"); f == nil || f.Text != "data" {
			t.Errorf("%s: %+v", moved, f)
		}
		for _, path := range s.filesIn(away) {
			if path != away+"/precious" {
				t.Errorf("%s: %s is left", moved, path)
			}
		}
	}
	for _, file := range []string{".local/bin", ".config/autostart"} {
		s := newStage(t)
		s.install()
		s.must(os.RemoveAll(s.home + "/" + file))
		s.write(s.home+"/"+file, "precious")
		s.must(os.Chmod(s.home+"/"+file, 0o600))
		state := s.read()
		state.Apply(state.Undo(nil)) // which may fail, where the file is in the way
		if f, _ := readFile(s.home + "/" + file); f == nil || f.Text != "precious" {
			t.Errorf("%s: %+v", file, f)
		}
	}
}

// TestOtherPlaces: a run with another XDG_DATA_HOME leaves what is recorded elsewhere,
// and one with that of the record still finds the folders that were made.
func TestOtherPlaces(t *testing.T) {
	s := newStage(t)
	before := s.tree(false)
	s.install()
	usual := s.places
	s.places.Data = s.home + "/data"
	s.install2()
	s.uninstall()
	s.places = usual
	s.uninstall()
	s.same("uninstall", before, s.tree(false))
}
