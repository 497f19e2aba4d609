package install

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// A candidate is a desktop entry as it would be without us.
type candidate struct {
	id         string // without .desktop
	path       string
	precedence int    // of its folder; 0 is the user's
	file       *File  // its text, through links
	link       string // where it leads, if it is a link in the user's folder
	away       string // the link to a folder that it is behind, in the user's folder
	copied     bool   // it is a launcher that a desktop keeps elsewhere
	err        error  // why it could not be read
}

// entries finds those of the first folder, which is the user's, and of the
// others; of one id the first is used. In folders below, kde/foo.desktop has the
// id kde-foo (Desktop Entry Specification, "Desktop File ID").
func entries(m Manifest, folders []string, below bool) []candidate {
	var list []candidate
	for precedence, folder := range folders {
		for _, path := range desktopFiles(folder, below) {
			name, _ := filepath.Rel(folder, path)
			f := candidate{id: strings.ReplaceAll(strings.TrimSuffix(name, suffix), "/", "-"), path: path, precedence: precedence}
			if precedence == 0 {
				f.away = folderLink(folder, filepath.Dir(path))
			}
			if f.read(m); f.file != nil || f.err != nil {
				list = append(list, f)
			}
		}
	}
	return list
}

// read leaves file nil if nothing but an earlier install's work is there.
func (f *candidate) read(m Manifest) {
	if f.precedence == 0 {
		if f.file, f.err = readFile(f.path); f.err != nil {
			return
		}
		if r, recorded := m.Record(f.path); recorded {
			f.file = r.users(f.file)
		}
		if f.file == nil || f.file.Link == "" {
			return
		}
		f.link = f.file.Link
	}
	f.file, f.err = readText(f.path)
}

const suffix = ".desktop"

// maxDepth ends a walk among folders that link to each other.
const maxDepth = 8

// desktopFiles lists a folder, through links to folders as desktops do.
func desktopFiles(folder string, below bool) []string {
	var files []string
	var walk func(dir string, depth int)
	walk = func(dir string, depth int) {
		list, _ := os.ReadDir(dir) // sorted; what cannot be read is not there for a desktop either
		for _, item := range list {
			path := filepath.Join(dir, item.Name())
			if strings.HasSuffix(item.Name(), suffix) {
				files = append(files, path)
			} else if below && depth < maxDepth && isFolder(path, item) {
				walk(path, depth+1)
			}
		}
	}
	walk(folder, 0)
	return files
}

func isFolder(path string, item fs.DirEntry) bool {
	if item.Type() == fs.ModeSymlink {
		info, err := os.Stat(path)
		return err == nil && info.IsDir()
	}
	return item.IsDir()
}

// used leaves of each id the entry that a desktop would use.
func used(list []candidate) []candidate {
	var first []candidate
	for _, f := range list {
		if !slices.ContainsFunc(first, func(g candidate) bool { return g.id == f.id }) {
			first = append(first, f)
		}
	}
	return first
}
