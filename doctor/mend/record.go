// Package mend keeps what electroscope doctor --fix is about to change, so that --undo gives it
// back byte for byte.
//
//	Store.Begin ──> the files are changed ──> Record.Finish     Store.Records ──> Record.Undo
//
// Each fix has a folder in $XDG_STATE_HOME/electroscope/doctor: record.json, and the files as they
// were. It is on the disk before the first file is changed.
package mend

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"time"
	"unicode/utf8"

	"electroscope/desktop/install"
	"electroscope/launcher/atomicfile"
	"electroscope/launcher/regular"
)

// A Store is the folder of all records.
type Store struct{ Dir string }

// A Record is one fix, and what its files were before.
type Record struct {
	Check   string    `json:"check"`
	Time    time.Time `json:"time"`
	Files   []File    `json:"files"`
	Folders []string  `json:"folders"` // that were made, the outermost first

	Dir string `json:"-"`
}

// A File is one that a fix changes.
type File struct {
	Path   string `json:"path"`             // where links lead
	Called string `json:"called,omitempty"` // the link by which it was found
	Was    *Was   `json:"was,omitempty"`    // nil: nothing was there
	Now    string `json:"now"`              // install.File.Sum of what the fix left
}

// A Was is what a file was.
type Was struct {
	Backup string      `json:"backup,omitempty"` // its text: the name of a file in the record's folder
	Link   string      `json:"link,omitempty"`   // or where it led
	Mode   fs.FileMode `json:"mode,omitempty"`
	Time   int64       `json:"mtime,omitempty"` // when it was changed, in ns
}

const (
	recordFile = "record.json"
	// timeFormat makes names that sort by time.
	timeFormat = "20060102T150405.000000000"
	largest    = 4 << 20
)

// Begin keeps files that a fix is about to change. Of each it needs Path, Called and, as far as it
// is known, Now.
func (s Store) Begin(check string, at time.Time, files []File) (Record, error) {
	r := Record{Check: check, Time: at, Dir: filepath.Join(s.Dir, at.UTC().Format(timeFormat)+"-"+check)}
	r.addFolders(s.Dir)
	for _, f := range files {
		r.addFolders(filepath.Dir(f.Path))
	}
	if err := os.MkdirAll(r.Dir, 0o700); err != nil {
		r.discard()
		return r, fmt.Errorf("cannot make %q: %w", r.Dir, errors.Unwrap(err))
	}
	for i, f := range files {
		was, err := install.Look(f.Path)
		if err == nil && !(utf8.ValidString(f.Path+f.Called) && (was == nil || utf8.ValidString(was.Link))) {
			err = fmt.Errorf("cannot keep %q: JSON has no way to write its name, or where it leads", f.Path)
		}
		if err == nil && was != nil {
			f.Was = &Was{Link: was.Link, Mode: was.Mode, Time: was.Time}
		}
		if err == nil && was != nil && was.Link == "" {
			f.Was.Backup = strconv.Itoa(i+1) + "-" + filepath.Base(f.Path)
			err = write(filepath.Join(r.Dir, f.Was.Backup), was.Text)
		}
		if err != nil {
			r.discard()
			return r, err
		}
		r.Files = append(r.Files, f)
	}
	if err := r.save(); err != nil {
		r.discard()
		return r, err
	}
	return r, nil
}

func (r *Record) addFolders(dir string) {
	for _, folder := range install.Missing(dir) {
		if !slices.Contains(r.Folders, folder) {
			r.Folders = append(r.Folders, folder)
		}
	}
}

// Finish looks at what the fix has left, and forgets the files that are as they were. If all are,
// nothing remains of the record, and changed is false.
func (r *Record) Finish() (changed bool, err error) {
	var files, same []File
	for _, f := range r.Files {
		now, err := install.Look(f.Path)
		if err != nil {
			return true, err
		}
		was, err := r.was(f)
		if err != nil {
			return true, err
		}
		if now.Sum() == was.Sum() {
			same = append(same, f)
			continue
		}
		f.Now = now.Sum()
		files = append(files, f)
	}
	if files == nil {
		r.discard()
		return false, nil
	}
	r.Files = files
	if err := r.save(); err != nil {
		return true, err
	}
	for _, f := range same {
		r.removeBackup(f)
	}
	return true, nil
}

// was is what a file was.
func (r Record) was(f File) (*install.File, error) {
	switch {
	case f.Was == nil:
		return nil, nil
	case f.Was.Link != "":
		return &install.File{Link: f.Was.Link}, nil
	}
	text, err := regular.Read(r.Backup(f), largest+1)
	if err != nil {
		return nil, fmt.Errorf("cannot read %q: %w", r.Backup(f), err)
	}
	return &install.File{Text: string(text), Mode: f.Was.Mode, Time: f.Was.Time}, nil
}

// Backup is the path of the file that has what another was; empty if there is none.
func (r Record) Backup(f File) string {
	if f.Was == nil || f.Was.Backup == "" {
		return ""
	}
	return filepath.Join(r.Dir, filepath.Base(f.Was.Backup))
}

func (r Record) save() error {
	text, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return err
	}
	return write(filepath.Join(r.Dir, recordFile), string(text)+"\n")
}

func write(path, text string) error {
	err := atomicfile.Write(atomicfile.CWD, path, text, atomicfile.Options{Aside: path + ".new", Sync: true})
	if err != nil {
		return fmt.Errorf("cannot write %q: %w", path, errors.Unwrap(err))
	}
	return nil
}

// discard removes a record, and the folders that are empty then.
func (r Record) discard() {
	for _, f := range r.Files {
		r.removeBackup(f)
	}
	os.Remove(filepath.Join(r.Dir, recordFile))
	store := filepath.Dir(r.Dir)
	install.RemoveFolders(append(slices.Clone(r.Folders), filepath.Dir(store), store, r.Dir))
}

func (r Record) removeBackup(f File) {
	if backup := r.Backup(f); backup != "" {
		os.Remove(backup)
	}
}

// Records are those of all fixes, the oldest first.
func (s Store) Records() ([]Record, error) {
	items, err := os.ReadDir(s.Dir) // in the order of their names
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil, nil
		}
		return nil, fmt.Errorf("cannot read %q: %w", s.Dir, errors.Unwrap(err))
	}
	var list []Record
	for _, item := range items {
		r := Record{Dir: filepath.Join(s.Dir, item.Name())}
		path := filepath.Join(r.Dir, recordFile)
		text, err := regular.Read(path, largest)
		if errors.Is(err, fs.ErrNotExist) {
			continue // a fix that was killed before it began
		}
		if err == nil {
			err = json.Unmarshal(text, &r)
		}
		if err != nil {
			return nil, fmt.Errorf("cannot read %q: %w", path, err)
		}
		list = append(list, r)
	}
	return list, nil
}
