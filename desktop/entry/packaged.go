package entry

import (
	"path/filepath"
	"slices"
	"strings"
)

// IsPackaged reports whether an entry starts a Flatpak or a Snap: those have sandboxes and
// scopes of their own. The exported ones have a key that says so; one that a user wrote may
// only run them.
func (e *Entry) IsPackaged() bool {
	if e.Value("X-Flatpak") != "" || e.Value("X-SnapInstanceName") != "" {
		return true
	}
	s := search{starts: isSandbox}
	for _, k := range e.keys {
		if k.group != mainGroup || k.name != "Exec" {
			continue
		}
		words, err := split(unescape(e.text, k.value))
		if err != nil {
			continue
		}
		if found, err := s.find(words); err == nil && slices.ContainsFunc(found, func(w word) bool { return !w.shared }) {
			return true
		}
	}
	return false
}

// isSandbox reports whether a command runs a Flatpak (flatpak-run(1)) or a Snap: by snap(8),
// or by the programs that they export, /var/lib/flatpak/exports/bin and /snap/bin.
func isSandbox(program string, args []string) Match {
	dir, base := filepath.Split(program)
	switch {
	case strings.HasSuffix(dir, "/flatpak/exports/bin/"), dir == "/snap/bin/", dir == "/var/lib/snapd/snap/bin/":
		return Own
	case base != "flatpak" && base != "snap":
		return Other
	case slices.Contains(args, "run"):
		return Own
	}
	return Shared
}
