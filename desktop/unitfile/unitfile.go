// Package unitfile makes the unit files that hold limits before any launch: those of
// slices, and drop-ins for scopes that an app asks systemd for itself.
package unitfile

import (
	"slices"
	"strings"

	"electroscope/launcher/catalog"
	"electroscope/launcher/chromium"
	"electroscope/launcher/machine"
	"electroscope/launcher/plan"
	"electroscope/launcher/systemd"
	"electroscope/launcher/unitname"
)

// A Unit is a unit file: limits that are there before any launch. Whether
// swap backs a MemoryHigh is decided by all the swap there is, not by what is
// free at the moment.
type Unit struct {
	Name       string // below ~/.config/systemd/user
	Section    string // "Slice" or "Scope"
	Properties []systemd.Property
	Notes      []plan.Note
}

// Group is the slice of all apps with their budget, as a launch sets it.
func Group(s catalog.Settings, m machine.Machine) Unit {
	m.FreeSwap = m.Swap
	list, notes := plan.Budget(s.Budget, s.App, m)
	return Unit{Name: plan.AppsSlice, Section: "Slice", Properties: list, Notes: notes}
}

// Flatpak is a drop-in for every scope that flatpak run makes for an app:
// app-flatpak-ID-PID.scope, ID escaped (flatpak-run.c). A drop-in for a name cut
// off behind a dash is taken for all that begin so (systemd.unit(5)).
func Flatpak(app catalog.App, m machine.Machine) Unit {
	return limitsOf(app, m, "app-flatpak-"+unitname.Escape(app.Flatpak)+"-")
}

// Snap are those for every scope that snap run makes: snap.NAME.APP-UUID.scope.
// APP is most often NAME. snapd leaves dashes in names as they are; for a time it
// escaped them (sandbox/cgroup/tracking.go, systemd/escape.go).
func Snap(app catalog.App, m machine.Machine) []Unit {
	name, program, found := strings.Cut(app.Snap, ".")
	if !found {
		program = name
	}
	tag := "snap." + name + "." + program
	list := []Unit{limitsOf(app, m, tag+"-")}
	if unitname.Escape(tag) != tag {
		list = append(list, limitsOf(app, m, unitname.Escape(tag)+"-"))
	}
	return list
}

// Engine are those for the scopes that an app's Chromium asks for by itself if
// it has lost what keeps it in ours: a wrapper cleared the environment, say. They
// keep it in the group, whose budget holds; if no launch can have the name, the
// app's own limits hold too. Those for ids that many apps share come first, and
// shared is how many they are.
//
// A name that a launch of ours may have gets the slice alone, which is the one that
// the launch asks for: a drop-in wins over what is asked (systemd.unit(5)), and
// limits in it would hold against those of an apps.toml that has changed since.
func Engine(app catalog.App, m machine.Machine) (list []Unit, shared int) {
	if app.Runtime == chromium.Native || app.Runtime == "" { // what no layer says, a launch sees
		return nil, 0
	}
	common := []string{plan.ChromiumID}
	if app.Runtime == chromium.Chromium {
		common = append(common, plan.GoogleID)
	}
	for _, id := range common {
		list = append(list, scopeDropIn(unitname.ScopePrefix(id), sliceProperty(plan.AppsSlice), nil))
	}
	shared = len(list)
	for _, id := range append([]string{app.ID}, app.Escape.IDs...) {
		units := []Unit{scopeDropIn(unitname.ScopePrefix(id), sliceProperty(plan.AppSlice(app)), nil)}
		if raw := "app-" + id + "-"; raw != unitname.ScopePrefix(id) && unitname.Valid(raw) {
			units = append(units, limitsOf(app, m, raw))
		}
		for _, u := range units {
			if !slices.ContainsFunc(list, func(other Unit) bool { return other.Name == u.Name }) {
				list = append(list, u)
			}
		}
	}
	return list, shared
}

// limitsOf is a drop-in with the app's limits for all scopes whose name begins so.
func limitsOf(app catalog.App, m machine.Machine, prefix string) Unit {
	m.FreeSwap = m.Swap
	fixed := sliceProperty(plan.AppSlice(app))
	if app.OOMPolicy != "" {
		fixed = append(fixed, systemd.Property{Name: "OOMPolicy", Value: app.OOMPolicy})
	}
	list, notes := plan.Limits(app, m)
	return scopeDropIn(prefix, append(fixed, list...), notes)
}

func scopeDropIn(prefix string, list []systemd.Property, notes []plan.Note) Unit {
	return Unit{Name: unitname.ScopeDropIn(prefix), Section: "Scope", Properties: list, Notes: notes}
}

func sliceProperty(slice string) []systemd.Property {
	return []systemd.Property{{Name: "Slice", Value: slice}}
}
