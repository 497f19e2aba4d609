package launcher

import (
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"electroscope/launcher/limit"
	"electroscope/launcher/plan"
	"electroscope/launcher/regular"
	"electroscope/launcher/systemd"
	"electroscope/launcher/unitname"
	"electroscope/launcher/xdg"
)

// A dropIn is one setting of a drop-in file.
type dropIn struct{ file, value string }

func (d dropIn) sets(name string) string { return d.file + " sets " + name + "=" + d.value }

// overruled is the note of a setting for any app that gives way to apps.toml.
func (d dropIn) overruled(l limit.Limit, asked uint64) plan.Note {
	return plan.Note{
		Without: "the " + l.Name + "=" + d.value + " of " + d.file,
		Text:    "it is for any app, and apps.toml gives this one " + l.Spell(asked),
	}
}

// forApp reports whether the file is for the scopes of this app, not for those of
// any: its folder is named for the unit, or for more of it than "app-"
// (systemd.unit(5), on dashes in names).
func (d dropIn) forApp(unit string) bool {
	prefix, isFolder := strings.CutSuffix(path.Base(path.Dir(d.file)), unitname.Extension+".d")
	whole := strings.HasSuffix(prefix, "-") || prefix+unitname.Extension == unit
	return isFolder && whole && len(prefix) > len("app-") && strings.HasPrefix(unit, prefix)
}

// dropIns is the text of the drop-in files of a scope, in the order in which they
// are read.
type dropIns []struct{ file, text string }

// maxDropIn is the most that is read of one.
const maxDropIn = 1 << 20

// files asks the manager which drop-in files it read, and reads them, once.
func (scope *scopeRequest) files(w Process) dropIns {
	if scope.read {
		return scope.dropIns
	}
	scope.read = true
	names, err := scope.start.DropIns(scope.unit.Name)
	if err != nil {
		return nil
	}
	for _, file := range names {
		if text, err := regular.Read(file, maxDropIn); err == nil && filepath.Base(file) != systemd.DropInName {
			scope.dropIns = append(scope.dropIns, struct{ file, text string }{file, string(text)})
		}
	}
	return scope.dropIns
}

// setter finds the file that has the last word on a setting. Zero if none does.
func (list dropIns) setter(name string) dropIn {
	var last dropIn
	for _, f := range list {
		if value, set := systemd.LastSetting(f.text, name); set {
			last = dropIn{file: f.file, value: value}
		}
	}
	return last
}

// hasDropIns reports whether a user or an administrator has drop-ins for a scope of
// that name. What a launch writes is not theirs.
func (w Process) hasDropIns(unit string) bool {
	for _, folder := range w.dropInFolders(unit) {
		files, _ := os.ReadDir(folder)
		if slices.ContainsFunc(files, func(f os.DirEntry) bool { return f.Name() != systemd.DropInName }) {
			return true
		}
	}
	return false
}

// dropInFolders are where they put them (systemd.unit(5), "User Unit Search Path"):
// for the app's scopes, for those whose name begins with "app-", and for all. Of two
// files of one name the first holds: that for more of the name, and after all of
// those that for the type (unit_file_find_dropin_paths, src/shared/dropin.c; seen
// with 252, 257 and 262).
func (w Process) dropInFolders(unit string) []string {
	runtime, _ := w.runtimeDirs()
	prefix := unit[:strings.LastIndexByte(unit, '-')+1]
	var named, typed []string
	for _, parent := range append([]string{xdg.Env(w.Getenv).ConfigHome(), "/etc"}, runtime...) {
		units := parent + "/systemd/user/"
		if _, err := os.Stat(units); err != nil {
			continue // as on most machines
		}
		named = append(named, units+prefix+".scope.d", units+"app-.scope.d")
		typed = append(typed, units+"scope.d")
	}
	return append(named, typed...)
}

// foundDropIns reads the drop-ins in those folders as the manager will: in the order
// of their names, whatever folder they are in; of two of one name the first folder's.
func (w Process) foundDropIns(unit string) dropIns {
	var list dropIns
	taken := map[string]bool{}
	for _, folder := range w.dropInFolders(unit) {
		files, _ := filepath.Glob(folder + "/*.conf")
		for _, file := range files {
			text, err := regular.Read(file, maxDropIn)
			if name := filepath.Base(file); err == nil && name != systemd.DropInName && !taken[name] {
				taken[name] = true
				list = append(list, struct{ file, text string }{file, string(text)})
			}
		}
	}
	slices.SortStableFunc(list, func(a, b struct{ file, text string }) int {
		return strings.Compare(filepath.Base(a.file), filepath.Base(b.file))
	})
	return list
}

// foreseen tells before a launch what it will find changed by drop-ins.
func foreseen(u systemd.Unit, files dropIns) []plan.Note {
	var notes []plan.Note
	if d := files.setter("Slice"); d.file != "" && d.value != u.Slice {
		notes = append(notes, outsideSlice(plan.Note{Text: d.sets("Slice")}, u.Slice, d.value == plan.AppsSlice))
	}
	for _, p := range u.Properties {
		name := plan.Spelled(p.Name)
		d := files.setter(name)
		l, isLimit := limit.ByProperty(p.Name)
		switch asked, _ := p.Value.(uint64); {
		case d.file == "":
		case p.Default:
			notes = append(notes, plan.Note{Text: d.sets(name)})
		case isLimit && l.Readable() && !d.forApp(u.Name):
			notes = append(notes, d.overruled(l, asked))
		case isLimit && l.Readable():
			notes = append(notes, plan.Note{Without: l.Spell(asked), Text: d.sets(name)})
		case p.Name == "OOMPolicy" && d.value != p.Value:
			notes = append(notes, plan.Note{Without: name + "=" + p.Value.(string), Text: d.sets(name)})
		}
	}
	return notes
}
