package install

import (
	"os"
	"path/filepath"
)

// Look reads what is at a path, which may be a link; nil if nothing is.
func Look(path string) (*File, error) {
	f, err := readFile(path)
	return f, withPath(err)
}

// Swap has a path hold another file, or none, whole or not at all, if what it holds is still what
// was looked at.
func Swap(path string, was, to *File) error {
	switch {
	case was == nil && to == nil:
		return nil
	case to == nil:
		return withPath(newRun().remove(path, was))
	}
	if err := os.MkdirAll(filepath.Dir(path), folderMode); err != nil {
		return withPath(err)
	}
	return withPath(newRun().put(path, was, *to))
}

// RemoveFolders removes those of the folders that are empty, the outermost last. They are in the
// order of [Missing].
func RemoveFolders(folders []string) {
	for i := len(folders) - 1; i >= 0; i-- {
		_ = rmdir(folders[i]) // something is in it, or it is gone
	}
}
