package newapp

import (
	"cmp"
	"path/filepath"
	"slices"
	"strings"

	"electroscope/desktop/entry"
	"electroscope/launcher/catalog"
)

// FromEntry is the app that a desktop entry starts, by the entry's id.
//
// Its arguments belong to the app if they tell it from others of the same program: a
// script of an interpreter, a profile of a browser. Bare options such as --new-window do
// not; the entry goes on passing them.
func FromEntry(id string, e *entry.Entry) (App, error) {
	a := App{ID: id, Entry: menu(e)}
	if a.Flatpak = e.Value("X-Flatpak"); a.Flatpak != "" {
		a.Key = FlatpakKey(a.Flatpak)
		return a, nil
	}
	if snap := e.Value("X-SnapInstanceName"); snap != "" {
		a.Key, a.Snap = snap, snap
		return a, nil
	}
	command, err := e.Command()
	if err != nil {
		return App{}, err
	}
	if a.packaged(command.Words); a.Key != "" {
		return a, nil
	}
	a.Exec, a.Env = command.Words[:1], variables(command.Env)
	if args := command.Words[1:]; slices.ContainsFunc(args, distinguishes) {
		a.Args, a.Key = args, idName(id, e.Value("Name"))
		return a, nil
	}
	base := filepath.Base(a.Exec[0])
	a.Key = cmp.Or(Slug(base), idName(id, e.Value("Name")))
	if a.Key != base {
		a.Names = []string{a.Key, base}
	}
	return a, nil
}

// packaged takes from a command the Flatpak or Snap that it runs, as entries of the user's
// own do.
func (a *App) packaged(words []string) {
	program := filepath.Base(words[0])
	runs := len(words) > 1 && words[1] == "run"
	name := slices.IndexFunc(words[min(2, len(words)):], func(w string) bool { return !strings.HasPrefix(w, "-") })
	switch {
	case strings.HasPrefix(words[0], "/snap/bin/"), strings.HasPrefix(words[0], "/var/lib/snapd/snap/bin/"):
		a.Key, a.Snap = program, program
	case name < 0 || !runs:
	case program == "flatpak":
		a.Flatpak = words[2+name]
		a.Key = FlatpakKey(a.Flatpak)
	case program == "snap":
		a.Snap = words[2+name]
		a.Key = Slug(a.Snap)
	}
}

// IsCalled reports whether people call the app of an entry so: by what its id ends in, or
// its name in the menu.
func IsCalled(id string, e *entry.Entry, name string) bool {
	name = Slug(name)
	return name != "" && (Slug(lastPart(id)) == name || Slug(e.Value("Name")) == name)
}

// FlatpakKey is the key of a Flatpak, by its id: slack of com.slack.Slack.
func FlatpakKey(id string) string { return cmp.Or(Slug(lastPart(id)), id) }

// distinguishes reports whether a word may tell the app from others of its program: all
// but options without a value.
func distinguishes(word string) bool {
	return !strings.HasPrefix(word, "-") || strings.Contains(word, "=")
}

func variables(list []string) map[string]string {
	if len(list) == 0 {
		return nil
	}
	env := make(map[string]string)
	for _, v := range list {
		name, value, _ := strings.Cut(v, "=")
		env[name] = value
	}
	return env
}

func menu(e *entry.Entry) catalog.Entry {
	return catalog.Entry{Name: e.Value("Name"), Icon: e.Value("Icon"), StartupWMClass: e.Value("StartupWMClass")}
}

// idName makes a name of a desktop file id. The ids of the shortcuts that Chromium makes
// have none in them: chrome-hnpfjngllnobngcgfapefoaidbinmjnm-Default.
func idName(id, title string) string {
	if isShortcut(id) {
		return cmp.Or(Slug(title), Slug(id))
	}
	return cmp.Or(Slug(lastPart(id)), Slug(title), id)
}

// lastPart is what an id in reverse-DNS form ends in: Slack of com.slack.Slack.
func lastPart(id string) string {
	if parts := strings.Split(id, "."); len(parts) > 2 {
		return Slug(parts[len(parts)-1])
	}
	return id
}

// isShortcut reports whether an id has the id of a Chromium app in it: 32 letters from a
// to p (components/crx_file/id_util.cc).
func isShortcut(id string) bool {
	for part := range strings.SplitSeq(id, "-") {
		if len(part) == 32 && strings.Trim(part, "abcdefghijklmnop") == "" {
			return true
		}
	}
	return false
}
