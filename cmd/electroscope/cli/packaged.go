package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"electroscope/cmd/electroscope/cli/render"
	"electroscope/desktop/install"
	"electroscope/desktop/unitfile"
	"electroscope/launcher/catalog"
	"electroscope/launcher/machine"
	"electroscope/launcher/unitname"
)

// A Flatpak or Snap makes scopes of its own, and drop-ins limit them. So one can be limited
// that no table of apps.toml names: by its id, to what [defaults] says.

// packaged reports whether a Flatpak or Snap of the app is meant.
func (o *installOptions) packaged() bool { return o.flatpak || o.snap }

// selected returns the apps that the words name, or all; bare are those of them that are
// Flatpaks and Snaps without a table. Without words these are the ones that were installed.
func (o *installOptions) selected(layers catalog.Layers, m install.Manifest, words []string) (apps, bare []catalog.App, err error) {
	if len(words) == 0 {
		apps, err = selectApps(layers, nil)
		return o.withIDs(apps), bareIn(layers, m, apps), err
	}
	for _, word := range words {
		found, err := selectApps(layers, []string{word})
		if err == nil {
			apps = append(apps, found...)
			continue
		}
		app, ok := o.bare(layers, word)
		if !ok {
			return nil, nil, err
		}
		if owner, ok := withID(layers, word); ok {
			return nil, nil, &usageError{fmt.Sprintf("%q is the id of %s, and apps.toml does not name its Flatpak", word, owner),
				fmt.Sprintf("[apps.%s] flatpak = %q", owner, word)}
		}
		bare = append(bare, app)
	}
	return o.withIDs(apps), bare, nil
}

// withID returns the app whose desktop file has an id.
func withID(layers catalog.Layers, id string) (key string, ok bool) {
	all, _ := layers.All()
	for _, app := range all.Apps {
		if app.ID == id {
			return app.Key, true
		}
	}
	return "", false
}

// withIDs gives an app whose table is named as a Flatpak that id, if none is named.
func (o *installOptions) withIDs(apps []catalog.App) []catalog.App {
	apps = slices.Clone(apps)
	for i, app := range apps {
		if app.Flatpak == "" && isFlatpakID(app.Key) {
			apps[i].Flatpak = app.Key
		}
	}
	return apps
}

// bare returns the app that a word is the Flatpak's id or the Snap's name of. A name that is
// close to one of the catalogue is taken for a slip.
func (o *installOptions) bare(layers catalog.Layers, word string) (catalog.App, bool) {
	switch {
	case o.flatpak && isFlatpakID(word):
		return bareFlatpak(layers, word), true
	case o.snap && isSnapName(word) && len(catalog.Nearest(word, knownNames(layers))) == 0:
		return bareSnap(layers, word), true
	}
	return catalog.App{}, false
}

func bareFlatpak(layers catalog.Layers, id string) catalog.App {
	app := withoutTable(layers, id)
	app.Flatpak = id
	return app
}

func bareSnap(layers catalog.Layers, name string) catalog.App {
	app := withoutTable(layers, name)
	app.Snap = name
	return app
}

// withoutTable returns an app of that name and id with the limits of [defaults].
func withoutTable(layers catalog.Layers, name string) catalog.App {
	settings, _ := layers.Default()
	app := settings.App
	app.Key, app.ID, app.Names = name, name, []string{name}
	return app
}

// bareIn returns those that an earlier install limited, and that no app has become since.
func bareIn(layers catalog.Layers, m install.Manifest, apps []catalog.App) []catalog.App {
	var list []catalog.App
	for _, r := range m.Records {
		taken := func(a catalog.App) bool { return a.Key == r.App || a.Flatpak == r.App || a.Snap == r.App }
		if r.Kind != install.Unit || r.App == "" || slices.ContainsFunc(apps, taken) || slices.ContainsFunc(list, taken) {
			continue
		}
		for _, app := range []catalog.App{bareFlatpak(layers, r.App), bareSnap(layers, r.App)} {
			if slices.ContainsFunc(unitsOf(app), func(u unitfile.Unit) bool { return strings.HasSuffix(r.Path, "/"+u.Name) }) {
				list = append(list, app)
				break
			}
		}
	}
	return list
}

