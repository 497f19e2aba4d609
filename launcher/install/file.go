package install

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"unicode/utf8"
)

// A File is what stands at a path: a text, or a symbolic link.
type File struct {
	Text string      `json:"text,omitempty"`
	Link string      `json:"link,omitempty"` // where it leads
	Mode fs.FileMode `json:"mode,omitempty"` // permissions of a text
}

// maxFile bounds what is read; no entry and no unit is as large.
const maxFile = 4 << 20

// look reads what is at a path; nil where nothing is. What is neither text nor
// link is an error.
func look(path string) (*File, error) {
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
	text, err := readText(path)
	if err != nil {
		return nil, err
	}
	return &File{Text: text, Mode: info.Mode().Perm()}, nil
}

// readText reads a regular file, through links. O_NONBLOCK, because a pipe in
// its place would hold us up (open(2)).
func readText(path string) (string, error) {
	f, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return "", err
	}
	defer f.Close()
	info, err := f.Stat()
	switch {
	case err != nil:
		return "", err
	case !info.Mode().IsRegular():
		return "", fmt.Errorf("%q is not a regular file", path)
	case info.Size() > maxFile:
		return "", fmt.Errorf("%q is larger than %d MiB", path, maxFile>>20)
	}
	data, err := io.ReadAll(io.LimitReader(f, maxFile))
	return string(data), err
}

// sum identifies what a file holds; its mode is no part of it.
func (f *File) sum() string {
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

// keepable tells whether the manifest can hold the text as it is.
func (f *File) keepable() bool { return f == nil || utf8.ValidString(f.Text) }

// aside is where a file is written before it gets its name. No desktop and no
// manager reads a name like that.
func aside(path string) string {
	return filepath.Join(filepath.Dir(path), "."+filepath.Base(path)+".electroscope")
}

// write puts a file at a path, whole or not at all: aside, to the disk, renamed.
func write(path string, f File) error {
	temporary := aside(path)
	err := writeAside(temporary, f)
	if err == nil {
		err = os.Rename(temporary, path)
	}
	if err != nil {
		os.Remove(temporary)
		return err
	}
	return syncFolder(filepath.Dir(path))
}

// PutLink makes a symbolic link, or leads one anew; at no time is there none.
func PutLink(path, to string) error { return write(path, File{Link: to}) }

func writeAside(path string, f File) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err // left over from one that was cut off
	}
	if f.Link != "" {
		return os.Symlink(f.Link, path)
	}
	out, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, f.Mode)
	if err != nil {
		return err
	}
	_, err = out.WriteString(f.Text)
	if err == nil {
		err = out.Chmod(f.Mode) // whatever the umask
	}
	if err == nil {
		err = out.Sync()
	}
	return errors.Join(err, out.Close())
}

func remove(path string) error {
	if err := os.Remove(path); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(path))
}

func syncFolder(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Sync()
}
