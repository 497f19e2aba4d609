// Package unitname has systemd's rules for the names of units, and the names that
// launches give to their scopes.
package unitname

import (
	"strconv"
	"strings"
)

// The names follow https://systemd.io/DESKTOP_ENVIRONMENTS:
// app-ApplicationID-RANDOM.scope. The PID as RANDOM makes it the name that the
// app's own Chromium would ask systemd for, so that its request meets ours.
// The launcher part of that scheme is left out: portals, Plasma and GNOME would
// each read it in a way of their own.

// Extension is that of a scope's name.
const Extension = ".scope"

// Max is the length of the longest name: UNIT_NAME_MAX of systemd's
// src/basic/unit-name.h.
const Max = 255

// Scope is the unit of one launch of the app with this desktop file id.
func Scope(id string, pid int) string {
	return ScopePrefix(id) + strconv.Itoa(pid) + Extension
}

// ScopePrefix is the beginning, up to the PID, of the names of that app's scopes.
func ScopePrefix(id string) string {
	const room = Max - len("app--4194304xx.scope")
	escaped := Escape(id)
	if len(escaped) > room {
		escaped = escaped[:room]
	}
	return "app-" + escaped + "-"
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

// Escape writes every byte but letters, digits, ':', '_' and '.' as \xNN, as
// GNOME and KDE do for the same names (systemd.unit(5), "String Escaping").
func Escape(id string) string {
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

// Valid reports whether systemd takes the name: VALID_CHARS and UNIT_NAME_MAX of its
// src/basic/unit-name.c.
func Valid(name string) bool {
	for i := range len(name) {
		if c := name[i]; !isAlnum(c) && !strings.ContainsRune(`:-_.\`, rune(c)) {
			return false
		}
	}
	return len(name) <= Max
}
