package install

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"syscall"
)

// Apply does what a plan says, and gives what was done. Where a part fails, the
// others are done, and the manifest has what is there. Every error names its file.
func (s State) Apply(p Plan) (acted []Change, err error) {
	if len(p.Changes) == 0 {
		return nil, nil
	}
	slices.SortStableFunc(p.Changes, func(a, b Change) int { return turn(a) - turn(b) })
	intent, done := s.intent(p), s.Manifest
	done.Folders = intent.Folders
	own := s.Places.own()
	if err := os.MkdirAll(own, folderMode); err != nil {
		return nil, err
	}
	unlock, err := lock(own)
	if err != nil {
		return nil, err
	}
	defer unlock()
	if err := s.save(intent); err != nil {
		s.sweep(done)
		return nil, err
	}
	var failed []error
	for _, c := range p.Changes {
		if err := c.act(); err != nil {
			failed = append(failed, err)
			continue
		}
		acted = append(acted, c)
		if c.Undo {
			done = done.without(c.Path)
			continue
		}
		c.Replaces = ""
		done = done.with(c.Record)
	}
	failed = append(failed, s.save(s.sweep(done)))
	return acted, errors.Join(failed...)
}

// intent is the manifest while a plan is carried out.
func (s State) intent(p Plan) Manifest {
	m := s.Manifest
	m.add(append(missing(s.Places.own()), s.Places.own()))
	for _, c := range p.Changes {
		m.add(missing(filepath.Dir(c.Path)))
		if !c.Undo {
			m = m.with(c.Record)
		}
	}
	return m
}

// turn is the order of changes: what goes, goes first, and a link is there before
// the entries that lead to it and goes after them.
func turn(c Change) int {
	at := slices.Index(kinds, c.Kind)
	if c.Undo {
		return -1 - at
	}
	return at
}

// folderMode is the specification's for folders of the user's that are missing
// (XDG Base Directory Specification 0.8, "Referencing this specification").
const folderMode = 0o700

// act does one change, if what is there is still what was looked at.
func (c Change) act() error {
	if c.Idle() {
		return nil
	}
	now, err := look(c.Path)
	switch {
	case err != nil:
		return err
	case now.sum() != c.Was.sum():
		return fmt.Errorf("%q changed meanwhile: left alone", c.Path)
	case c.To == nil:
		return remove(c.Path)
	}
	if err := os.MkdirAll(filepath.Dir(c.Path), folderMode); err != nil {
		return err
	}
	return write(c.Path, *c.To)
}

// save writes the manifest, or removes it when nothing is recorded.
func (s State) save(m Manifest) error {
	path := s.Places.Manifest()
	now, err := look(path)
	switch {
	case err != nil:
		return err
	case len(m.Records) > 0 && now != nil && now.Text == m.text():
		return nil
	case len(m.Records) > 0:
		return write(path, File{Text: m.text(), Mode: 0o600})
	case now != nil:
		err = remove(path)
	}
	s.sweep(m) // its own folder, and what it is in
	return err
}

// sweep removes the folders that were made and are empty, and gives the manifest
// without those that are gone.
func (s State) sweep(m Manifest) Manifest {
	var left []string
	for _, folder := range slices.Backward(slices.Sorted(slices.Values(m.Folders))) {
		if err := os.Remove(folder); err != nil && !errors.Is(err, fs.ErrNotExist) {
			left = append(left, folder)
		}
	}
	slices.Reverse(left)
	m.Folders = left
	return m
}

// missing are the folders that making dir would make, the outermost first.
func missing(dir string) []string {
	var list []string
	for ; dir != "/"; dir = filepath.Dir(dir) {
		if _, err := os.Lstat(dir); !errors.Is(err, fs.ErrNotExist) {
			break
		}
		list = append(list, dir)
	}
	slices.Reverse(list)
	return list
}

func (m *Manifest) add(folders []string) {
	m.Folders = slices.Clone(m.Folders)
	for _, folder := range folders {
		if !slices.Contains(m.Folders, folder) {
			m.Folders = append(m.Folders, folder)
		}
	}
}

// lock keeps a second install out, by the folder: no file is left by it.
func lock(dir string) (unlock func(), err error) {
	f, err := os.Open(dir)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		f.Close()
		return nil, fmt.Errorf("another electroscope is at work in %q", dir)
	}
	return func() { f.Close() }, nil
}
