package cli

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"electroscope/cmd/electroscope/cli/render"
	"electroscope/desktop/entry"
	"electroscope/desktop/install"
	"electroscope/desktop/newapp"
	"electroscope/launcher"
	"electroscope/launcher/catalog"
	"electroscope/launcher/chromium"
	"electroscope/launcher/self"
)

// app finds out what the user means, and what the options say besides.
func (o *addOptions) app(inv *invocation, state install.State, what string) (newapp.App, error) {
	if !newapp.IsURL(what) && (o.browser != "" || o.profile) {
		return newapp.App{}, &usageError{"options --browser and --profile go with a URL", ""}
	}
	app, err := o.find(inv, state, what)
	if err != nil {
		return app, err
	}
	if o.name != "" {
		app.Key, app.Entry.Name, app.Names = newapp.Slug(o.name), o.name, nil
	}
	if app.Key == "" {
		return app, &usageError{fmt.Sprintf("no name to type can be made of %q: it has no letter or digit of ASCII", cmp.Or(o.name, what)), "give it one: --name=NAME"}
	}
	app.ID = cmp.Or(o.id, app.ID, app.Key)
	app.Memory, app.CPUs = o.memory, o.cpus
	if app.Entry.Icon, err = o.iconOf(inv, app.Entry.Icon); err != nil {
		return app, err
	}
	if _, _, there := state.Entry(app.ID); there {
		app.Entry = catalog.Entry{} // the menu has one
	}
	if len(app.Exec) > 0 {
		app.Runtime = examined(inv, app)
	}
	return app, nil
}

// iconOf is the icon that was asked for, a file by its full path.
func (o *addOptions) iconOf(inv *invocation, found string) (string, error) {
	if !strings.Contains(o.icon, "/") {
		return cmp.Or(o.icon, found), nil
	}
	return absolute(o.icon, inv.process.Getenv("HOME"))
}

// find tells apart the things that an app can be added by.
func (o *addOptions) find(inv *invocation, state install.State, what string) (newapp.App, error) {
	switch {
	case o.flatpak:
		a := newapp.App{ID: what, Key: newapp.FlatpakKey(what), Flatpak: what}
		return a, nil
	case newapp.IsURL(what):
		return o.web(inv, state, what)
	case strings.Contains(what, "/") || isFileName(what) && isFile(what):
		path, err := absolute(what, inv.process.Getenv("HOME"))
		if err != nil {
			return newapp.App{}, err
		}
		return fromFile(inv, state, path)
	}
	return fromName(inv, state, what)
}

// isFileName reports whether a word ends as the files do that add takes.
func isFileName(word string) bool {
	ext := strings.ToLower(filepath.Ext(word))
	return ext == ".desktop" || ext == ".appimage"
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

// fromFile adds a desktop entry, an AppImage or another program.
func fromFile(inv *invocation, state install.State, path string) (newapp.App, error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return newapp.App{}, &usageError{fmt.Sprintf("cannot use %q: %v", path, errors.Unwrap(err)), "name a desktop entry, an AppImage or another program"}
	case !info.Mode().IsRegular():
		return newapp.App{}, &usageError{fmt.Sprintf("%q is not a regular file", path), "name a desktop entry, an AppImage or another program"}
	case self.IsLink(path):
		return newapp.App{}, &usageError{fmt.Sprintf("%q is electroscope's own link", path), "name the program that it starts"}
	case strings.HasSuffix(path, ".desktop"):
		return fromEntryFile(inv, state, path)
	case info.Mode()&0o111 == 0:
		return newapp.App{}, &usageError{fmt.Sprintf("%q may not be executed", path), "chmod +x " + render.Quote(path)}
	case strings.EqualFold(filepath.Ext(path), ".appimage"):
		inv.note("the icon of "+filepath.Base(path)+" is not known: it is inside, and only running it would show it", "--icon=FILE gives the menu one")
		return newapp.FromAppImage(path), nil
	}
	app := newapp.App{Key: newapp.Slug(filepath.Base(path)), Exec: []string{path}}
	app.ID = entryOf(state, path, app.Key)
	return app, nil
}

// fromEntryFile adds the app of an entry: of one that install wrote, as it was before.
func fromEntryFile(inv *invocation, state install.State, path string) (newapp.App, error) {
	id, known := state.Dirs.ID(path)
	if !known {
		id = strings.TrimSuffix(filepath.Base(path), ".desktop")
	}
	if _, ours := state.Manifest.Record(path); ours {
		if path, text, ok := state.Entry(id); ok {
			return fromEntry(inv, path, id, text)
		}
	}
	file, err := install.ReadText(path)
	if err != nil {
		return newapp.App{}, err
	}
	return fromEntry(inv, path, id, file.Text)
}

