package install

import (
	"errors"
	"path/filepath"
	"slices"
	"strings"

	"electroscope/desktop/entry"
)

// A Menu is what the entry of an app says that comes without one, such as an AppImage or a
// web app. Without a Name none is made.
type Menu struct {
	Name, Icon, StartupWMClass string
}

// desiredMenu gives the entry of an app that has none of its id.
func (s State) desiredMenu(app App, link string, p *Plan) (desired, bool) {
	id := app.IDs[0]
	if app.Menu.Name == "" || slices.ContainsFunc(s.entries, func(f candidate) bool { return f.id == id }) {
		return desired{}, false
	}
	text, err := app.Menu.text(link)
	if err != nil {
		p.fail(app.Key, "no entry can be made for it: "+err.Error(), "")
		return desired{}, false
	}
	return desired{
		Record: Record{Path: filepath.Join(s.Dirs.applications(), id+suffix), Kind: Entry, App: app.Key},
		file:   File{Text: text, Mode: 0o644},
	}, true
}

// text is the entry that starts the link. The program's place is written as in any entry.
func (m Menu) text(link string) (string, error) {
	const program = "program"
	var b strings.Builder
	b.WriteString("[Desktop Entry]\nType=Application\n")
	for _, k := range [...][2]string{{"Name", m.Name}, {"Icon", m.Icon}, {"StartupWMClass", m.StartupWMClass}} {
		if k[1] != "" {
			b.WriteString(k[0] + "=" + entry.Escape(k[1]) + "\n")
		}
	}
	b.WriteString("Exec=" + program + "\n")
	e, err := entry.Parse(b.String())
	if err != nil {
		return "", err
	}
	r := e.Rewrite(link, func(name string, _ []string) entry.Match {
		if name == program {
			return entry.Own
		}
		return entry.Other
	})
	for _, left := range r.Left {
		return "", errors.New(left.Reason)
	}
	return r.Text, nil
}

// Entry finds the entry that a desktop would use for an id if nothing were installed.
func (s State) Entry(id string) (path, text string, ok bool) {
	for _, f := range used(s.entries) {
		if f.id == id && f.file != nil {
			return f.path, f.file.Text, true
		}
	}
	return "", "", false
}

// IDs are the ids of all entries.
func (s State) IDs() []string {
	var ids []string
	for _, f := range used(s.entries) {
		ids = append(ids, f.id)
	}
	return ids
}

// ID is the id of the entry at a path; ok is false if that is in no folder of entries.
func (p Dirs) ID(path string) (id string, ok bool) {
	for _, dir := range append([]string{p.Data}, p.DataDirs...) {
		folder := filepath.Join(dir, "applications")
		if name, err := filepath.Rel(folder, path); err == nil && isBelow(path, folder) {
			return strings.ReplaceAll(strings.TrimSuffix(name, suffix), "/", "-"), true
		}
	}
	return "", false
}
