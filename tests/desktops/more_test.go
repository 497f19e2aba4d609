//go:build rig

package desktops

import (
	"testing"
	"time"
)

// Those for which `make test` has no room: make soak, or run.sh --all.

func TestPlasmaX11(t *testing.T) {
	m := freshHome(t)
	m.autostartDiscord()
	plasmaX11.login(t, m).walk(append(plasmaWays(startup, startup),
		way{name: "KRunner, typed", start: krunner, want: seen{Theirs: kioService, Token: startup}},
		way{name: "Kickoff, typed", start: kickoff, want: seen{Theirs: kioService, Token: startup}},
	))
}

// kickoff searches in the menu. KRunner is kept away, which would take what is typed if the
// menu were not there.
func kickoff(s *session) {
	s.user("systemctl", "--user", "mask", "--runtime", "--now", "plasma-krunner.service")
	s.plasmaShortcut("activate application launcher")
	s.typeName()
}

// krunner searches by D-Bus, and presses Return.
func krunner(s *session) {
	s.user("gdbus", "call", "--session", "--dest", "org.kde.krunner", "--object-path", "/App", "--method", "org.kde.krunner.App.query", "discord")
	s.press("Return")
}

func TestSway(t *testing.T) {
	d := desktop{
		name: "sway", source: "sway", kind: "wayland", current: "sway",
		env:     []string{"WLR_BACKENDS=headless", "WLR_RENDERER=pixman", "WLR_LIBINPUT_NO_DEVICES=1", "SWAYSOCK=" + runtime + "/sway"},
		command: []string{"sway"},
		daemon:  "fr.emersion.mako",
	}
	m := freshHome(t)
	m.write(".config/sway/config", "include /etc/sway/config.d/*\nexec dbus-update-activation-environment --systemd WAYLAND_DISPLAY DISPLAY SWAYSOCK\n")
	d.login(t, m).walk([]way{
		{name: "binding (swaymsg exec)", start: swaymsg("discord"), want: seen{Token: both}},
		{name: "swaymsg exec gtk-launch", start: swaymsg("gtk-launch discord"), want: seen{Token: both}},
		{name: "binding (swaymsg exec)", app: "chromium", start: swaymsg("chromium")},
		{name: "wofi, typed", start: wtyped("wofi", "--show", "drun")},
		{name: "wofi run, typed", start: wtyped("wofi", "--show", "run")},
		{name: "bemenu, typed", start: wtyped("bemenu-run")},
		{name: "wmenu, typed", start: wtyped("wmenu-run"), want: seen{Token: []string{"XDG_ACTIVATION_TOKEN"}}},
	})
}

func swaymsg(line string) func(*session) {
	return command("swaymsg", "-s", runtime+"/sway", "exec", line)
}

// notifyd is the notification daemon of sessions that have none of their own.
const notifyd = "/usr/lib/x86_64-linux-gnu/xfce4/notifyd/xfce4-notifyd"

func TestI3(t *testing.T) {
	d := desktop{
		name: "i3", source: "i3-wm", kind: "x11", current: "i3",
		command: []string{"/etc/X11/Xsession", "i3"},
		ready:   []string{"org.freedesktop.Notifications"},
	}
	m := freshHome(t)
	m.write(".config/i3/config", "font pango:monospace 8\nexec --no-startup-id "+notifyd+"\nbindsym Mod1+d exec discord\nbindsym Mod1+c exec chromium\nbindsym Mod1+p exec --no-startup-id dmenu_run\n"+
		"bindsym Mod1+r exec --no-startup-id rofi -show drun\nbindsym Mod1+u exec --no-startup-id rofi -show run\n")
	d.login(t, m).walk([]way{
		{name: "binding", start: func(s *session) { s.press("alt+d") }, want: seen{Token: startup}},
		{name: "dmenu, typed", start: typed("alt+p")},
		{name: "rofi, typed", start: typed("alt+r"), want: seen{Token: startup}},
		{name: "rofi run, typed", start: typed("alt+u")},
		{name: "binding", app: "chromium", start: func(s *session) { s.press("alt+c") }},
	})
}

