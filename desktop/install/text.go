package install

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// A UserText is a file of the user's that is edited, and not recorded: it stays his.
type UserText struct {
	Path string // as it is called
	Text string
	real string // where links lead
	was  *File  // nil: nothing is there
}

// ReadText reads a file that may not be there, through links.
func ReadText(path string) (UserText, error) {
	t := UserText{Path: path, real: path}
	real, err := filepath.EvalSymlinks(path)
	switch {
	case err == nil:
		t.real = real
	case !errors.Is(err, fs.ErrNotExist):
		return t, withPath(err)
	default:
		if to, err := os.Readlink(path); err == nil {
			return t, fmt.Errorf("%q is a link to %q, which is not there", path, to)
		}
		return t, nil
	}
	if t.was, err = readFile(t.real); err != nil {
		return t, withPath(err)
	}
	t.Text = t.was.Text
	return t, nil
}

// Real is the path of the file itself, where links lead.
func (t UserText) Real() string { return t.real }

// Write gives the file another text, whole or not at all, if it is still as it was read.
func (t UserText) Write(text string) error {
	if err := os.MkdirAll(filepath.Dir(t.real), folderMode); err != nil {
		return withPath(err)
	}
	to := File{Text: text, Mode: 0o644}
	if t.was != nil {
		to.Mode = t.was.Mode
	}
	if err := unchanged(t.real, t.was); err != nil {
		return withPath(err)
	}
	return withPath(newRun().put(t.real, t.was, to))
}

// Remove removes the file, and the folders that it leaves empty up to the one given.
func (t UserText) Remove(upTo string) error {
	if err := newRun().remove(t.real, t.was); err != nil {
		return withPath(err)
	}
	for dir := filepath.Dir(t.real); dir != upTo && isBelow(dir, upTo); dir = filepath.Dir(dir) {
		if rmdir(dir) != nil {
			break // something is in it
		}
	}
	return nil
}
