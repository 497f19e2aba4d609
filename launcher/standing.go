package launcher

import (
	"slices"
	"strings"

	"electroscope/launcher/catalog"
	"electroscope/launcher/machine"
	"electroscope/launcher/systemd"
)

// A StandingUnit is a unit file: limits that are there before any launch. Whether
// swap backs a MemoryHigh is decided by all the swap there is, not by what is
// free at the moment.
type StandingUnit struct {
	Name       string // below ~/.config/systemd/user
	Section    string // "Slice" or "Scope"
	Properties []systemd.Property
	Notes      []Note
}

// GroupUnit is the slice of all apps with their budget, as a launch sets it.
func GroupUnit(s catalog.Settings, m machine.Machine) StandingUnit {
	m.FreeSwap = m.Swap
	list, notes := budgetProperties(s.Budget, s.App, m)
	return StandingUnit{Name: appsSlice, Section: "Slice", Properties: list, Notes: notes}
}

// FlatpakUnit is a drop-in for every scope that flatpak run makes for an app:
// app-flatpak-ID-PID.scope, ID escaped (flatpak-run.c). A drop-in for a name cut
// off behind a dash is taken for all that begin so (systemd.unit(5)).
func FlatpakUnit(app catalog.App, m machine.Machine) StandingUnit {
	return limitsOf(app, m, "app-flatpak-"+escape(app.Flatpak)+"-")
}

// SnapUnits are those for every scope that snap run makes: snap.NAME.APP-UUID.scope.
// APP is most often NAME. snapd leaves dashes in names as they are; for a time it
// escaped them (sandbox/cgroup/tracking.go, systemd/escape.go).
func SnapUnits(app catalog.App, m machine.Machine) []StandingUnit {
	name, program, found := strings.Cut(app.Snap, ".")
	if !found {
		program = name
	}
	tag := "snap." + name + "." + program
	list := []StandingUnit{limitsOf(app, m, tag+"-")}
	if escape(tag) != tag {
		list = append(list, limitsOf(app, m, escape(tag)+"-"))
	}
	return list
}

// EngineUnits are those for the scopes that an app's Chromium asks for by itself if
// it has lost what keeps it in ours: a wrapper cleared the environment, say. They
// keep it in the group, whose budget holds; where the name can be no launch's, the
// app's own limits hold too. Those for ids that many apps share come first, and
// shared is how many they are.
//
// A name that a launch of ours may have gets the slice alone, which is the one that
// the launch asks for: a drop-in wins over what is asked (systemd.unit(5)), and
// limits in it would hold against those of an apps.toml that has changed since.
func EngineUnits(app catalog.App, m machine.Machine) (list []StandingUnit, shared int) {
	if app.Runtime == catalog.Native || app.Runtime == "" { // what no layer says, a launch sees
		return nil, 0
	}
	common := []string{chromiumID}
	if app.Runtime == catalog.Chromium {
		common = append(common, googleID)
	}
	for _, id := range common {
		list = append(list, scopeDropIn(scopePrefix(id), sliceProperty(appsSlice), nil))
	}
	shared = len(list)
	for _, id := range append([]string{app.ID}, app.Escape.IDs...) {
		units := []StandingUnit{scopeDropIn(scopePrefix(id), sliceProperty(sliceOf(app)), nil)}
		if raw := "app-" + id + "-"; raw != scopePrefix(id) && validUnitName(raw) {
			units = append(units, limitsOf(app, m, raw))
		}
		for _, u := range units {
			if !slices.ContainsFunc(list, func(other StandingUnit) bool { return other.Name == u.Name }) {
				list = append(list, u)
			}
		}
	}
	return list, shared
}

// limitsOf is a drop-in with the app's limits for all scopes whose name begins so.
func limitsOf(app catalog.App, m machine.Machine, prefix string) StandingUnit {
	m.FreeSwap = m.Swap
	fixed := sliceProperty(sliceOf(app))
	if app.OOMPolicy != "" {
		fixed = append(fixed, systemd.Property{Name: "OOMPolicy", Value: app.OOMPolicy})
	}
	list, notes := properties(app, m)
	return scopeDropIn(prefix, append(fixed, list...), notes)
}

func scopeDropIn(prefix string, list []systemd.Property, notes []Note) StandingUnit {
	return StandingUnit{Name: scopeDropInName(prefix), Section: "Scope", Properties: list, Notes: notes}
}

// scopeDropInName is the file for all scopes whose name begins with the prefix.
func scopeDropInName(prefix string) string { return prefix + ".scope.d/50-electroscope.conf" }

func sliceProperty(slice string) []systemd.Property {
	return []systemd.Property{{Name: "Slice", Value: slice}}
}

// sliceOf is where a launch of the app puts it, if not from the background.
func sliceOf(app catalog.App) string {
	group := groupSlice(app, Place{})
	if app.Instances == catalog.Shared {
		return strings.TrimSuffix(group, ".slice") + "-" + escape(app.Key) + ".slice"
	}
	return group
}
