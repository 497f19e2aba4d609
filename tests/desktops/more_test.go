//go:build rig

package desktops

import "testing"

// Those for which `make test` has no room: make soak, or run.sh --all.

func TestPlasmaX11(t *testing.T) {
	m := freshHome(t)
	m.autostartDiscord()
	plasmaX11.login(t, m).walk(append(plasmaWays(startup, startup), way{name: "KRunner, typed", start: krunner, want: seen{Theirs: kioService, Token: startup}}))
}

// krunner searches by D-Bus, and presses Return.
func krunner(s *session) {
	s.user("gdbus", "call", "--session", "--dest", "org.kde.krunner", "--object-path", "/App", "--method", "org.kde.krunner.App.query", "discord")
	s.press("Return")
}

// press is the keyboard of a session on X11, once the window that is to have the key is there.
func (s *session) press(key string) {
	s.Helper()
	s.output(s.command("sh", "-c", "sleep 3; exec xdotool key --clearmodifiers "+key))
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
	})
}

func swaymsg(line string) func(*session) {
	return command("swaymsg", "-s", runtime+"/sway", "exec", line)
}

func TestI3(t *testing.T) {
	d := desktop{
		name: "i3", source: "i3-wm", kind: "x11", current: "i3",
		command: []string{"/etc/X11/Xsession", "i3"},
		ready:   []string{"org.freedesktop.Notifications"},
	}
	m := freshHome(t)
	m.write(".config/i3/config", "font pango:monospace 8\nexec --no-startup-id /usr/lib/x86_64-linux-gnu/xfce4/notifyd/xfce4-notifyd\nbindsym Mod1+d exec discord\nbindsym Mod1+c exec chromium\nbindsym Mod1+p exec --no-startup-id dmenu_run\n")
	d.login(t, m).walk([]way{
		{name: "binding", start: func(s *session) { s.press("alt+d") }, want: seen{Token: startup}},
		{name: "dmenu, typed", start: func(s *session) { s.press("alt+p"); s.press("d i s c o r d Return") }},
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
	})
}
