package unitname

import (
	"strconv"
	"strings"
)

// The scope of an app is app-ApplicationID-RANDOM.scope
// (https://systemd.io/DESKTOP_ENVIRONMENTS). The PID as RANDOM makes it the name that
// the app's own Chromium would ask systemd for, so that its request meets ours. The
// launcher part of that scheme is left out: portals, Plasma and GNOME would each read
// it in a way of their own.

// maxID is what Max leaves of such a name for the escaped id. There is room for two
// letters after the PID: a name that is taken gets an "x".
const maxID = Max - len("app-") - len("-4194304xx"+Extension)

// Scope is the unit of one launch of the app with this desktop file id.
func Scope(id string, pid int) string {
	return ScopePrefix(id) + strconv.Itoa(pid) + Extension
}

// ScopePrefix is the beginning, up to the PID, of the names of that app's scopes.
func ScopePrefix(id string) string {
	escaped := Escape(id)
	if len(escaped) > maxID {
		escaped = escaped[:maxID]
	}
	return "app-" + escaped + "-"
}

// Notice is the service that shows a notice about that app. It is not an app's unit, by
// its name neither.
func Notice(id string) string {
	const prefix, extension = "electroscope-notice-", ".service"
	escaped := Escape(id)
	return prefix + escaped[:min(len(escaped), Max-len(prefix+extension))] + extension
}

// IsScopeOf reports whether the unit is a launch of that app, by whatever PID.
func IsScopeOf(unit, id string) bool {
	random, ok := strings.CutPrefix(unit, ScopePrefix(id))
	return ok && endsScope(random)
}

// IsLaunch reports whether the unit is named like a launch of some app.
func IsLaunch(unit string) bool {
	return strings.HasPrefix(unit, "app-") && endsScope(unit[strings.LastIndexByte(unit, '-')+1:])
}

// endsScope reports whether a name may end so: RANDOM and the extension.
func endsScope(end string) bool {
	random, ok := strings.CutSuffix(end, Extension)
	return ok && random != "" && strings.Trim(random, "0123456789x") == ""
}

// ScopeDropIn is the drop-in of ours, below a folder of unit files, for all scopes
// whose name begins with the prefix (systemd.unit(5), on dashes in names).
func ScopeDropIn(prefix string) string { return prefix + Extension + ".d/50-electroscope.conf" }
