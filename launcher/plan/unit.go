package plan

import (
	"slices"

	"electroscope/launcher/catalog"
	"electroscope/launcher/systemd"
	"electroscope/launcher/unitname"
)

// graphicalSession ends the app with the session. PartOf and After only:
// BindsTo would start the target, in a login over SSH too.
var graphicalSession = []string{"graphical-session.target"}

// planUnit decides the scope of a launch: its name, slice, limits and what holds it.
func planUnit(s catalog.Settings, f Facts, left []LeftLimit, h hold) (systemd.Unit, []Note) {
	u, notes := ownUnit(s, f, h)
	if f.Caller.GNOME != "" {
		u.Guards = append(u.Guards, f.Caller.GNOME)
	}
	for _, prefix := range f.Caller.KDE {
		if !slices.Contains(u.Families, prefix) {
			u.Families = append(u.Families, prefix)
		}
	}
	if f.Caller.Service != "" {
		u.PartOf = append([]string{f.Caller.Service}, u.PartOf...)
	}
	return u, append(notes, tighten(&u, left)...)
}

// ownUnit is the scope as the app's settings want it.
func ownUnit(s catalog.Settings, f Facts, h hold) (systemd.Unit, []Note) {
	app := s.App
	group := GroupSlice(app, f.Caller)
	u := systemd.Unit{
		Name:        unitname.Scope(app.ID, f.PID),
		Slice:       group,
		Description: description(app),
		PID:         f.PID,
		PartOf:      graphicalSession,
		After:       graphicalSession,
		Guards:      h.guards,
		Families:    h.families,
	}
	limits, notes := Limits(app, f.Machine)
	if app.OOMPolicy != "" {
		u.Properties = append(u.Properties, systemd.Property{Name: "OOMPolicy", Value: app.OOMPolicy, Creation: true})
	}
	if app.Slice == "" {
		budget, more := Budget(s.Budget, app, f.Machine)
		notes = append(notes, more...)
		u.Slices = append(u.Slices, systemd.Slice{Name: group, Properties: budget})
	}
	if app.Instances == catalog.Shared {
		u.Slice = sharedSlice(app, group)
		u.Slices = append(u.Slices, systemd.Slice{Name: u.Slice, Properties: limits})
		return u, notes
	}
	u.Properties = append(u.Properties, limits...)
	return u, notes
}

func description(app catalog.App) string {
	if app.Key == "" {
		return app.ID
	}
	return app.Key
}
