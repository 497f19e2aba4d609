package monitor

import (
	"cmp"
	"strings"

	"electroscope/launcher/catalog"
	"electroscope/launcher/cgroup"
	"electroscope/launcher/plan"
	"electroscope/launcher/unitname"
)

// owner is the app whose unit this is by its name.
func owner(apps []Candidate, unit cgroup.Group) (catalog.App, Placement, bool) {
	for _, candidate := range apps {
		app := candidate.App
		switch {
		case IsScopeOf(unit, app):
			return app, Launched, true
		case IsFlatpakOf(unit.Name(), app):
			return app, Flatpak, true
		}
	}
	return catalog.App{}, "", false
}

// AppOf is the name of the app whose launch a group is, by its name the unit of one.
func AppOf(apps []Candidate, unit cgroup.Group) (name string, ok bool) {
	app, _, ok := owner(apps, unit)
	return cmp.Or(app.Key, app.ID), ok
}

// IsFlatpakOf reports whether a unit is that of the app's Flatpak or Snap.
func IsFlatpakOf(unit string, app catalog.App) bool {
	return app.Flatpak != "" && isFlatpak(unit, app.Flatpak) || app.Snap != "" && isSnap(unit, app.Snap)
}

// isFlatpak reports whether a unit is that of a Flatpak: app-flatpak-ID-RANDOM.scope
// (flatpak_run_in_transient_unit, common/flatpak-run.c).
func isFlatpak(unit, id string) bool {
	rest, ok := strings.CutPrefix(unit, "app-flatpak-"+unitname.Escape(id)+"-")
	return ok && strings.HasSuffix(rest, unitname.Extension)
}

// isSnap reports whether a unit is that of a Snap: snap.SNAP.APP-UUID.scope, or with a dot before
// the UUID (sandbox/cgroup/tracking.go of snapd).
func isSnap(unit, snap string) bool {
	if !strings.Contains(snap, ".") {
		snap += "."
	}
	return strings.HasPrefix(unit, "snap."+snap) && strings.HasSuffix(unit, unitname.Extension)
}

// IsScopeOf reports whether a group is the scope of a launch of the app: by its name, in the slice
// that launches go to from the desktop or from the background.
func IsScopeOf(g cgroup.Group, app catalog.App) bool {
	background := plan.Caller{Group: "/background.slice"}
	return unitname.IsScopeOf(g.Name(), app.ID) && (g.In(plan.GroupSlice(app, plan.Caller{})) || g.In(plan.GroupSlice(app, background)))
}
