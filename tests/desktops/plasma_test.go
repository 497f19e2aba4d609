//go:build rig

package desktops

import "testing"

// plasmaWayland is what Plasma offers first. KWin draws into memory.
var plasmaWayland = desktop{
	name: "Plasma (Wayland)", source: "plasma-workspace", kind: "wayland", current: "KDE",
	env:     []string{"XDG_SESSION_DESKTOP=KDE", "KDE_FULL_SESSION=true", "KDE_SESSION_VERSION=6"},
	command: []string{"startplasma-wayland"},
	ready:   []string{"org.kde.KWin", "org.kde.plasmashell", "org.freedesktop.Notifications"},
	daemon:  "org.kde.plasma.Notifications",
	started: pinDiscord,
}

var plasmaX11 = func() desktop {
	d := plasmaWayland
	d.name, d.kind, d.command = "Plasma (X11)", "x11", []string{"/etc/X11/Xsession", "startplasma-x11"}
	return d
}()

// kioService is the unit that KIO 6 makes for what it starts.
const kioService = "app-discord@ID.service"

// plasmaWays are those of both sessions; shell is what plasmashell hands on to what it starts, others what KDE's commands do.
func plasmaWays(shell, others []string) []way {
	return []way{
		{name: "autostart", want: seen{Theirs: "app-discord@autostart.service"}},
		{name: "pinned task", start: pinnedTask, want: seen{Theirs: kioService, Token: shell}},
		{name: "kioclient exec", start: command("kioclient", "exec", home+"/.local/share/applications/discord.desktop"), want: seen{Theirs: kioService, Token: others}},
		{name: "kstart --application", start: command("kstart", "--application", "discord"), want: seen{Theirs: kioService, Token: others}},
		{name: "kde-open LINK", start: command("kde-open", "discord:///x"), want: seen{Theirs: kioService, Token: others}},
		{name: "xdg-open LINK", start: command("xdg-open", "discord:///x"), want: seen{Theirs: kioService, Token: others}},
		{name: "gio open LINK", start: command("gio", "open", "discord:///x")},
		{name: "gtk-launch", start: command("gtk-launch", "discord"), want: seen{Token: both}},
		{name: "portal OpenURI", app: "chromium", start: openURI("https://127.0.0.1:9/")},
	}
}

// headlessPlasma is a home in which KWin draws into memory.
func headlessPlasma(t *testing.T) machine {
	t.Helper()
	m := freshHome(t)
	m.write(".config/systemd/user/plasma-kwin_wayland.service.d/headless.conf", "[Service]\nExecStart=\nExecStart=/usr/bin/kwin_wayland_wrapper --xwayland --virtual\n")
	return m
}

func TestPlasmaWayland(t *testing.T) {
	m := headlessPlasma(t)
	m.autostartDiscord()
	s := plasmaWayland.login(t, m)
	s.walk(plasmaWays([]string{"XDG_ACTIVATION_TOKEN"}, nil))
	t.Run("app in the background", s.freezes)
}

// pinDiscord puts Discord's icon where the task manager has its first.
func pinDiscord(s *session) {
	s.Helper()
	s.plasmaScript(`panels().forEach(panel => panel.widgets("org.kde.plasma.icontasks").forEach(tasks => {
		tasks.currentConfigGroup = ["General"];
		tasks.writeConfig("launchers", "applications:discord.desktop");
	}))`)
}

// plasmaScript has the shell run a script that changes its panels and desktops, and gives
// what it printed.
func (s *session) plasmaScript(script string) string {
	s.Helper()
	return s.user("gdbus", "call", "--session", "--dest", "org.kde.plasmashell", "--object-path", "/PlasmaShell", "--method", "org.kde.PlasmaShell.evaluateScript", script)
}

// pinnedTask presses the key for that icon, Meta+1.
func pinnedTask(s *session) { s.plasmaShortcut("activate task manager entry 1") }

// plasmaShortcut does what a key of the shell's does.
func (s *session) plasmaShortcut(name string) {
	s.Helper()
	s.start("gdbus", "call", "--session", "--dest", "org.kde.kglobalaccel", "--object-path", "/component/plasmashell", "--method",
		"org.kde.kglobalaccel.Component.invokeShortcut", name)
}