// unitsOf are the drop-ins of an app's Flatpak and Snap.
func unitsOf(app catalog.App) []unitfile.Unit {
	var list []unitfile.Unit
	m := machine.Read()
	if app.Flatpak != "" {
		list = append(list, unitfile.Flatpak(app, m))
	}
	if app.Snap != "" {
		list = append(list, unitfile.Snap(app, m)...)
	}
	return list
}

// bareUnits returns the drop-ins of Flatpaks and Snaps that have no table.
func (o *installOptions) bareUnits(inv *invocation, places install.Dirs, bare []catalog.App, named bool) []install.Text {
	var list []install.Text
	for _, app := range bare {
		kind, here := "Flatpak", hasFlatpak(inv, places, app)
		if app.Flatpak == "" {
			kind, here = "Snap", hasSnap(inv, app)
		}
		if named && !here {
			inv.note(fmt.Sprintf("no %s %q is installed here: its limits hold once it is", kind, app.Key), "")
		}
		head := fmt.Sprintf("# The limits of [defaults] in apps.toml, for the %s %s. Written by electroscope install --%s.", kind, app.Key, strings.ToLower(kind))
		for _, u := range unitsOf(app) {
			list = append(list, install.Text{Path: places.Unit(u.Name), App: app.Key, Kind: install.Unit, Text: render.UnitFile(u, head)})
		}
	}
	return list
}

// isFlatpakID reports whether a word is the id of a Flatpak: at least three names with dots
// between them, of letters, digits, "_" and "-" (flatpak, common/flatpak-utils.c,
// flatpak_is_valid_name).
func isFlatpakID(word string) bool {
	parts := strings.Split(word, ".")
	if len(parts) < 3 || unitname.CheckID(word) != "" {
		return false
	}
	return !slices.ContainsFunc(parts, func(part string) bool {
		return part == "" || '0' <= part[0] && part[0] <= '9' || !consistsOf(part, "_-", true)
	})
}

// isSnapName reports whether a word is the name of a Snap, or of an app in it (snapd,
// snap/naming/validate.go).
func isSnapName(word string) bool {
	name, app, found := strings.Cut(word, ".")
	return consistsOf(name, "-", false) && strings.Trim(name, "0123456789-") != "" && (!found || consistsOf(app, "-", true))
}

// consistsOf reports whether a text is one of letters, digits and others.
func consistsOf(text, others string, upper bool) bool {
	for i := range len(text) {
		c := text[i]
		if !('a' <= c && c <= 'z' || '0' <= c && c <= '9' || upper && 'A' <= c && c <= 'Z' || strings.IndexByte(others, c) >= 0) {
			return false
		}
	}
	return text != ""
}

// hasSnap reports whether snapd has mounted the app's Snap; where differs by distribution.
func hasSnap(inv *invocation, app catalog.App) bool {
	name, _, _ := strings.Cut(app.Snap, ".")
	if name == "" {
		return false
	}
	for _, dir := range []string{"/snap", "/var/lib/snapd/snap"} {
		if _, err := os.Stat(filepath.Join(inv.process.Root, dir, name, "current")); err == nil {
			return true
		}
	}
	return false
}

// hasFlatpak reports whether flatpak(1) has the app, for the user or for the system.
func hasFlatpak(inv *invocation, places install.Dirs, app catalog.App) bool {
	if app.Flatpak == "" {
		return false
	}
	for _, dir := range []string{places.Data + "/flatpak", inv.process.Root + "/var/lib/flatpak"} {
		if _, err := os.Stat(filepath.Join(dir, "app", app.Flatpak)); err == nil {
			return true
		}
	}
	return false
}
