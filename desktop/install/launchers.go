package install

import (
	"path/filepath"
	"strings"

	"electroscope/desktop/entry"
)

// Desktops keep launchers of their own beside the folders of entries. Those in which each
// launcher is a desktop entry are here: they are led to the link as the user's own entries
// are. Other formats are only looked at (mention.go).

// A place is where a desktop keeps what starts apps.
type place struct {
	whose  string
	dir    func(Dirs) string
	name   string // pattern of the files below dir (filepath.Match)
	key    string // that a line has which starts something; empty: any may
	remedy string // if the usual one does not fit
}

func home(p Dirs) string    { return p.Home }
func config(p Dirs) string  { return p.Config }
func data(p Dirs) string    { return p.Data }
func desktop(p Dirs) string { return p.Desktop }

// launcherPlaces hold desktop entries. KDE's menu editor keeps its copies in the folder
// of entries, and so do its shortcuts for commands (plasma-desktop, kcms/keys/kcm_keys.cpp).
var launcherPlaces = []place{
	{whose: "XFCE's panel", dir: below(config, "xfce4/panel"), name: "launcher-*/*.desktop"},             // xfce4-panel, plugins/launcher/launcher.c
	{whose: "Plasma's icon widget", dir: below(data, "plasma_icons"), name: "*.desktop"},                 // plasma-workspace, applets/icon/iconapplet.cpp
	{whose: "Plasma's shortcuts", dir: below(data, "kglobalaccel"), name: "*.desktop"},                   // plasma-desktop, kcms/keys/globalaccelmodel.cpp
	{whose: "Cinnamon's panel", dir: below(data, "cinnamon/panel-launchers"), name: "*.desktop"},         // cinnamon, panel-launchers@cinnamon.org/applet.js
	{whose: "Cinnamon's older panel", dir: below(home, ".cinnamon/panel-launchers"), name: "*.desktop"},  // the same
	{whose: "MATE's panel", dir: below(config, "mate/panel2.d/default/launchers"), name: "*.desktop"},    // mate-panel, mate-panel/panel-util.c
	{whose: "GNOME Flashback's panel", dir: below(config, "gnome-panel/launchers"), name: "*.desktop"},   // gnome-panel, modules/launcher/gp-launcher-utils.c
	{whose: "KDE's service menus", dir: below(data, "kio/servicemenus"), name: "*.desktop"},              // kio, widgets/kfileitemactions.cpp
	{whose: "KDE's older service menus", dir: below(data, "kservices5/ServiceMenus"), name: "*.desktop"}, // of Frameworks 5
	{whose: "the desktop", dir: desktop, name: "*.desktop"},
}

func below(dir func(Dirs) string, name string) func(Dirs) string {
	return func(p Dirs) string { return filepath.Join(dir(p), name) }
}

// files are those that there are.
func (l place) files(p Dirs) []string {
	root := l.dir(p)
	if root == "" {
		return nil
	}
	list, _ := filepath.Glob(filepath.Join(escapeGlob(root), l.name)) // the pattern is a good one
	return list
}

// escapeGlob protects a folder's name in a pattern.
func escapeGlob(dir string) string {
	return strings.NewReplacer(`\`, `\\`, "*", `\*`, "?", `\?`, "[", `\[`).Replace(dir)
}

// holds reports whether a path is one of the place's.
func (l place) holds(p Dirs, path string) bool {
	root := l.dir(p)
	if root == "" {
		return false
	}
	name, err := filepath.Rel(root, path)
	if err != nil {
		return false
	}
	fits, _ := filepath.Match(l.name, name)
	return fits
}

// launcherRoot is the folder of the place that holds a path; "" if none does.
func (p Dirs) launcherRoot(path string) string {
	for _, l := range launcherPlaces {
		if l.holds(p, path) {
			return l.dir(p)
		}
	}
	return ""
}

// launchers finds the launchers that are desktop entries.
func (p Dirs) launchers(m Manifest) []candidate {
	var list []candidate
	for _, l := range launcherPlaces {
		for _, path := range l.files(p) {
			f := candidate{path: path, copied: true, away: folderLink(l.dir(p), filepath.Dir(path))}
			if f.read(m); f.file == nil {
				continue // what cannot be read starts nothing
			}
			f.id = launcherID(path, f.file.Text)
			list = append(list, f)
		}
	}
	return list
}

// launcherID is the id of the entry that a launcher is a copy of. XFCE's panel has names of
// its own and says in the file what that was; others keep the name.
func launcherID(path, text string) string {
	name := path
	if e, err := entry.Parse(text); err == nil {
		if source := e.Value("X-XFCE-Source"); source != "" {
			name = source
		}
	}
	return strings.TrimSuffix(filepath.Base(name), suffix)
}

// desiredLaunchers gives the launchers that start the app, led to the link. Entries are
// those that the app will have in the menu.
func (s State) desiredLaunchers(app App, link string, entries []desired, apps *owners, left *leftAlone, p *Plan) []desired {
	var files []desired
	for _, f := range s.launchers {
		file, ok := s.linked(f, entries)
		if !ok {
			var text string
			if text, ok = f.rewritten(app, link, apps, left, p); !ok {
				continue
			}
			file = File{Text: text, Mode: f.file.Mode}
		}
		files = append(files, desired{
			Record: Record{Path: f.path, Kind: Launcher, App: app.Key, Source: f.path, Sourced: f.file.Sum()},
			file:   file,
			base:   f.file.Text,
			edits:  true,
		})
	}
	return files
}

// linked is a launcher that is a link to an entry, as a file manager makes one: it becomes a
// link to the entry that the app will have by that id.
func (s State) linked(f candidate, entries []desired) (File, bool) {
	if f.link == "" || f.away != "" {
		return File{}, false
	}
	to := absolute(f.link, filepath.Dir(f.path))
	id, isEntry := s.Dirs.ID(to)
	for _, e := range entries {
		if entryID, _ := s.Dirs.ID(e.Path); !isEntry || id != entryID {
			continue
		}
		if to == e.Path {
			return File{Link: f.link}, true // as it is
		}
		return File{Link: e.Path}, true
	}
	return File{}, false
}

// desktopFolder is what lies on the desktop, by the text of user-dirs.dirs: XDG_DESKTOP_DIR, a
// path or one below $HOME, and the home itself if the user wants none (user-dirs.dirs(5)). A
// folder elsewhere may be others' too.
func desktopFolder(home, userDirs string) string {
	dir := filepath.Join(home, "Desktop")
	for line := range strings.Lines(userDirs) {
		if value, ok := strings.CutPrefix(strings.TrimSpace(line), "XDG_DESKTOP_DIR="); ok {
			value = strings.Trim(value, `"`)
			if inHome, ok := strings.CutPrefix(value, "$HOME"); ok {
				value = home + "/" + inHome
			}
			dir = filepath.Clean(value)
		}
	}
	if dir == home || !isBelow(dir, home) {
		return ""
	}
	return dir
}
