package launcher

import (
	"strconv"
	"strings"

	"electroscope/launcher/catalog"
	"electroscope/launcher/machine"
	"electroscope/launcher/systemd"
)

// Unit names follow https://systemd.io/DESKTOP_ENVIRONMENTS:
// app-ApplicationID-RANDOM.scope. The PID as RANDOM makes it the name that the
// app's own Chromium would ask systemd for, so that its request meets ours.
// The launcher part of that scheme is left out: portals, Plasma and GNOME would
// each read it in a way of their own.

const scopeExtension = ".scope"

const unitNameMax = 255 // UNIT_NAME_MAX, systemd src/basic/unit-name.h

// scopeName is the unit of one launch of the app with this desktop file id.
func scopeName(id string, pid int) string {
	return scopePrefix(id) + strconv.Itoa(pid) + ".scope"
}

func scopePrefix(id string) string {
	const room = unitNameMax - len("app--4194304xx.scope")
	escaped := escape(id)
	if len(escaped) > room {
		escaped = escaped[:room]
	}
	return "app-" + escaped + "-"
}

// isScopeOf tells whether the unit is a launch of that app, by whatever PID.
func isScopeOf(unit, id string) bool {
	random, ok := strings.CutPrefix(unit, scopePrefix(id))
	return ok && endsScope(random)
}

// isLaunch reports whether the unit is named like a launch of some app.
func isLaunch(unit string) bool {
	return strings.HasPrefix(unit, "app-") && endsScope(unit[strings.LastIndexByte(unit, '-')+1:])
}

// endsScope reports whether a name may end so: RANDOM and the extension.
func endsScope(end string) bool {
	random, ok := strings.CutSuffix(end, scopeExtension)
	return ok && random != "" && strings.Trim(random, "0123456789x") == ""
}

// escape writes every byte but letters, digits, ':', '_' and '.' as \xNN, as
// GNOME and KDE do for the same names (systemd.unit(5), "String Escaping").
func escape(id string) string {
	const digits = "0123456789abcdef"
	var b strings.Builder
	for i := range len(id) {
		if c := id[i]; isAlnum(c) || c == ':' || c == '_' || c == '.' && i > 0 {
			b.WriteByte(c)
		} else {
			b.WriteString(`\x` + string(digits[c>>4]) + string(digits[c&15]))
		}
	}
	return b.String()
}

func isAlnum(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
}

// graphicalSession ends the app with the session. PartOf and After only:
// BindsTo would start the target, in a login over SSH too.
var graphicalSession = []string{"graphical-session.target"}

// planUnit decides the scope of a launch: its name, slice, limits and what holds it.
func planUnit(s catalog.Settings, m machine.Machine, place Place, pid int, h hold) (systemd.Unit, []Note) {
	u, notes := ownUnit(s, m, place, pid, h)
	if place.GNOME != "" {
		u.Guards = append(u.Guards, place.GNOME)
	}
	if place.Service != "" {
		u.PartOf = append([]string{place.Service}, u.PartOf...)
	}
	return u, append(notes, tighten(&u, place.Left)...)
}

// ownUnit is the scope as the app's settings want it.
func ownUnit(s catalog.Settings, m machine.Machine, place Place, pid int, h hold) (systemd.Unit, []Note) {
	app := s.App
	group := groupSlice(app, place)
	u := systemd.Unit{
		Name:        scopeName(app.ID, pid),
		Slice:       group,
		Description: description(app),
		PID:         pid,
		PartOf:      graphicalSession,
		After:       graphicalSession,
		Guards:      h.guards,
		Families:    h.families,
	}
	limits, notes := properties(app, m)
	if app.OOMPolicy != "" {
		u.Properties = append(u.Properties, systemd.Property{Name: "OOMPolicy", Value: app.OOMPolicy, Creation: true})
	}
	if app.Slice == "" {
		budget, more := budgetProperties(s.Budget, app, m)
		notes = append(notes, more...)
		u.Slices = append(u.Slices, systemd.Slice{Name: group, Properties: budget})
	}
	if app.Instances == catalog.Shared {
		u.Slice = strings.TrimSuffix(group, ".slice") + "-" + escape(app.Key) + ".slice"
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

// appsSlice holds all apps that are not in the background.
const appsSlice = "app-electron.slice"

// groupSlice is the slice of all apps together. An app that a session manager
// started in the background stays there (uwsm app -s b).
func groupSlice(app catalog.App, place Place) string {
	switch {
	case app.Slice != "":
		return app.Slice + ".slice"
	case place.background():
		return "background-electron.slice"
	}
	return appsSlice
}
