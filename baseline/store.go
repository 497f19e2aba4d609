package baseline

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"electroscope/launcher/atomicfile"
	"electroscope/launcher/regular"
	"electroscope/launcher/xdg"
)

// A Store is the folder that records are in.
type Store struct{ Dir string }

// StoreOf is that of the user, empty if there is neither a home nor XDG_STATE_HOME.
func StoreOf(env xdg.Env) Store {
	home := env.StateHome()
	if home == "" {
		return Store{}
	}
	return Store{filepath.Join(home, "electroscope", "baseline")}
}

// DefaultName is that of a record if none is given.
func DefaultName(t time.Time) string { return t.Format("2006-01-02_15-04-05") }

const (
	extension = ".json"
	// longest leaves room in the 255 bytes of a file's name for the extension, and for the name that
	// the file has until it is whole.
	longest = 100
)

// CheckName returns an error unless a record may have that name.
func CheckName(name string) error {
	switch {
	case name == "":
		return errors.New("it is empty")
	case len(name) > longest:
		return fmt.Errorf("it is longer than %d bytes", longest)
	case name[0] == '.' || name[0] == '-':
		return fmt.Errorf("it begins with %q", name[:1])
	case !utf8.ValidString(name):
		return errors.New("it is not UTF-8")
	}
	for _, r := range name {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && !strings.ContainsRune("._-+", r) {
			return fmt.Errorf("it has %q in it", r)
		}
	}
	return nil
}

// Path is the file of a record.
func (s Store) Path(name string) string { return filepath.Join(s.Dir, name+extension) }

// Has reports whether there is a file of that name, readable or not.
func (s Store) Has(name string) bool {
	_, err := os.Lstat(s.Path(name))
	return err == nil
}

// Save writes a record, which is on the disk when it returns. One of that name is replaced only
// with force; else the error is [fs.ErrExist].
func (s Store) Save(r Record, force bool) error {
	if what := r.impossible(); what != "" {
		return fmt.Errorf("what was read cannot be: %s", what)
	}
	if err := os.MkdirAll(s.Dir, 0o700); err != nil {
		return err
	}
	text, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return err
	}
	dir, err := os.Open(s.Dir)
	if err != nil {
		return err
	}
	defer dir.Close()
	o := atomicfile.Options{Sync: true}
	if !force {
		o.Name = func(aside string) error { return linkTo(filepath.Join(s.Dir, aside), s.Path(r.Name)) }
	}
	if err := atomicfile.Write(int(dir.Fd()), r.Name+extension, string(text)+"\n", o); err != nil {
		return err
	}
	return dir.Sync()
}

// linkTo gives a file its name unless another file has it, which rename(2) would replace.
func linkTo(aside, path string) error {
	err := os.Link(aside, path)
	if err != nil && !errors.Is(err, fs.ErrExist) { // the file system knows no second name for a file
		if _, absent := os.Lstat(path); errors.Is(absent, fs.ErrNotExist) {
			return os.Rename(aside, path)
		}
	}
	if err != nil {
		return err
	}
	return os.Remove(aside)
}

// Load reads a record.
func (s Store) Load(name string) (Record, error) {
	path := s.Path(name)
	text, err := regular.Read(path, maxFile+1)
	if err != nil {
		return Record{}, fmt.Errorf("cannot read %q: %w", path, unwrapped(err))
	}
	r, err := parse(text)
	if err != nil {
		return Record{}, fmt.Errorf("%q %w", path, err)
	}
	r.Name = name // the file may have been renamed
	return r, nil
}

// unwrapped is an error without the path, which its message has already.
func unwrapped(err error) error {
	var of *fs.PathError
	if errors.As(err, &of) {
		return of.Err
	}
	return err
}

// maxFile is far more than a record of thousands of programs has.
const maxFile = 4 << 20

// parse reads the text of a record. Its errors go on after the file's name.
func parse(text []byte) (Record, error) {
	if len(text) > maxFile {
		return Record{}, fmt.Errorf("is not a baseline: it is larger than %d MiB", maxFile>>20)
	}
	var head struct{ Version *int }
	err := json.Unmarshal(text, &head)
	switch {
	case err != nil && len(bytes.TrimSpace(text)) == 0:
		return Record{}, errors.New("is damaged: it is empty")
	case err != nil:
		return Record{}, fmt.Errorf("is damaged: %w", err)
	case head.Version == nil || *head.Version < 1:
		return Record{}, errors.New("is not a baseline: it has no version")
	case *head.Version > Version:
		return Record{}, fmt.Errorf("is of a newer electroscope: its form is version %d, and this one reads up to %d", *head.Version, Version)
	}
	var r Record
	if err := json.Unmarshal(text, &r); err != nil {
		return Record{}, fmt.Errorf("is damaged: %w", err)
	}
	if what := r.impossible(); what != "" {
		return Record{}, fmt.Errorf("is damaged: %s", what)
	}
	return r, nil
}

// List are the names of the records, in order.
func (s Store) List() ([]string, error) {
	items, err := os.ReadDir(s.Dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("cannot read %q: %w", s.Dir, unwrapped(err))
	}
	var names []string
	for _, item := range items {
		if name, ok := strings.CutSuffix(item.Name(), extension); ok && CheckName(name) == nil {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names, nil
}
