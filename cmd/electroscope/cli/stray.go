package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"electroscope/cmd/electroscope/cli/render"
	"electroscope/desktop/install"
	"electroscope/launcher/catalog"
	"electroscope/launcher/self"
)

// noteStray prints which links to electroscope, beside those that install made, bear no
// app's name: electroscope link, or the user, made them for an app that has left apps.toml.
func noteStray(inv *invocation, state install.State, apps []catalog.App) {
	list, _ := os.ReadDir(state.Dirs.Bin) // what cannot be read starts nothing
	for _, item := range list {
		name, path := item.Name(), filepath.Join(state.Dirs.Bin, item.Name())
		_, recorded := state.Manifest.Record(path)
		if recorded || self.IsTool(name) || slices.ContainsFunc(apps, func(a catalog.App) bool { return slices.Contains(a.Names, name) }) {
			continue
		}
		if self.IsLink(path) {
			inv.note(fmt.Sprintf("%q leads to electroscope, and no app has its name: it starts the next program that has, without limits of its own", path),
				"rm "+render.Quote(path)+", or give it a table in apps.toml: [apps."+name+"]")
		}
	}
}