func fromEntry(inv *invocation, path, id, text string) (newapp.App, error) {
	e, err := entry.Parse(text)
	if err != nil {
		return newapp.App{}, &usageError{fmt.Sprintf("%q is not a desktop entry: it %v", path, err), ""}
	}
	if kind := e.Value("Type"); kind != "" && kind != "Application" {
		return newapp.App{}, &usageError{fmt.Sprintf("%q starts nothing: its Type is %s", path, kind), ""}
	}
	app, err := newapp.FromEntry(id, e)
	if err != nil {
		return app, &usageError{fmt.Sprintf("%q cannot be added: it %v", path, err), ""}
	}
	if dir := e.Value("Path"); dir != "" && len(app.Args) > 0 {
		inv.note(fmt.Sprintf("%s has Path=%s: started by name, the app begins in another folder", path, dir), "write the paths in args in full, if it does not find its files")
	}
	return app, nil
}

// fromName adds a program on PATH, or else the app of a desktop entry.
func fromName(inv *invocation, state install.State, name string) (newapp.App, error) {
	found, err := launcher.Locate(inv.process, catalog.App{Exec: []string{name}, Names: []string{name}})
	if err == nil {
		return newapp.App{Key: name, Exec: []string{name}, ID: entryOf(state, found.Path, name)}, nil
	}
	if s, _, known := inv.layers().App(name); known {
		return newapp.App{}, takenBy(inv, s.App.Key, name)
	}
	if id := entryCalled(state, name); id != "" {
		path, text, _ := state.Entry(id)
		return fromEntry(inv, path, id, text)
	}
	known := append(state.IDs(), programs(inv.process.Getenv("PATH"))...)
	remedy := didYouMean(catalog.Nearest(name, known))
	return newapp.App{}, &usageError{fmt.Sprintf("no program on PATH and no desktop entry is called %q", name),
		cmp.Or(remedy, "name it as it is typed, or by the path of its file")}
}

// entryCalled is the id of the entry that a name means: its own, or else the one whose id
// ends so, or that has the name in the menu, if there is only one.
func entryCalled(state install.State, name string) string {
	name = strings.TrimSuffix(name, ".desktop")
	if _, _, ok := state.Entry(name); ok {
		return name
	}
	called := ""
	for _, id := range state.IDs() {
		_, text, ok := state.Entry(id)
		if e, err := entry.Parse(text); !ok || err != nil || e.IsTrue("NoDisplay") || !newapp.IsCalled(id, e, name) {
			continue
		}
		if called != "" {
			return "" // it may mean either
		}
		called = id
	}
	return called
}

// programs are the names of the files on PATH.
func programs(path string) []string {
	var names []string
	for _, dir := range filepath.SplitList(path) {
		list, _ := os.ReadDir(dir) // what cannot be read starts nothing
		for _, item := range list {
			names = append(names, item.Name())
		}
	}
	return names
}

// entryOf is the id of the desktop entry that starts a program and nothing but that: the one
// of the program's name, or the first. "" if there is none.
func entryOf(state install.State, path, name string) string {
	first := ""
	for _, id := range state.IDs() {
		_, text, ok := state.Entry(id)
		if !ok {
			continue
		}
		e, err := entry.Parse(text)
		if err != nil || e.IsTrue("Hidden") || e.Value("Type") != "Application" {
			continue
		}
		app, err := newapp.FromEntry(id, e)
		if err != nil || len(app.Exec) == 0 || len(app.Args) > 0 || !starts(app.Exec[0], path) {
			continue
		}
		if id == name {
			return id
		}
		if !e.IsTrue("NoDisplay") && first == "" {
			first = id
		}
	}
	return first
}

// starts reports whether a word of an entry names the program at path.
func starts(word, path string) bool {
	if !strings.Contains(word, "/") {
		return word == filepath.Base(path)
	}
	a, err := os.Stat(word)
	if err != nil {
		return false
	}
	b, err := os.Stat(path)
	return err == nil && os.SameFile(a, b)
}

// inTheWay returns the program on PATH that has one of the names and is not the app's own; ""
// if there is none.
func inTheWay(inv *invocation, names []string, own string) string {
	mine, err := launcher.Locate(inv.process, catalog.App{Exec: []string{own}, Names: names})
	if err != nil {
		return ""
	}
	for _, name := range names {
		other, err := launcher.Locate(inv.process, catalog.App{Exec: []string{name}, Names: names})
		same := starts(mine.Path, other.Path) || mine.Chain.Program != "" && mine.Chain.Program == other.Chain.Program
		if err == nil && !same {
			return other.Path
		}
	}
	return ""
}

// examined is what the program was seen to be built on, "" if it was not seen to be Chromium.
func examined(inv *invocation, app newapp.App) string {
	p, err := launcher.Prepare(inv.process, launcher.Request{Command: app.Exec[0], Args: app.Args, Layers: inv.layers()})
	if err != nil || p.Settings.App.Runtime == chromium.Native {
		return ""
	}
	return string(p.Settings.App.Runtime)
}
