package launcher

import (
	"os"
	"strings"

	"electroscope/launcher/catalog"
	"electroscope/launcher/cgroup"
)

// A Place is where the launch stands before it moves.
type Place struct {
	Group   cgroup.Group // empty where it cannot be told
	GNOME   string       // the scope that GNOME is about to ask for; see [gnomeScope]
	Service string       // the service of the user's manager that this process is the main one of
	Left    []leftLimit  // limits of the units that a launch leaves
}

// place looks where this process stands.
func (w World) place() Place {
	p := Place{Group: w.group(), GNOME: gnomeScope(w.Getenv, w.PID)}
	if unit := p.Group.Unit(); strings.HasSuffix(unit, ".service") && isManagers(w.groupOf(os.Getppid()), p.Group) {
		p.Service = unit
	}
	return p
}

// isManagers reports whether the parent's group is that of the user's manager, which
// has a scope of its own in its subtree (init.scope, systemd.special(7)). What it
// starts is the main process of a service, and ends with the service: so must the
// scope that it moves to, for `systemctl --user stop` to mean the app as before.
func isManagers(parent, own cgroup.Group) bool {
	manager, ok := strings.CutSuffix(string(parent), "/init.scope")
	return ok && strings.HasPrefix(string(own), manager+"/")
}

// background tells whether a session manager put us among its background apps
// (background.slice, background-graphical.slice: systemd.special(7), uwsm(1)).
func (p Place) background() bool {
	for _, s := range p.Group.Slices() {
		if s == "background.slice" || strings.HasPrefix(s, "background-") {
			return true
		}
	}
	return false
}

// within tells whether the launch stands in a scope of ours already, and shall
// stay: the same app again (a link opened from Discord, `codium FILE` in
// codium's terminal) shares the cap that is there, and what has no limits but
// those of [defaults] keeps those it is under. Another app gets a scope of its own beside
// the outer one, never below it.
func (p Place) within(app catalog.App, group string) bool {
	if !p.Group.In(group) {
		return false
	}
	return isScopeOf(p.Group.Unit(), app.ID) || !app.IsLimited()
}
