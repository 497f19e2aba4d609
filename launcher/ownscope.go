package launcher

import (
	"cmp"
	"os"
	"path/filepath"

	"electroscope/launcher/catalog"
	"electroscope/launcher/plan"
	"electroscope/launcher/program"
	"electroscope/launcher/unitname"
	"electroscope/launcher/wrapper"
	"electroscope/launcher/xdg"
)

// ownScopeNotes says what takes the app out of the scope of its launch. The
// limits hold all the same if install has put them where systemd looks for those
// of the app's own scope.
func ownScopeNotes(w Process, app catalog.App, t program.Target) []plan.Note {
	own := t.Chain.Own
	if own.Maker == "" || app.Disabled {
		return nil
	}
	unit, remedy := ownScopeUnit(app, own)
	if unit != "" {
		if _, err := os.Stat(userUnit(w, unit)); err == nil {
			return []plan.Note{{Text: own.Maker + " starts it in a scope of its own, which gets its limits from " + unit}}
		}
	}
	n := plan.Note{Failure: true, Without: plan.AllLimits, Text: own.Maker + " starts it in a scope of its own", Remedy: remedy}
	if own.May {
		n.Without = "limits that are sure to hold"
		n.Text = "what is in " + t.Path + " may start it by " + own.Maker + ", in a scope of its own"
	}
	return []plan.Note{n}
}

// ownScopeUnit is the drop-in by which install limits the app's own scope, and
// what else to do. "" if there is none for it.
func ownScopeUnit(app catalog.App, own wrapper.OwnScope) (unit, remedy string) {
	switch own.Maker {
	case "flatpak":
		id := cmp.Or(own.ID, app.Flatpak)
		if id == "" {
			return "", `name its id in apps.toml: flatpak = "..."`
		}
		return unitname.ScopeDropIn("app-flatpak-" + unitname.Escape(id) + "-"), "electroscope install --flatpak " + cmp.Or(app.Key, id)
	case "snap":
		if own.ID == "" {
			return "", `name it in apps.toml: snap = "..."`
		}
		return unitname.ScopeDropIn("snap." + own.ID + "-"), "electroscope install --snap " + cmp.Or(app.Key, own.ID)
	}
	return "", "name the program itself in apps.toml: exec = [\"...\"]"
}

// userUnit is where install keeps a unit file of the user's.
func userUnit(w Process, name string) string {
	return filepath.Join("/", xdg.Env(w.Getenv).ConfigHome(), "systemd/user", name)
}
