package launcher

import (
	"electroscope/launcher/catalog"
	"electroscope/launcher/machine"
	"electroscope/launcher/manager"
)

// A StandingUnit is a unit file: limits that are there before any launch. Whether
// swap backs a MemoryHigh is decided by all the swap there is, not by what is
// free at the moment.
type StandingUnit struct {
	Name       string // below ~/.config/systemd/user
	Section    string // "Slice" or "Scope"
	Properties []manager.Property
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
	m.FreeSwap = m.Swap
	list, notes := properties(app, m)
	slice := app.Slice + ".slice"
	if app.Slice == "" {
		slice = appsSlice
	}
	fixed := []manager.Property{{Name: "Slice", Value: slice}}
	if app.OOMPolicy != "" {
		fixed = append(fixed, manager.Property{Name: "OOMPolicy", Value: app.OOMPolicy})
	}
	return StandingUnit{
		Name:    "app-flatpak-" + escape(app.Flatpak) + "-.scope.d/50-electroscope.conf",
		Section: "Scope", Properties: append(fixed, list...), Notes: notes,
	}
}
