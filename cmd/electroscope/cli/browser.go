package cli

import (
	"fmt"
	"os"
	"slices"

	"electroscope/desktop/install"
	"electroscope/desktop/mimeapps"
	"electroscope/desktop/newapp"
	"electroscope/launcher/catalog"
	"electroscope/launcher/xdg"
)

// A link in an app starts the default browser inside the app's scope, unless the desktop goes
// by systemd. Led through a link of ours it leaves that scope, so install can make it an app:
// one without limits, for nobody has asked for any.

// browserTypes are what a browser opens, the first that has a default counting.
var browserTypes = []string{"x-scheme-handler/https", "x-scheme-handler/http", "text/html"}

// addBrowser gives a request the layer of apps.toml that makes the default browser an app, if
// it is none. It returns the layers with that, and the browser's key; "" if it needs nothing.
func addBrowser(inv *invocation, state install.State, r *install.Request) (catalog.Layers, string, error) {
	layers := inv.layers()
	id := defaultBrowser(inv, state)
	if id == "" {
		return layers, "", &usageError{"no default browser is set", "xdg-settings set default-web-browser NAME.desktop; or electroscope add NAME makes it an app"}
	}
	if key, known := withID(layers, id); known {
		return layers, key, nil
	}
	path, text, _ := state.Entry(id)
	app, err := fromEntry(inv, path, id, text)
	switch {
	case err != nil:
		return layers, "", err
	case app.Flatpak != "" || app.Snap != "":
		inv.note(fmt.Sprintf("the default browser %q is a Flatpak or a Snap, which has a scope of its own already", id), "")
		return layers, "", nil
	}
	table := browserTable(inv, &app)
	if err := (&addOptions{}).check(inv, app, table); err != nil {
		return layers, "", err
	}
	r.Files = append(r.Files, install.Text{Path: state.Dirs.Layer(app.Key + "-browser.toml"), App: app.Key, Text: table, Kind: install.Layer})
	return (&addOptions{}).with(inv, table), app.Key, nil
}

// browserTable is the browser's table. One that is built on Chromium stays in the usual
// slice: the drop-ins for what a Chromium asks for by itself are those of all apps.
func browserTable(inv *invocation, app *newapp.App) string {
	app.Memory, app.Entry = "infinity", catalog.Entry{}
	if app.Runtime = examined(inv, *app); app.Runtime == "" {
		app.Slice = "app"
	}
	return fmt.Sprintf("# Written by electroscope install --browser; electroscope uninstall %s removes it. The limits are yours\n"+
		"# to choose: memory = \"4G\", cpus = 2. With slice = \"app\" it does not count against the budget of all apps.\n", app.Key) + app.Table("")
}

// defaultBrowser is the id of its entry; "" if there is none.
func defaultBrowser(inv *invocation, state install.State) string {
	env := xdg.Env(inv.process.Getenv)
	lists, caches := textsOf(mimeapps.Files(env)), textsOf(mimeapps.Caches(env))
	ids := state.IDs()
	for _, mime := range browserTypes {
		if id := mimeapps.Default(lists, caches, mime, func(id string) bool { return slices.Contains(ids, id) }); id != "" {
			return id
		}
	}
	return ""
}

// textsOf reads files that need not be there.
func textsOf(files []string) []string {
	var texts []string
	for _, file := range files {
		if text, err := os.ReadFile(file); err == nil {
			texts = append(texts, string(text))
		}
	}
	return texts
}
