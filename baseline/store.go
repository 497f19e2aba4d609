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
	"syscall"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/sys/unix"

	"electroscope/launcher/atomicfile"
	"electroscope/launcher/regular"
	"electroscope/launcher/statedir"
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
// with force; else the error is [fs.ErrExist]. Nothing is written into a folder that is another
// user's or everybody's, nor through a link in its place.
func (s Store) Save(r Record, force bool) error {
	if what := r.impossible(); what != "" {
		return fmt.Errorf("what was read cannot be: %s", what)
	}
	text, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return err
	}
	own, err := statedir.OpenAll(s.Dir)
	if err != nil {
		return err
	}
	defer own.Close()
	dir, err := own.Open(".", syscall.O_RDONLY|syscall.O_DIRECTORY)
	if err != nil {
		return err
	}
	defer syscall.Close(dir)
	o := atomicfile.Options{Sync: true}
	if !force {
		o.Name = func(aside string) error { return linkTo(dir, aside, r.Name+extension) }
	}
	if err := atomicfile.Write(dir, r.Name+extension, string(text)+"\n", o); err != nil {
		return err
	}
	return syscall.Fsync(dir)
}

// linkTo gives a file of a folder its name unless another file has it, which rename(2) would replace.
func linkTo(dir int, aside, name string) error {
	err := unix.Linkat(dir, aside, dir, name, 0)
	if err != nil && err != unix.EEXIST { // the file system knows no second name for a file
		var st unix.Stat_t
		if unix.Fstatat(dir, name, &st, unix.AT_SYMLINK_NOFOLLOW) == unix.ENOENT {
			return unix.Renameat(dir, aside, dir, name)
		}
	}
	if err != nil {
		return err
	}
	return unix.Unlinkat(dir, aside, 0)
}

// Load reads a record, of a file that is this user's. A link of his own may lead there.
func (s Store) Load(name string) (Record, error) {
	path := s.Path(name)
	text, err := readOwn(path)
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

func readOwn(path string) ([]byte, error) {
	f, err := regular.Open(path, 0)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if int(f.Uid) != os.Geteuid() {
		return nil, statedir.ErrForeign
	}
	return f.Read(maxFile + 1)
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
