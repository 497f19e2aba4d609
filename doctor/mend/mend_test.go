package mend

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"electroscope/desktop/install"
)

var start = time.Date(2026, 11, 26, 4, 0, 0, 0, time.UTC)

// tree is every file, link and folder below a folder, with its bytes, mode and time.
func tree(t *testing.T, root string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		check(t, err)
		what := info.Mode().String()
		switch {
		case d.Type() == fs.ModeSymlink:
			to, err := os.Readlink(path)
			check(t, err)
			what += " " + to
		case d.Type().IsRegular():
			text, err := os.ReadFile(path)
			check(t, err)
			what += fmt.Sprintf(" %q %v", text, info.ModTime())
		}
		files[strings.TrimPrefix(path, root)] = what
		return nil
	})
	check(t, err)
	return files
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func put(t *testing.T, path, text string, mode fs.FileMode) {
	t.Helper()
	check(t, os.MkdirAll(filepath.Dir(path), 0o755))
	check(t, os.WriteFile(path, []byte(text), mode))
	check(t, os.Chmod(path, mode))
}

// fix gives files other texts, "" for none, as doctor --fix does.
func fix(t *testing.T, s Store, name string, at time.Time, texts map[string]string) Record {
	t.Helper()
	var files []File
	for path := range texts {
		files = append(files, File{Path: path})
	}
	r, err := s.Begin(name, at, files)
	check(t, err)
	for path, text := range texts {
		was, err := install.Look(path)
		check(t, err)
		to := &install.File{Text: text, Mode: 0o644}
		switch {
		case text == "":
			to = nil
		case was != nil && was.Link == "":
			to.Mode = was.Mode
		}
		if was.Sum() != to.Sum() {
			check(t, install.Swap(path, was, to))
		}
	}
	_, err = r.Finish()
	check(t, err)
	return r
}

// undo undoes all there is, the newest first, and returns the files that were changed since.
func undo(t *testing.T, s Store) (since []string) {
	t.Helper()
	list, err := s.Records()
	check(t, err)
	for i := len(list) - 1; i >= 0; i-- {
		changes, changed, err := list[i].Plan()
		check(t, err)
		for _, f := range changed {
			since = append(since, f.Path)
		}
		if changed == nil {
			check(t, list[i].Undo(changes))
		}
	}
	return since
}

// TestUndo: whatever a file was, it is again, and nothing else is left of the fix.
func TestUndo(t *testing.T) {
	for name, before := range map[string]func(t *testing.T, path string){
		"nothing, nor a folder": func(*testing.T, string) {},
		"nothing":               func(t *testing.T, path string) { check(t, os.MkdirAll(filepath.Dir(path), 0o755)) },
		"an empty file":         func(t *testing.T, path string) { put(t, path, "", 0o644) },
		"a text":                func(t *testing.T, path string) { put(t, path, "[A]\r\nb=c", 0o600) },
		"bytes":                 func(t *testing.T, path string) { put(t, path, "\x00\xff\xfe\u2028\n", 0o640) },
		"what the fix writes":   func(t *testing.T, path string) { put(t, path, "new", 0o644) },
		"a link": func(t *testing.T, path string) {
			put(t, path+".d/x", "x", 0o644)
			check(t, os.Symlink(path+".d/x", path))
		},
		"a link to nothing": func(t *testing.T, path string) { put(t, path+".d/x", "x", 0o644); check(t, os.Symlink("gone", path)) },
	} {
		for what, texts := range map[string][]string{"changed": {"new"}, "changed twice": {"new", "newer"}, "removed": {""}} {
			t.Run(name+", "+what, func(t *testing.T) {
				root := t.TempDir()
				path, s := root+"/home/.config/kwinrc", Store{root + "/home/.local/state/electroscope/doctor"}
				check(t, os.Mkdir(root+"/home", 0o755))
				before(t, path)
				want := tree(t, root)
				for i, text := range texts {
					fix(t, s, "some-check", start.Add(time.Duration(i)), map[string]string{path: text})
					if got, _ := os.ReadFile(path); string(got) != text {
						t.Fatalf("the fix has left %q, not %q", got, text)
					}
				}
				if since := undo(t, s); since != nil {
					t.Errorf("changed since: %q", since)
				}
				if diff := cmp.Diff(want, tree(t, root)); diff != "" {
					t.Errorf("-before +after:\n%s", diff)
				}
			})
		}
	}
}

// TestChangedSince: nothing is given back of a fix one of whose files is another by now.
func TestChangedSince(t *testing.T) {
	for name, change := range map[string]func(t *testing.T, path string){
		"another text": func(t *testing.T, path string) { put(t, path, "mine", 0o644) },
		"removed":      func(t *testing.T, path string) { check(t, os.Remove(path)) },
		"a link of it": func(t *testing.T, path string) {
			check(t, os.Rename(path, path+"~"))
			check(t, os.Symlink(path+"~", path))
		},
		"a link elsewhere": func(t *testing.T, path string) { check(t, os.Remove(path)); check(t, os.Symlink("/dev/null", path)) },
	} {
		t.Run(name, func(t *testing.T) {
			root := t.TempDir()
			one, two, s := root+"/one", root+"/two", Store{root + "/state"}
			put(t, one, "old", 0o644)
			put(t, two, "old", 0o644)
			r := fix(t, s, "some-check", start, map[string]string{one: "new", two: "new"})
			change(t, one)
			want := tree(t, root)
			if since := undo(t, s); len(since) != 1 || since[0] != one {
				t.Errorf("changed since: %q", since)
			}
			if diff := cmp.Diff(want, tree(t, root)); diff != "" {
				t.Errorf("-before +after:\n%s", diff)
			}
			for _, f := range r.Files {
				if backup, err := os.ReadFile(r.Backup(f)); err != nil || string(backup) != "old" {
					t.Errorf("the backup %q has %q, %v", r.Backup(f), backup, err)
				}
			}
		})
	}
}