func TestLXQt(t *testing.T) {
	d := desktop{
		name: "LXQt", source: "lxqt-session", kind: "x11", current: "LXQt",
		command: []string{"/etc/X11/Xsession", "startlxqt"},
		ready:   []string{"org.freedesktop.Notifications"},
	}
	m := freshHome(t)
	m.write(".config/lxqt/session.conf", "[General]\nwindow_manager=openbox\n")
	m.autostartDiscord()
	d.login(t, m).walk([]way{
		{name: "autostart"},
		{name: "gio open LINK", start: command("gio", "open", "discord:///x")},
		{name: "gtk-launch", app: "chromium", start: command("gtk-launch", "chromium")},
		{name: "menu, typed", start: typed("alt+F1")},
		{name: "runner, typed", start: typed("alt+F2")},
	})
}

func TestCinnamon(t *testing.T) {
	d := desktop{
		name: "Cinnamon", source: "cinnamon", kind: "x11", current: "X-Cinnamon",
		command: []string{"/etc/X11/Xsession", "cinnamon-session"},
		ready:   []string{"org.Cinnamon", "org.freedesktop.Notifications"},
		started: awaitCinnamon,
	}
	m := freshHome(t)
	m.autostartDiscord()
	d.login(t, m).walk([]way{
		{name: "autostart"},
		{name: "menu, typed", start: func(s *session) { s.click(12, 788); s.typeName() }, want: seen{Token: both}},
		{name: "gtk-launch", start: command("gtk-launch", "discord"), want: seen{Token: both}},
		{name: "gtk-launch", app: "chromium", start: command("gtk-launch", "chromium")},
	})
}

// awaitCinnamon waits until Cinnamon takes clicks: it has its name before its panel.
func awaitCinnamon(s *session) {
	s.Helper()
	state := ""
	if !until(60*time.Second, func() bool {
		state = s.user("gdbus", "call", "--session", "--dest", "org.Cinnamon", "--object-path", "/org/Cinnamon", "--method", "org.Cinnamon.GetRunState")
		return state == "(2,)" // Main.RunState.RUNNING
	}) {
		s.Fatalf("Cinnamon is in state %s after 60 s", state)
	}
}

// openboxKeys starts Discord by a key, and shows a menu by another; its one item takes "d".
const openboxKeys = `<openbox_config xmlns="http://openbox.org/3.4/rc">
<keyboard>
<keybind key="A-d"><action name="Execute"><command>discord</command></action></keybind>
<keybind key="A-m"><action name="ShowMenu"><menu>root-menu</menu></action></keybind>
</keyboard>
<menu><file>menu.xml</file></menu>
</openbox_config>
`

const openboxMenu = `<openbox_menu xmlns="http://openbox.org/3.4/menu">
<menu id="root-menu" label="Apps">
<item label="_Discord"><action name="Execute"><command>discord</command></action></item>
</menu>
</openbox_menu>
`

func TestOpenbox(t *testing.T) {
	d := desktop{
		name: "openbox", source: "openbox", kind: "x11", current: "openbox",
		command: []string{"/etc/X11/Xsession", "openbox-session"},
		ready:   []string{"org.freedesktop.Notifications"},
	}
	m := freshHome(t)
	m.write(".config/openbox/rc.xml", openboxKeys)
	m.write(".config/openbox/menu.xml", openboxMenu)
	m.write(".config/openbox/autostart", notifyd+" &\n")
	d.login(t, m).walk([]way{
		{name: "binding", start: func(s *session) { s.press("alt+d") }},
		{name: "menu, by key", start: func(s *session) { s.press("alt+m"); s.press("d") }},
		{name: "gtk-launch", start: command("gtk-launch", "discord"), want: seen{Token: both}},
	})
}
