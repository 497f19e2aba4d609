//go:build rig

package desktops

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

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

// TestGNOMEKeys launches by the keyboard, one of the shell's own (Clutter.VirtualInputDevice).
func TestGNOMEKeys(t *testing.T) {
	m := headlessGNOME(t)
	m.write("note.txt", "text")
	m.write(".config/mimeapps.list", "[Default Applications]\ntext/plain=discord.desktop\n")
	gnome.login(t, m).walk([]way{
		{name: "search, typed", start: searched, want: seen{Token: both}},
		{name: "custom shortcut", start: customShortcut},
		{name: "Nautilus, a file", start: openInNautilus, want: seen{Token: both}},
	})
}

// openInNautilus opens the file that is selected in a window of Nautilus.
func openInNautilus(s *session) {
	s.start("nautilus", "--select", home+"/note.txt")
	focused := ""
	if !until(60*time.Second, func() bool {
		focused = s.shell("global.display.focus_window?.get_wm_class()")
		return strings.Contains(focused, "Nautilus")
	}) {
		s.Fatalf("60 s after Nautilus was started, the window in focus is that of %s", focused)
	}
	time.Sleep(5 * time.Second) // until it has listed the folder
	s.shellKeys("Return")
}

func searched(s *session) {
	s.shell("Main.overview.show()")
	time.Sleep(2 * time.Second) // until it takes keys
	s.shellKeys(strings.Split("discord", "")...)
	time.Sleep(3 * time.Second) // until it has found something
	s.shellKeys("Return")
}

// customShortcut makes one, as GNOME's settings do, and presses it.
func customShortcut(s *session) {
	const schema = "org.gnome.settings-daemon.plugins.media-keys"
	const path = "/org/gnome/settings-daemon/plugins/media-keys/custom-keybindings/custom0/"
	for _, set := range [][]string{
		{schema + ".custom-keybinding:" + path, "name", "Discord"},
		{schema + ".custom-keybinding:" + path, "command", "discord"},
		{schema + ".custom-keybinding:" + path, "binding", "<Super>F9"},
		{schema, "custom-keybindings", "['" + path + "']"},
	} {
		s.output(s.command("gsettings", append([]string{"set"}, set...)...))
	}
	time.Sleep(3 * time.Second) // until the shell has the key grabbed
	s.shellKeys("Super_L+F9")
}

// shellKeys presses keys one after the other, or together if they are joined by "+".
func (s *session) shellKeys(chords ...string) {
	s.Helper()
	for _, chord := range chords {
		var script strings.Builder
		script.WriteString("globalThis.keyboard ??= seat.create_virtual_device(Clutter.InputDeviceType.KEYBOARD_DEVICE);")
		keys := strings.Split(chord, "+")
		for _, key := range keys {
			fmt.Fprintf(&script, "keyboard.notify_keyval(GLib.get_monotonic_time(), Clutter.KEY_%s, Clutter.KeyState.PRESSED);", key)
		}
		for _, key := range slices.Backward(keys) {
			fmt.Fprintf(&script, "keyboard.notify_keyval(GLib.get_monotonic_time(), Clutter.KEY_%s, Clutter.KeyState.RELEASED);", key)
		}
		s.shell("const {Clutter, GLib} = imports.gi; const seat = Clutter.get_default_backend().get_default_seat();" + script.String())
	}
}

// shell has the shell run a script, which must not fail, and gives what it comes to.
func (s *session) shell(script string) string {
	s.Helper()
	said := s.user("gdbus", "call", "--session", "--dest", "org.gnome.Shell", "--object-path", "/org/gnome/Shell", "--method", "org.gnome.Shell.Eval", script)
	if !strings.HasPrefix(said, "(true,") {
		s.Fatalf("%s: %s", script, said)
	}
	return said
}