// TestModeStays: permissions that were given since are kept.
func TestModeStays(t *testing.T) {
	root := t.TempDir()
	s := Store{root + "/state"}
	put(t, root+"/file", "old", 0o644)
	fix(t, s, "some-check", start, map[string]string{root + "/file": "new"})
	check(t, os.Chmod(root+"/file", 0o600))
	undo(t, s)
	if info, err := os.Stat(root + "/file"); err != nil || info.Mode() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
}

// TestLedElsewhere: a file that was found by a link is given back only where the link leads there.
func TestLedElsewhere(t *testing.T) {
	root := t.TempDir()
	s, real, called := Store{root + "/state"}, root+"/dotfiles/kwinrc", root+"/kwinrc"
	put(t, real, "old", 0o644)
	check(t, os.Symlink(real, called))
	r, err := s.Begin("some-check", start, []File{{Path: real, Called: called}})
	check(t, err)
	put(t, real, "new", 0o644)
	_, err = r.Finish()
	check(t, err)
	check(t, os.Remove(called))
	put(t, called, "mine", 0o644)
	if since := undo(t, s); len(since) != 1 {
		t.Errorf("changed since: %q", since)
	}
	check(t, os.Remove(called))
	check(t, os.Symlink("dotfiles/kwinrc", called))
	if since := undo(t, s); since != nil {
		t.Errorf("changed since: %q", since)
	}
	if got, _ := os.ReadFile(called); string(got) != "old" {
		t.Errorf("it has %q", got)
	}
}

// TestKilled: of a fix that was killed before it had finished, what it was about to write is known.
func TestKilled(t *testing.T) {
	for _, written := range []string{"old", "new"} {
		root := t.TempDir()
		s, path := Store{root + "/state"}, root+"/file"
		put(t, path, "old", 0o644)
		_, err := s.Begin("some-check", start, []File{{Path: path, Now: (&install.File{Text: "new"}).Sum()}})
		check(t, err)
		put(t, path, written, 0o644)
		if since := undo(t, s); since != nil {
			t.Errorf("%s: changed since: %q", written, since)
		}
		if got, _ := os.ReadFile(path); string(got) != "old" {
			t.Errorf("%s: it has %q", written, got)
		}
	}
}

// TestNothingChanged: a fix that has changed nothing leaves nothing.
func TestNothingChanged(t *testing.T) {
	root := t.TempDir()
	put(t, root+"/file", "old", 0o644)
	want := tree(t, root)
	r, err := Store{root + "/state/electroscope/doctor"}.Begin("some-check", start, []File{{Path: root + "/file"}, {Path: root + "/x/y"}})
	check(t, err)
	if changed, err := r.Finish(); changed || err != nil {
		t.Errorf("%v, %v", changed, err)
	}
	if diff := cmp.Diff(want, tree(t, root)); diff != "" {
		t.Errorf("-before +after:\n%s", diff)
	}
}

// TestCannotBegin: what cannot be kept is not changed, and nothing is left.
func TestCannotBegin(t *testing.T) {
	root := t.TempDir()
	put(t, root+"/file", "old", 0o644)
	put(t, root+"/not\xffutf8", "old", 0o644)
	check(t, os.Mkdir(root+"/folder", 0o755))
	check(t, os.Symlink("\xff", root+"/link"))
	want := tree(t, root)
	for path, dir := range map[string]string{
		root + "/not\xffutf8": root + "/state/electroscope/doctor", root + "/folder": root + "/state/electroscope/doctor",
		root + "/link": root + "/state/electroscope/doctor", root + "/file": root + "/file/doctor",
	} {
		_, err := Store{dir}.Begin("some-check", start, []File{{Path: root + "/file"}, {Path: path}})
		if err == nil || !strings.Contains(err.Error(), "cannot ") && !strings.Contains(err.Error(), "is not a regular file") {
			t.Errorf("%q: %v", path, err)
		}
		if diff := cmp.Diff(want, tree(t, root)); diff != "" {
			t.Errorf("%q: -before +after:\n%s", path, diff)
		}
	}
}

// TestBadRecord: one that cannot be read is named, and so is a backup that is gone.
func TestBadRecord(t *testing.T) {
	root := t.TempDir()
	s := Store{root + "/state"}
	if list, err := s.Records(); list != nil || err != nil {
		t.Errorf("without a folder: %v, %v", list, err)
	}
	put(t, root+"/file", "old", 0o644)
	r := fix(t, s, "some-check", start, map[string]string{root + "/file": "new"})
	check(t, os.Remove(r.Backup(r.Files[0])))
	if _, _, err := r.Plan(); err == nil || !strings.Contains(err.Error(), r.Backup(r.Files[0])) {
		t.Errorf("without its backup: %v", err)
	}
	put(t, r.Dir+"/record.json", "{", 0o600)
	if _, err := s.Records(); err == nil || !strings.Contains(err.Error(), "record.json") {
		t.Errorf("cut off: %v", err)
	}
}
