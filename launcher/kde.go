package launcher

import (
	"slices"

	"electroscope/launcher/unitname"
)

// kdeScopes are the beginnings of the names of scopes that KIO 5 makes, if the session
// has it make any: app-ID-UUID.scope, asked for after the start, at a time of its own.
// Whoever asks last has the process, and the name cannot be held, so the app's limits
// are put on such scopes too. KIO 6 starts services, where there is no such race
// (kio/src/gui/systemd/scopedprocessrunner.cpp of both).
//
// The id is that of the entry that was clicked, which KIO names in a variable.
func kdeScopes(getenv func(string) string, id string) []string {
	if getenv("KDE_APPLICATIONS_AS_SCOPE") == "" {
		return nil
	}
	prefixes := []string{unitname.ScopePrefix(id)}
	if clicked := desktopID(getenv("BAMF_DESKTOP_FILE_HINT")); clicked != "" && clicked != id {
		prefixes = append(prefixes, unitname.ScopePrefix(clicked))
	}
	return slices.DeleteFunc(prefixes, func(p string) bool { return !unitname.Valid(p) })
}
