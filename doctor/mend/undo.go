package mend

import (
	"errors"
	"io/fs"
	"path/filepath"
	"slices"

	"electroscope/desktop/install"
)

// A Change is one that undoing a record makes: what a file is, and what it becomes.
type Change struct {
	File
	Is, To *install.File
}

// Plan is what undoing a record would change. since are the files that something else has changed:
// then nothing is to be done.
func (r Record) Plan() (changes []Change, since []File, err error) {
	for _, f := range slices.Backward(r.Files) {
		is, err := install.Look(f.Path)
		if err != nil {
			return nil, nil, err
		}
		was, err := r.was(f)
		if err != nil {
			return nil, nil, err
		}
		switch {
		case is.Sum() == was.Sum() && f.leads():
		case is.Sum() == f.Now && f.leads():
			if is != nil && was != nil && is.Link == "" && was.Link == "" {
				was.Mode = is.Mode // which no fix changes
			}
			changes = append(changes, Change{f, is, was})
		default:
			since = append(since, f)
		}
	}
	return changes, since, nil
}

// leads reports whether the link by which a file was found still leads there.
func (f File) leads() bool {
	if f.Called == "" {
		return true
	}
	real, err := filepath.EvalSymlinks(f.Called)
	return errors.Is(err, fs.ErrNotExist) || real == f.Path
}

// Undo makes the changes, and forgets the record.
func (r Record) Undo(changes []Change) error {
	for _, c := range changes {
		if err := install.Swap(c.Path, c.Is, c.To); err != nil {
			return err
		}
	}
	r.discard()
	return nil
}
