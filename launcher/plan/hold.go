package plan

import (
	"slices"
	"strconv"
	"strings"

	"electroscope/launcher/catalog"
	"electroscope/launcher/chromium"
	"electroscope/launcher/unitname"
	"electroscope/launcher/wrapper"
)

// Chromium 140 and later (Electron 38) asks systemd for a scope app-NAME-PID.scope
// and takes its main process there, out of our limits (components/dbus/xdg/systemd.cc).
// It does so in every main process of the app's life: after a restart, after an
// update, behind a launcher that forks. docs/escape.md has the whole of it.

// SandboxVariable is the one that, set to anything, keeps Chromium from asking, whatever its PID.
const SandboxVariable = "FLATPAK_SANDBOX_DIR"

// A hold is what keeps the main process of an app's Chromium under its limits.
type hold struct {
	variable bool     // SandboxVariable in the app's environment
	guards   []string // scope names that are taken, so that Chromium does not get them
	families []string // of scope names, whatever PID follows: they get the app's limits
}

// whole reports whether nothing of the app can get out of the scope that the
// launch stands in already.
func (h hold) whole() bool { return len(h.families) == 0 }

// planHold decides what holds the app. asks says that it is built on Chromium,
// by the catalogue's word or by what is seen of the program; reaches that the
// variable is sure to arrive in it.
//
// If it does, nothing else is needed, and each guard costs systemd half a
// millisecond. If it may not (env -i in a wrapper, a wrapper that cannot be
// read), guards hold the PID of the launch, and a drop-in for the same names puts
// the app's limits on the scope that a main process of another PID moves to.
//
// Chromium before 140 never asks. It gets the variable all the same: the app
// may update itself and start anew, with the environment it has.
func planHold(app catalog.App, asks, reaches bool, pid int, chromeDesktop string) hold {
	var h hold
	switch app.Escape.Env {
	case catalog.EscapeAlways:
		h.variable = true
	case catalog.EscapeAuto:
		h.variable = asks
	}
	if !asks || !app.Escape.Guards || h.variable && reaches {
		return h
	}
	own := unitname.Scope(app.ID, pid)
	for _, prefix := range scopeFamilies(app, chromeDesktop) {
		h.families = append(h.families, prefix)
		if name := prefix + strconv.Itoa(pid) + ".scope"; name != own {
			h.guards = append(h.guards, name)
		}
	}
	return h
}

// Ids under which some Chromium asks for its scope: its own default, which
// Electron 38 to 40 use too, and Google's builds.
const (
	ChromiumID = "org.chromium.Chromium"
	GoogleID   = "com.google.Chrome"
)

// scopeFamilies are the beginnings, up to the PID, of the scope names that the
// app's Chromium may ask for: its default id, the app's ids as they stand
// (Chromium before 152 does not escape) and escaped, and what CHROME_DESKTOP says.
func scopeFamilies(app catalog.App, chromeDesktop string) []string {
	ids := []string{ChromiumID}
	if app.Runtime == chromium.Chromium {
		ids = append(ids, GoogleID)
	}
	ids = append(append(ids, app.ID), app.Escape.IDs...)
	if id := strings.TrimSuffix(chromeDesktop, ".desktop"); id != "" {
		ids = append(ids, id)
	}
	var prefixes []string
	for _, id := range ids {
		for _, prefix := range []string{"app-" + id + "-", unitname.ScopePrefix(id)} {
			if unitname.Valid(prefix+"4194304.scope") && !slices.Contains(prefixes, prefix) {
				prefixes = append(prefixes, prefix)
			}
		}
	}
	return prefixes
}

// An Inspection is what is seen of the program before systemd is asked for the scope.
type Inspection struct {
	Runtime chromium.Runtime // what the program is built on; empty if it was not examined, or nothing was seen
	Large   bool             // the program has the size of an engine
}

// asks reports whether the app may ask for a scope of its own: the catalogue's word
// is enough, and so is what is seen, whatever the catalogue says.
func (e Inspection) asks(app catalog.App) bool {
	return app.Runtime != chromium.Native || e.Runtime != "" && e.Runtime != chromium.Native
}

// reaches reports whether the variable is sure to arrive in the engine. A small
// ELF file is one more launcher, which may do what it likes.
func (e Inspection) reaches(chain wrapper.Chain) bool {
	return e.Large && chain.Hands(SandboxVariable)
}

// contradicts returns a remark if the program is not what apps.toml calls it.
func (e Inspection) contradicts(app catalog.App) []Note {
	if app.Runtime != chromium.Native || !e.asks(app) {
		return nil
	}
	return []Note{{
		Text:   `runtime = "native" in apps.toml, but the program is built on ` + string(e.Runtime) + ": it is kept in its limits like one, and gets no switches",
		Remedy: `runtime = "` + string(e.Runtime) + `", or leave it out`,
	}}
}
