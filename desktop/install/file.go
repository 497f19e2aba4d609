package install

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"
	"unicode/utf8"

	"electroscope/launcher/atomicfile"
	"electroscope/launcher/regular"
	"electroscope/launcher/self"
)

// A File is what stands at a path: a text, or a symbolic link.
type File struct {
	Text string      `json:"text,omitempty"`
	Link string      `json:"link,omitempty"`  // where it leads
	Mode fs.FileMode `json:"mode,omitempty"`  // permissions of a text
	Time int64       `json:"mtime,omitempty"` // of a text of the user's: when it was changed, in ns

	names uint64 // hard links
}

// maxFile bounds what is read; no entry and no unit is as large.
const maxFile = 4 << 20

// readFile reads what is at a path; nil if nothing is. What is neither a text nor a
// link is an error.
func readFile(path string) (*File, error) {
	info, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, err
	case info.Mode().Type() == fs.ModeSymlink:
		to, err := os.Readlink(path)
		return &File{Link: to}, err
	}
	return readText(path)
}

// readText reads a regular file, through links. What is not one has the error
// regular.ErrOther: it is not of install's making.
func readText(path string) (*File, error) {
	f, err := regular.Open(path, 0)
	switch {
	case errors.Is(err, regular.ErrOther), errors.Is(err, syscall.EISDIR), errors.Is(err, syscall.ENXIO): // ENXIO: a socket
		return nil, fmt.Errorf("%q is %w", path, regular.ErrOther)
	case err != nil:
		return nil, &fs.PathError{Op: "open", Path: path, Err: err}
	}
	defer f.Close()
	text, err := f.Read(maxFile + 1)
	switch {
	case err != nil:
		return nil, &fs.PathError{Op: "read", Path: path, Err: err}
	case len(text) > maxFile:
		return nil, fmt.Errorf("%q is larger than %d MiB", path, maxFile>>20)
	}
	return &File{Text: string(text), Mode: fs.FileMode(f.Mode & 0o777), Time: f.Mtim.Nano(), names: uint64(f.Nlink)}, nil
}

// Sum identifies what a file holds; its mode is no part of it.
func (f *File) Sum() string {
	if f == nil {
		return ""
	}
	text := "text\x00" + f.Text
	if f.Link != "" {
		text = "link\x00" + f.Link
	}
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// keepable reports whether the manifest can hold the text, or the link, as it is.
func (f *File) keepable() bool {
	return f == nil || utf8.ValidString(f.Text) && utf8.ValidString(f.Link)
}

// put has a file stand at a path, whole or not at all: it is written aside, to the
// disk, and gets its name if that still has what was looked at.
func (r run) put(path string, was *File, f File) error {
	aside := r.temporary(filepath.Dir(path))
	var err error
	switch {
	case f.Link == "":
		err = f.write(path, aside, was)
	case was == nil:
		err = os.Symlink(f.Link, path)
	default:
		if err = os.Symlink(f.Link, aside); err == nil {
			if err = move(aside, path, was); err != nil {
				unlink(aside)
			}
		}
	}
	if err != nil {
		return err
	}
	return syncFolder(filepath.Dir(path))
}

// write writes a text.
func (f File) write(path, aside string, was *File) error {
	return atomicfile.Write(atomicfile.CWD, path, f.Text, atomicfile.Options{
		Aside: aside, Mode: f.Mode, Sync: true,
		Name: func(aside string) error {
			if f.Time != 0 {
				if err := os.Chtimes(aside, time.Time{}, time.Unix(0, f.Time)); err != nil {
					return err
				}
			}
			return move(aside, path, was)
		},
	})
}

// move gives a file its name. If nothing was there it is linked to the name,
// which fails if something is there by now; rename(2) would replace it.
func move(temporary, path string, was *File) error {
	if was == nil {
		err := os.Link(temporary, path)
		if err == nil {
			return unlink(temporary)
		}
		if errors.Is(err, fs.ErrExist) {
			return changed(path)
		}
	} // else the file system knows no second name for a file
	if err := unchanged(path, was); err != nil {
		return err
	}
	return os.Rename(temporary, path)
}

func (r run) remove(path string, was *File) error {
	if err := unchanged(path, was); err != nil {
		return err
	}
	if err := unlink(path); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(path))
}

// unchanged fails if what is there is not what was looked at any more.
func unchanged(path string, was *File) error {
	now, err := readFile(path)
	if err == nil && now.Sum() != was.Sum() {
		err = changed(path)
	}
	return err
}

func changed(path string) error { return fmt.Errorf("%q changed meanwhile: left alone", path) }

// PutLink makes a symbolic link, or leads one anew; at no time is there none.
func PutLink(path, to string) error {
	was, err := readFile(path)
	if err != nil {
		return err
	}
	return newRun().put(path, was, File{Link: to})
}

// ClearLinks removes what a PutLink that was killed left in a folder: a link of a
// run's name that leads to a program of ours.
func ClearLinks(dir string) {
	list, _ := os.ReadDir(dir)
	for _, item := range list {
		name, path := item.Name(), filepath.Join(dir, item.Name())
		if strings.HasPrefix(name, mark) && strings.HasSuffix(name, halfway) && self.IsLink(path) {
			unlink(path)
		}
	}
}

func syncFolder(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Sync()
}
