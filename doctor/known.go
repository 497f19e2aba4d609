package doctor

import (
	"strconv"
	"strings"

	"electroscope/launcher/chromium"
)

// knownChecks are about problems that others have met.
func knownChecks() []Check {
	return []Check{
		{
			Name: "known-problems", Group: Apps, run: checkKnown,
			Wanted: "no problem that is known of an app in this version and session",
			Why:    "others have met it, and there is a way round it",
		},
	}
}

// A problem is one that is known of an app, or of all that are built on an engine. It returns
// what was found, "" if it does not concern this machine.
type problem struct {
	app    string // its key in the catalogue; empty: any that is built on Electron
	meets  func(*Machine, app) string
	mend   string
	source string
}

// problems are those that people have reported. What electroscope itself works round is not
// among them.
var problems = [...]problem{
	{
		"discord", selfUpdates,
		`in ~/.config/discord/settings.json: "SKIP_HOST_UPDATE": true`,
		"flathub/com.discordapp.Discord issues 632 and 640",
	},
	{
		"signal", blackWindow,
		`in apps.toml: [apps.signal] switches = ["--disable-gpu"], or a newer driver`,
		"signalapp/Signal-Desktop issue 5361",
	},
	{
		"obsidian", gpuSandbox,
		`in apps.toml: [apps.obsidian] switches = ["--disable-gpu-sandbox"], if its GPU process ends`,
		"flathub/md.obsidian.Obsidian, obsidian.sh",
	},
	{
		"spotify", spotifyOnX11,
		"unset DISPLAY for it, in apps.toml: [apps.spotify] env.DISPLAY = false",
		"kpcyrd/spotify-launcher issue 108",
	},
	{"", neverWayland, "update the app to Electron 38.2 or later", "electron/electron issue 48298"},
	{"", deadHint, "unset ELECTRON_OZONE_PLATFORM_HINT; XDG_SESSION_TYPE decides", "electron/electron docs/breaking-changes.md, 38.0"},
	{"", invalidVisual, "unset __NV_PRIME_RENDER_OFFLOAD for it", "electron/electron issue 45533"},
	{"", backendOfGTK, "unset GDK_BACKEND in the session", "aaddrick/claude-desktop-debian, scripts/launcher-common.sh"},
}

func checkKnown(m *Machine) Result {
	var mends []string
	r := m.eachApp(func(a app, t *tally) {
		t.add(OK, "none")
		for _, p := range problems {
			isElectron := a.plan.Settings.App.Runtime == chromium.Electron
			if p.app != a.Key && (p.app != "" || !isElectron) {
				continue
			}
			if found := p.meets(m, a); found != "" {
				t.add(Warn, a.Key+": "+found)
				mends = append(mends, p.mend)
			}
		}
	})
	if mends != nil {
		r = r.mend(mends[0])
	}
	return r
}

// selfUpdates: since 1.0.136 it installs updates below ~/.config and restarts itself from there.
func selfUpdates(m *Machine, _ app) string {
	folder := m.xdg().ConfigHome() + "/discord"
	if len(m.glob(folder+"/app-*/Discord")) == 0 || strings.Contains(m.text(folder+"/settings.json"), `"SKIP_HOST_UPDATE": true`) {
		return ""
	}
	return "it updates itself, and then starts anew without its switches"
}

func blackWindow(m *Machine, _ app) string {
	if leading(m.nvidiaVersion()) == 470 && m.getenv("DISPLAY") != "" {
		return "its window may stay black with NVIDIA's driver 470 on X11"
	}
	return ""
}

func gpuSandbox(m *Machine, _ app) string {
	if m.isWayland() && m.exists("/dev/nvidia0") {
		return "its GPU process may end on Wayland with NVIDIA's driver"
	}
	return ""
}

func spotifyOnX11(m *Machine, _ app) string {
	if m.isWayland() && m.getenv("DISPLAY") != "" {
		return "since 1.2.86 it draws by XWayland, whatever is asked for"
	}
	return ""
}

func neverWayland(m *Machine, a app) string {
	version := a.plan.Engine.Electron
	if m.isWayland() && (strings.HasPrefix(version, "38.0.") || strings.HasPrefix(version, "38.1.")) {
		return "Electron " + version + " never draws on Wayland"
	}
	return ""
}

func deadHint(m *Machine, a app) string {
	if hint := m.getenv("ELECTRON_OZONE_PLATFORM_HINT"); hint != "" && a.electronMajor() >= 38 {
		return "Electron " + a.plan.Engine.Electron + " does not read ELECTRON_OZONE_PLATFORM_HINT=" + hint
	}
	return ""
}

func invalidVisual(m *Machine, a app) string {
	if m.getenv("__NV_PRIME_RENDER_OFFLOAD") != "" && a.electronMajor() == 34 {
		return "Electron 34 may not start its GPU process with __NV_PRIME_RENDER_OFFLOAD"
	}
	return ""
}

func backendOfGTK(m *Machine, _ app) string {
	if m.isWayland() && m.getenv("GDK_BACKEND") == "x11" {
		return "GDK_BACKEND=x11 breaks its dialogs if it draws on Wayland"
	}
	return ""
}

func (a app) electronMajor() int {
	major, _, _ := strings.Cut(a.plan.Engine.Electron, ".")
	n, err := strconv.Atoi(major)
	if err != nil {
		return 0
	}
	return n
}

func (m *Machine) isWayland() bool { return m.getenv("XDG_SESSION_TYPE") == "wayland" }
