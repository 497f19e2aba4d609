package cli

import (
	"fmt"

	"electroscope/launcher/catalog"
)

// enabledOf returns the apps that are not switched off in apps.toml, and prints that the others
// are left alone: an error if they were named. installed reports whether install has written
// something for an app, which then stays.
func enabledOf(inv *invocation, layers catalog.Layers, apps []catalog.App, named bool, installed func(app string) bool) []catalog.App {
	var enabled []catalog.App
	for _, app := range apps {
		if !app.Disabled {
			enabled = append(enabled, app)
			continue
		}
		remedy := ""
		if installed(app.Key) {
			remedy = "what install wrote for it stays; electroscope uninstall " + app.Key + " removes it"
		}
		say := inv.note
		if named {
			say = inv.fail
		}
		say(fmt.Sprintf("%s is left alone: enabled = false (%s)", app.Key, layers.Origin(app.Key, "enabled")), remedy)
	}
	return enabled
}
