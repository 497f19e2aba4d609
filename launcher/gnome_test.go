package launcher

import "testing"

func TestGNOMEScope(t *testing.T) {
	for _, c := range []struct{ name, pid, desktop, file, want string }{
		{"an icon", "42", "GNOME", "/usr/share/applications/discord.desktop", "app-gnome-discord-42.scope"},
		{"Ubuntu's", "42", "ubuntu:GNOME", "/usr/share/applications/discord.desktop", "app-gnome-discord-42.scope"},
		{"escaped", "42", "GNOME", "/x/applications/signal-desktop.desktop", `app-gnome-signal\x2ddesktop-42.scope`},
		{"in a folder", "42", "GNOME", "/usr/share/applications/kde/x.desktop", `app-gnome-kde\x2dx-42.scope`},
		{"an entry elsewhere", "42", "GNOME", "/home/u/Desktop/x.desktop", "app-gnome-x-42.scope"},
		{"inherited", "41", "GNOME", "/usr/share/applications/discord.desktop", ""},
		{"another desktop", "42", "XFCE", "/usr/share/applications/discord.desktop", ""},
		{"no GIO", "", "GNOME", "", ""},
		{"not an entry", "42", "GNOME", "/usr/bin/discord", ""},
	} {
		env := map[string]string{"GIO_LAUNCHED_DESKTOP_FILE_PID": c.pid, "XDG_CURRENT_DESKTOP": c.desktop, "GIO_LAUNCHED_DESKTOP_FILE": c.file}
		if got := gnomeScope(func(name string) string { return env[name] }, 42); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
