package cli

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"electroscope/desktop/install"
	"electroscope/launcher/self"
)

// A linkFolder is where a link may be: a folder of PATH, or where install puts it.
type linkFolder struct {
	path  string
	links map[string]bool // the names of all symbolic links in it; nil if it cannot be listed
}

func linkFolders(getenv func(string) string) []linkFolder {
	paths := filepath.SplitList(getenv("PATH"))
	if places, err := install.DirsOf(getenv); err == nil {
		paths = append(paths, places.Bin)
	}
	var folders []linkFolder
	for _, path := range paths {
		if filepath.IsAbs(path) {
			folders = append(folders, linkFolder{path, linksIn(path)})
		}
	}
	return folders
}

// linksIn lists a folder once, which is quicker than a look at each name of each app.
func linksIn(folder string) map[string]bool {
	entries, err := os.ReadDir(folder)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil // there may be links all the same, as in a folder of mode 0711
	}
	links := make(map[string]bool)
	for _, e := range entries {
		if e.Type()&fs.ModeSymlink != 0 {
			links[e.Name()] = true
		}
	}
	return links
}

// linkIn is the first link to electroscope by one of the names.
func linkIn(folders []linkFolder, names []string) string {
	for _, f := range folders {
		for _, name := range names {
			if f.links != nil && !f.links[name] {
				continue
			}
			if link := filepath.Join(f.path, name); self.IsLink(link) {
				return link
			}
		}
	}
	return ""
}
