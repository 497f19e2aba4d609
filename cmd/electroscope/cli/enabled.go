package cli

import (
	"fmt"

	"electroscope/launcher/catalog"
)

// enabledOf are the apps that are not switched off in apps.toml. Of the others it is said that
// they are left alone; if they were named, that is what the command could not do. installed
// reports whether install has put something in for an app, which then stays.
func enabledOf(t *toolbox, layers catalog.Layers, apps []catalog.App, named bool, installed func(app string) bool) []catalog.App {
	var enabled []catalog.App
	for _, app := range apps {
		if !app.Disabled {
			enabled = append(enabled, app)
			continue
		}
		remedy := ""
		if installed(app.Key) {
			remedy = "what install put in for it stays; electroscope uninstall " + app.Key + " takes it out"
		}
		say := t.note
		if named {
			say = t.fail
		}
		say(fmt.Sprintf("%s is left alone: enabled = false (%s)", app.Key, layers.Origin(app.Key, "enabled")), remedy)
	}
	return enabled
}
