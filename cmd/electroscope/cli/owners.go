package cli

import (
	"cmp"
	"slices"

	"electroscope/desktop/install"
	"electroscope/launcher"
	"electroscope/launcher/catalog"
	"electroscope/launcher/chromium"
	"electroscope/launcher/program"
)

// appAt returns what install needs to know of an app whose program was found.
func appAt(inv *invocation, layers catalog.Layers, app catalog.App, found program.Target) install.App {
	return install.App{
		Key: app.Key, Names: app.Names, IDs: append([]string{app.ID}, app.Escape.IDs...), Exec: app.Exec,
		Args: slices.Concat(app.Args, install.Identity(app.Switches)), Runtime: cmp.Or(app.Runtime, seenRuntime(inv, layers, app, found)),
		Target: found.Path, Program: found.Chain.Program, Runners: app.Runners, Menu: install.Menu(app.Entry),
	}
}

// seenRuntime returns what the program of an app shows to be built on.
func seenRuntime(inv *invocation, layers catalog.Layers, app catalog.App, found program.Target) chromium.Runtime {
	if app.Runtime != "" || found.Chain.Program == "" {
		return ""
	}
	p, err := launcher.Prepare(inv.process, launcher.Request{Name: app.Names[0], Layers: layers})
	if err != nil {
		return ""
	}
	return p.Engine.Runtime
}

// rivals returns the apps of the catalogue that are not among those to be installed. One that
// is not here is a rival too: an entry may name it.
func rivals(inv *invocation, layers catalog.Layers, all []catalog.App, chosen []install.App) []install.App {
	var list []install.App
	for _, app := range all {
		if slices.ContainsFunc(chosen, func(a install.App) bool { return a.Key == app.Key }) {
			continue
		}
		found, err := launcher.Locate(inv.process, app)
		if err != nil {
			found = program.Target{}
		}
		list = append(list, appAt(inv, layers, app, found))
	}
	return list
}
