//go:build rig

package desktops

import "testing"

var gnome = desktop{
	name: "GNOME", source: "gnome-shell", kind: "wayland", current: "GNOME",
	command: []string{"gnome-session"},
	ready:   []string{"org.gnome.Shell", "org.freedesktop.Notifications"},
}

// headlessGNOME is a home in which the shell draws into memory, and evaluates what it is sent.
func headlessGNOME(t *testing.T) machine {
	t.Helper()
	m := freshHome(t)
	m.write(".config/systemd/user/org.gnome.Shell@wayland.service.d/headless.conf",
		"[Service]\nExecStart=\nExecStart=/usr/bin/gnome-shell --headless --virtual-monitor 1280x800 --unsafe-mode\n")
	return m
}

func TestGNOME(t *testing.T) {
	m := headlessGNOME(t)
	m.autostartDiscord()
	gnome.login(t, m).walk([]way{
		{name: "autostart"},
		{name: "dash icon", start: evaluate(`Shell.AppSystem.get_default().lookup_app('discord.desktop').activate()`), want: seen{Token: both}},
		{name: "gio open LINK", start: command("gio", "open", "discord:///x")},
		{name: "xdg-open LINK", start: command("xdg-open", "discord:///x")},
		{name: "gtk-launch", start: command("gtk-launch", "discord"), want: seen{Token: both}},
		{name: "portal OpenURI", app: "chromium", start: openURI("https://127.0.0.1:9/")},
		{name: "dash icon", app: "chromium", start: evaluate(`Shell.AppSystem.get_default().lookup_app('chromium.desktop').activate()`)},
	})
}

// evaluate has the shell run a line of its own JavaScript, as --unsafe-mode lets.
func evaluate(script string) func(*session) {
	return command("gdbus", "call", "--session", "--dest", "org.gnome.Shell", "--object-path", "/org/gnome/Shell",
		"--method", "org.gnome.Shell.Eval", "const Shell = imports.gi.Shell; "+script)
}
