package launcher

import (
	"os"
	"path"
	"strings"
)

// A dropIn is one setting of a drop-in file.
type dropIn struct{ file, value string }

// forApp reports whether the file is for the scopes of this app, not for those of
// any: its folder is named for the unit, or for more of it than "app-"
// (systemd.unit(5), on dashes in names).
func (d dropIn) forApp(unit string) bool {
	prefix, isFolder := strings.CutSuffix(path.Base(path.Dir(d.file)), scopeExtension+".d")
	whole := strings.HasSuffix(prefix, "-") || prefix+scopeExtension == unit
	return isFolder && whole && len(prefix) > len("app-") && strings.HasPrefix(unit, prefix)
}

// dropIns is the text of the drop-in files of a scope, in the order in which they
// are read.
type dropIns []struct{ file, text string }

// dropIns asks the manager which files it read, and reads them.
func (p *pending) dropIns(w World) dropIns {
	files, err := p.start.DropIns(p.unit.Name)
	if err != nil {
		return nil
	}
	var list dropIns
	for _, file := range files {
		if text, err := os.ReadFile(file); err == nil {
			list = append(list, struct{ file, text string }{file, string(text)})
		}
	}
	return list
}

// setter finds the file that has the last word on a setting (systemd.syntax(7):
// the last of several assignments holds). Zero if none does.
func (list dropIns) setter(name string) dropIn {
	var last dropIn
	for _, f := range list {
		for line := range strings.SplitSeq(f.text, "\n") {
			key, value, found := strings.Cut(line, "=")
			if found && strings.TrimSpace(key) == name {
				last = dropIn{file: f.file, value: strings.TrimSpace(value)}
			}
		}
	}
	return last
}

// hasDropIns reports whether there is a folder of drop-ins for a scope of that name
// where a user or an administrator puts them (systemd.unit(5), "User Unit Search
// Path"): for scopes, for all whose name begins with "app-", or for the app's.
func (w World) hasDropIns(unit string) bool {
	config := w.Getenv("XDG_CONFIG_HOME")
	if config == "" {
		config = w.Getenv("HOME") + "/.config"
	}
	folders := []string{config + "/systemd/user/", "/etc/systemd/user/"}
	for _, runtimeDir := range w.runtimeDirs() {
		folders = append(folders, runtimeDir+"/systemd/user/")
	}
	prefix := unit[:strings.LastIndexByte(unit, '-')+1]
	for _, folder := range folders {
		for _, name := range []string{"", "app-.", prefix + "."} {
			if _, err := os.Stat(folder + name + "scope.d"); err == nil {
				return true
			}
		}
	}
	return false
}
