package budget

import (
	"strings"

	"electroscope/launcher/cgroup"
)

// A Category is a row of the table. Its amounts are those of docs/plan.md in bytes.
type Category struct {
	Name     string `json:"name"`
	Idle     uint64 `json:"idle"`
	Work     uint64 `json:"work"`      // at least
	WorkMost uint64 `json:"work_most"` // at most
}

const (
	Kernel   = "kernel, drivers"
	Services = "systemd, services"
	Desktop  = "desktop"
	Sound    = "sound"
	Apps     = "apps"
	Browser  = "browser"
	Dev      = "development"
	Other    = "others"
	Cache    = "buffers, cache"
)

const mebi, gibi = 1 << 20, 1 << 30

// Categories are the plan's, and one for what is in none of them.
func Categories() []Category {
	return []Category{
		{Kernel, 400 * mebi, 600 * mebi, 600 * mebi},
		{Services, 100 * mebi, 150 * mebi, 150 * mebi},
		{Desktop, 500 * mebi, 800 * mebi, 800 * mebi},
		{Sound, 50 * mebi, 100 * mebi, 100 * mebi},
		{Apps, 0, 2 * gibi, 4 * gibi},
		{Browser, 0, 2 * gibi, 4 * gibi},
		{Dev, 0, 2 * gibi, 4 * gibi},
		{Other, 0, 0, 0},
		{Cache, 2 * gibi, 1 * gibi, 1 * gibi},
	}
}

// programs are names of files, or their beginnings if they end in "*". comm is cut to 15
// characters (proc_pid_comm(5)), and is all that is seen of another user's process.
var programs = []struct{ category, names string }{
	{Sound, "pipewire pipewire-pulse pipewire-media-* wireplumber pulseaudio jackd jackdbus"},
	{Desktop, "plasma* kwin* ksmserver* kded* krunner baloo* kactivitymanage* kglobalaccel* kaccess ksystemstats kscreen* kwallet* xembedsniproxy " +
		"gmenudbusmenup* org_kde_power* polkit-kde* DiscoverNotifie* xdg-desktop-por* Xorg Xwayland startplasma* sddm* plasmalogin* " +
		"gnome-* gsd-* mutter* gjs gdm* evolution-* goa-* xfce4-* xfwm4 xfdesktop xfsettingsd lightdm* cinnamon* mate-* sway i3 Hyprland waybar"},
	{Browser, "firefox* librewolf chromium* chrome google-chrome* brave* vivaldi* opera msedge epiphany falkon konqueror"},
	{Dev, "code codium* cargo rustc rust-analyzer* go gopls gcc g++ cc1 cc1plus clang* ld ld.* lld mold as make ninja cmake meson git " +
		"docker* containerd* podman* qemu-* nix nix-* emacs* vim nvim idea* jetbrains* kate kdevelop gdb dlv postgres mysqld redis-server"},
}

// interpreters run services too; those in no service are a developer's.
const interpreters = "node npm yarn deno bun python* ruby perl java javac"

// A Process is what a category is found by, and what it uses.
type Process struct {
	PID     int
	Program string // the base name of its file; if that cannot be seen, its comm
	Group   cgroup.Group
	Memory  uint64
	Own     uint64 // of that, what is not of files, and not available to others (MemAvailable)
	Swapped uint64 // beside Memory, what is in swap
	Shared  bool   // Memory is the resident set, which counts shared pages in each
}

// CategoryOf finds the category of a process that is not of an app.
func CategoryOf(p Process) string {
	for _, row := range programs {
		if isAmong(row.names, p.Program) {
			return row.category
		}
	}
	switch {
	case isService(p.Group):
		return Services
	case isAmong(interpreters, p.Program):
		return Dev
	}
	return Other
}

// isService reports whether a manager runs the process without the user having started it: in the
// system's slice, or outside of the session's slice for apps (systemd.special(7)).
func isService(g cgroup.Group) bool {
	return g.In("init.scope") || g.In("system.slice") || strings.HasSuffix(g.Unit(), ".service") && !g.In("app.slice") ||
		g.In("session.slice") || g.In("background.slice")
}

func isAmong(names, name string) bool {
	for pattern := range strings.FieldsSeq(names) {
		prefix, isPrefix := strings.CutSuffix(pattern, "*")
		if pattern == name || isPrefix && strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return false
}
