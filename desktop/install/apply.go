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

// Apply carries out a plan and returns the changes that were made. If one fails, the
// others are done, and the manifest has what is there. Every error names its file.
// The home must have been locked since before the state was read.
func (s State) Apply(p Plan) (acted []Change, err error) {
	if len(p.Changes) == 0 {
		return nil, nil
	}
	slices.SortStableFunc(p.Changes, func(a, b Change) int { return order(a) - order(b) })
	intent, done := s.intent(p), s.Manifest
	done.Folders = intent.Folders
	r := s.begin()
	defer r.end()
	err = os.MkdirAll(s.Dirs.own(), folderMode)
	if err == nil {
		err = s.save(r, intent)
	}
	if err != nil {
		s.sweep(intent)
		return nil, withPath(err)
	}
	var failed []error
	var undone []Change
	for _, c := range p.Changes {
		err := c.needs(undone)
		if err == nil {
			err = r.act(c)
		}
		if err != nil {
			failed = append(failed, withPath(err))
			undone = append(undone, c)
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
	failed = append(failed, withPath(s.save(r, s.sweep(done))))
	return acted, errors.Join(failed...)
}

// needs fails if an entry would be without the link that it leads to, and start
// nothing, because another change of the app failed.
func (c Change) needs(undone []Change) error {
	isEntry := func(k Kind) bool { return k == Entry || k == Autostart || k == Launcher }
	for _, u := range undone {
		switch {
		case u.App != c.App || u.Undo != c.Undo:
		case c.Undo && c.Kind == Link && isEntry(u.Kind):
			return fmt.Errorf("%q is kept: %q leads to it", c.Path, u.Path)
		case !c.Undo && isEntry(c.Kind) && u.Kind == Link:
			return fmt.Errorf("%q is left alone: %q could not be made", c.Path, u.Path)
		}
	}
	return nil
}

// withPath writes an error of the system in our form: what failed, the path, the reason.
func withPath(err error) error {
	switch e := err.(type) {
	case *fs.PathError:
		return fmt.Errorf("cannot %s %q: %w", e.Op, e.Path, e.Err)
	case *os.LinkError:
		return fmt.Errorf("cannot %s %q: %w", e.Op, e.New, e.Err)
	}
	return err
}

// intent is the manifest while a plan is carried out.
func (s State) intent(p Plan) Manifest {
	m := s.Manifest
	m.add(append(Missing(s.Dirs.own()), s.Dirs.own()))
	for _, c := range p.Changes {
		m.add(Missing(filepath.Dir(c.Path)))
		if !c.Undo {
			m = m.with(c.Record)
		}
	}
	return m
}

// order sorts removals before additions: a link is there before
// the entries that lead to it and goes after them.
func order(c Change) int {
	at := slices.Index(kinds, c.Kind)
	if c.Undo || c.LedBack {
		return -1 - at
	}
	return at
}

// folderMode is the specification's for folders of the user's that are missing
// (XDG Base Directory Specification 0.8, "Referencing this specification").
const folderMode = 0o700

// act does one change, if what is there is still what was looked at.
func (r run) act(c Change) error {
	if c.Idle() {
		return nil
	}
	if err := unchanged(c.Path, c.Was); err != nil {
		return err
	}
	if c.To == nil {
		return r.remove(c.Path, c.Was)
	}
	if err := os.MkdirAll(filepath.Dir(c.Path), folderMode); err != nil {
		return err
	}
	return r.put(c.Path, c.Was, *c.To)
}

// save writes the manifest, or removes it when nothing is recorded.
func (s State) save(r run, m Manifest) error {
	m.Records = slices.Concat(m.Records, s.foreign)
	path := s.Dirs.Manifest()
	now, err := readFile(path)
	switch {
	case err != nil:
		return err
	case len(m.Records) > 0 && now != nil && now.Text == m.text():
		return nil
	case len(m.Records) > 0:
		return r.put(path, now, File{Text: m.text(), Mode: 0o600})
	case now != nil:
		err = r.remove(path, now)
	}
	s.sweep(m) // its own folder, and what it is in
	return err
}

// sweep removes the folders that were made and are empty, and gives the manifest
// without those that are gone or are not ours any more: what the user has put there
// instead stays.
func (s State) sweep(m Manifest) Manifest {
	var left []string
	for _, folder := range slices.Backward(slices.Sorted(slices.Values(m.Folders))) {
		if !s.Dirs.made(folder) {
			if slices.ContainsFunc(s.foreign, func(r Record) bool { return isBelow(r.Path, folder) }) {
				left = append(left, folder) // for a run with the places of that record
			}
			continue
		}
		if err := rmdir(folder); err != nil && !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, syscall.ENOTDIR) {
			left = append(left, folder)
		}
	}
	slices.Reverse(left)
	m.Folders = left
	return m
}

// Missing are the folders that making dir would make, the outermost first.
func Missing(dir string) []string {
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
