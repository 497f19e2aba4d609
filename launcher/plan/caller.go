package plan

import (
	"strings"

	"electroscope/launcher/catalog"
	"electroscope/launcher/cgroup"
	"electroscope/launcher/unitname"
)

// A Caller is what the launch was started from.
type Caller struct {
	Group   cgroup.Group // of this process; empty if not known
	GNOME   string       // the scope that GNOME is about to ask for, "" if none
	Service string       // the service of the user's manager whose main process this is
	KDE     []string     // beginnings of the names of scopes that KDE may yet make for this process
}

// background reports whether a session manager put us among its background apps
// (background.slice, background-graphical.slice: systemd.special(7), uwsm(1)).
func (c Caller) background() bool {
	for _, s := range c.Group.Slices() {
		if s == "background.slice" || strings.HasPrefix(s, "background-") {
			return true
		}
	}
	return false
}

// within reports whether the launch stands in a scope of ours already, and shall
// stay: the same app again (`codium FILE` in codium's terminal) shares the cap
// that is there, and a program outside the catalogue without limits of its own keeps
// those it is under. Another app gets a scope of its own beside the outer one, never
// below it, limits or none: the browser that a link in Discord starts is no part of
// Discord.
func (c Caller) within(app catalog.App, group string) bool {
	if !c.Group.In(group) {
		return false
	}
	return unitname.IsScopeOf(c.Group.Unit(), app.ID) || app.Key == "" && !app.IsLimited()
}
