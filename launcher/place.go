package launcher

import (
	"strconv"
	"strings"
	"time"

	"electroscope/launcher/catalog"
	"electroscope/launcher/cgroup"
)

// A Place is where the launch stands before it moves.
type Place struct {
	Group cgroup.Group // empty where it cannot be told
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
// codium's terminal) shares the cap that is there, and what has no limits of
// its own keeps those it is under. Another app gets a scope of its own beside
// the outer one, never below it.
func (p Place) within(app catalog.App, group string) bool {
	if !p.Group.In(group) {
		return false
	}
	return isScopeOf(p.Group.Unit(), app.ID) || len(app.Limits) == 0
}

// gnomeRace is how long GNOME may take to put us in its scope.
const gnomeRace = 250 * time.Millisecond

// awaitGNOME waits until GNOME has made its own scope for this process. It asks
// for app-gnome-ID-PID.scope after the start, and the last caller wins: a scope
// of ours made before would be left again (gnome-desktop, gnome-systemd.c).
//
// GIO tells the launched process its own PID; a process that merely inherited
// the variable has another.
func awaitGNOME(getenv func(string) string, pid int, own func() cgroup.Group) cgroup.Group {
	g := own()
	if getenv("GIO_LAUNCHED_DESKTOP_FILE_PID") != strconv.Itoa(pid) || !strings.Contains(getenv("XDG_CURRENT_DESKTOP"), "GNOME") {
		return g
	}
	suffix := "-" + strconv.Itoa(pid) + ".scope"
	for end := time.Now().Add(gnomeRace); !strings.HasSuffix(g.Unit(), suffix) && time.Now().Before(end); g = own() {
		time.Sleep(2 * time.Millisecond)
	}
	return g
}
