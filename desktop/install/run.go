package install

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
)

// A run is one pass of changes. A link announces it from before the first change
// until after the last:
//
//	.electroscope.TOKEN -> electroscope at work: TOKEN
//
// A link is there at once with all its text, so a run that is killed leaves either
// nothing or this, the proof of what else is its own: a file .electroscope.TOKEN.new
// in a folder, for the token is random and chosen before that file is made.
//
// The link stands in the innermost folder on the way to the manifest that is not
// of our making. The folders below it, down to the manifest's, are of ours: no
// manifest says so before it is written and after it is removed.
type run struct{ token, link string }

const (
	mark    = ".electroscope."
	atWork  = "electroscope at work: "
	halfway = ".new"
)

func newRun() run { return run{token: fmt.Sprintf("%016x%016x", rand.Uint64(), rand.Uint64())} }

// begin makes the link. If none can be made (a full disk, when room is to be
// made by an uninstall) the changes are as safe, but for what a kill leaves lying.
func (s State) begin() run {
	r := newRun()
	way := s.Dirs.way()
	for i, dir := range way {
		if below := i + 1; below < len(way) && isThere(way[below]) && !slices.Contains(s.Manifest.Folders, way[below]) {
			continue
		}
		link := filepath.Join(dir, mark+r.token)
		if os.Symlink(atWork+r.token, link) == nil {
			r.link = link
			break
		}
	}
	return r
}

func isThere(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// end is after the last change, and after the folders are gone that go.
func (r run) end() {
	if r.link != "" {
		unlink(r.link)
	}
}

// temporary is where a file is written before it gets its name. No desktop, no
// manager and no catalogue reads a name like that.
func (r run) temporary(dir string) string { return filepath.Join(dir, mark+r.token+halfway) }

// way is the folders from the home to the manifest's, the outermost first; from the
// root if that is not below the home.
func (p Dirs) way() []string {
	var list []string
	for dir := p.own(); ; dir = filepath.Dir(dir) {
		list = append(list, dir)
		if dir == p.Home || dir == "/" {
			slices.Reverse(list)
			return list
		}
	}
}

// clear removes what runs that were killed left: their temporary files, the folders
// they made for a manifest that is not there, their links.
func (p Dirs) clear() {
	way := p.way()
	for i, dir := range way {
		list, _ := os.ReadDir(dir)
		for _, item := range list {
			token, found := strings.CutPrefix(item.Name(), mark)
			link := filepath.Join(dir, item.Name())
			if to, err := os.Readlink(link); !found || err != nil || to != atWork+token {
				continue
			}
			for _, folder := range p.folders() {
				unlink(run{token: token}.temporary(folder))
			}
			for _, made := range slices.Backward(way[i+1:]) {
				rmdir(made)
			}
			unlink(link)
		}
	}
}

// folders are all that a run may have written to.
func (p Dirs) folders() []string {
	list := append(p.way(), p.Bin, p.applications(), p.autostart(), p.layers(), p.units())
	units, _ := os.ReadDir(p.units())
	for _, item := range units {
		if item.IsDir() { // of drop-ins
			list = append(list, filepath.Join(p.units(), item.Name()))
		}
	}
	for _, r := range p.userEntries() { // that are led back
		list = append(list, filepath.Dir(r.Path))
	}
	m, _ := readManifest(p.Manifest())
	for _, r := range m.Records {
		if p.hold(r) == nil {
			list = append(list, filepath.Dir(r.Path))
		}
	}
	return list
}

// unlink removes a file or a link, and never a folder, which os.Remove would.
func unlink(path string) error { return again("unlink", path, syscall.Unlink) }

// rmdir removes an empty folder, and never a file or a link in its place.
func rmdir(path string) error { return again("rmdir", path, syscall.Rmdir) }

func again(op, path string, call func(string) error) error {
	for {
		switch err := call(path); err {
		case nil:
			return nil
		case syscall.EINTR:
		default:
			return &os.PathError{Op: op, Path: path, Err: err}
		}
	}
}
