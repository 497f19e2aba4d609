package cli

import (
	"errors"
	"io/fs"
	"path/filepath"
	"strings"

	"electroscope/launcher"
	"electroscope/launcher/cgroup"
	"electroscope/launcher/unitname"
)

// scopes are the scopes below the user's manager, from the tree of sys ("/sys/fs/cgroup").
// known is false if the tree, or part of it, cannot be read: then there may be others.
func scopes(sys string, d launcher.Delegation) (list []cgroup.Group, known bool) {
	if d.Group == "" {
		return nil, false
	}
	err := filepath.WalkDir(sys+string(d.Group), func(path string, item fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist) && path != sys+string(d.Group):
			return nil // it has ended since its folder was read
		case err != nil:
			return err
		case item.IsDir() && strings.HasSuffix(path, unitname.Extension):
			list = append(list, cgroup.Group(strings.TrimPrefix(path, sys)))
			return fs.SkipDir
		}
		return nil
	})
	return list, err == nil
}
