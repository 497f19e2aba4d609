package install

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// A record is acted on only if it names a place that an install would write to. A
// manifest is a file like others: whoever can change it must not be able to have
// root, by sudo electroscope uninstall, remove what he cannot.

// hold is nil if a record names one of our places, and else says why it does not.
func (p Dirs) hold(r Record) error {
	root, name := p.root(r.Kind), filepath.Base(r.Path)
	if r.Kind == Launcher {
		root = p.launcherRoot(r.Path)
	}
	dir := filepath.Dir(r.Path)
	switch {
	case root == "" && r.Kind == Launcher:
		return fmt.Errorf("is not where a desktop keeps launchers")
	case root == "":
		return fmt.Errorf("is of a kind %q that nobody knows", r.Kind)
	case filepath.Clean(r.Path) != r.Path:
		return fmt.Errorf("is not the plain path of a file")
	case !isBelow(dir, root):
		return fmt.Errorf("lies outside %q", root)
	}
	fits := false
	switch r.Kind {
	case Link:
		fits = dir == root
	case Layer:
		fits = dir == root && strings.HasSuffix(name, ".toml")
	case Entry:
		fits = strings.HasSuffix(name, suffix)
	case Autostart:
		fits = dir == root && strings.HasSuffix(name, suffix)
	case Launcher:
		fits = true // it has such a place's pattern
	case Cache:
		fits = r.Path == p.cache()
	case Unit, DropIn:
		fits = dir == root && (strings.HasSuffix(name, ".slice") || strings.HasPrefix(name, "electroscope-") && strings.HasSuffix(name, ".service")) ||
			filepath.Dir(dir) == root && strings.HasSuffix(dir, ".d") && strings.HasSuffix(name, "electroscope.conf")
	}
	if !fits {
		return fmt.Errorf("is not the name of a file that install writes")
	}
	return throughLink(root, dir)
}

// sort separates the records that name a path outside our folders.
func (p Dirs) sort(list []Record) (ours, strange []Record) {
	for _, r := range list {
		if p.hold(r) == nil {
			ours = append(ours, r)
		} else {
			strange = append(strange, r)
		}
	}
	return ours, strange
}

// tellStrange notes what of the manifest is not acted on.
func (s State) tellStrange(p *Plan, keys []string) {
	for _, r := range s.foreign {
		if len(keys) == 0 || slices.Contains(keys, r.App) {
			p.fail(r.App, fmt.Sprintf("%q is recorded but %v: left alone", r.Path, s.Dirs.hold(r)),
				fmt.Sprintf("if it was installed with another XDG_DATA_HOME or XDG_CONFIG_HOME, uninstall it with that; else take it out of %q", s.Dirs.Manifest()))
		}
	}
	for _, folder := range s.Manifest.Folders {
		if !s.Dirs.made(folder) {
			p.fail("", fmt.Sprintf("the folder %q is recorded but holds no file of install's: left alone", folder), "")
		}
	}
}

// root is the folder that files of a kind are in or below.
func (p Dirs) root(k Kind) string {
	switch k {
	case Link:
		return p.Bin
	case Layer:
		return p.layers()
	case Entry, Cache:
		return p.applications()
	case Autostart:
		return p.autostart()
	case Unit, DropIn:
		return p.units()
	}
	return ""
}

// throughLink fails if dir is behind a link below the root: what is there lies
// elsewhere. The root itself may be one, or be behind one.
func throughLink(root, dir string) error {
	link := folderLink(root, dir)
	if link == "" {
		return nil
	}
	to, _ := os.Readlink(link)
	return fmt.Errorf("is behind the link %q, which leads to %q", link, to)
}

// folderLink is the link below root that dir is behind, or is itself.
func folderLink(root, dir string) string {
	for ; dir != root; dir = filepath.Dir(dir) {
		if _, err := os.Readlink(dir); err == nil {
			return dir
		}
	}
	return ""
}

// made reports whether a folder may be one that was made for our files: it holds
// one of our places, or is between one and a file.
func (p Dirs) made(folder string) bool {
	if filepath.Clean(folder) != folder {
		return false
	}
	for _, k := range kinds {
		root := p.root(k)
		if root == "" {
			continue // of launchers: install makes no folders for them
		}
		if isBelow(root, folder) || isBelow(folder, root) && throughLink(root, folder) == nil {
			return true
		}
	}
	return isBelow(p.own(), folder)
}

// isBelow reports whether path is dir or lies below it; both are clean.
func isBelow(path, dir string) bool {
	return path == dir || strings.HasPrefix(path, strings.TrimSuffix(dir, "/")+"/")
}
