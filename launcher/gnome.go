package launcher

import (
	"path"
	"strconv"
	"strings"

	"electroscope/launcher/unitname"
)

// gnomeScope is the name of the scope that GNOME is about to ask for, "" if it
// started something else. It makes app-gnome-ID-PID.scope after the start, at a
// time of its own: on a busy machine long after the app has begun to run, and
// who asks last has the process (libgnome-desktop, gnome-systemd.c). A launch
// holds that name as a guard. A request that comes later meets a unit that
// exists, and one that came sooner is undone by ours.
//
// GIO tells the launched process its own PID (g_app_info_launch,
// gio/gdesktopappinfo.c); a process that merely inherited the variable has
// another.
func gnomeScope(getenv func(string) string, pid int) string {
	if getenv("GIO_LAUNCHED_DESKTOP_FILE_PID") != strconv.Itoa(pid) || !strings.Contains(getenv("XDG_CURRENT_DESKTOP"), "GNOME") {
		return ""
	}
	id := desktopID(getenv("GIO_LAUNCHED_DESKTOP_FILE"))
	if id == "" {
		return ""
	}
	return "app-gnome-" + unitname.Escape(id) + "-" + strconv.Itoa(pid) + ".scope"
}

// desktopID is the id of a desktop file without its extension: its path below a
// folder "applications", with a dash for each slash (Desktop Entry Specification,
// "Desktop File ID").
func desktopID(file string) string {
	id := path.Base(file)
	if _, below, found := strings.Cut(file, "/applications/"); found {
		id = strings.ReplaceAll(below, "/", "-")
	}
	id, isEntry := strings.CutSuffix(id, ".desktop")
	if !isEntry {
		return ""
	}
	return id
}
