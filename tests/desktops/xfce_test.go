//go:build rig

package desktops

import "testing"

var xfce = desktop{
	name: "XFCE", source: "xfce4-panel", kind: "x11", current: "XFCE",
	command: []string{"/etc/X11/Xsession", "startxfce4"},
	ready:   []string{"org.xfce.Panel", "org.freedesktop.Notifications"},
	daemon:  "org.xfce.xfce4-notifyd.Notifications",
}

func TestXFCE(t *testing.T) {
	m := freshHome(t)
	m.autostartDiscord()
	xfce.login(t, m).walk([]way{
		{name: "autostart"},
		{name: "appfinder, typed", start: func(s *session) { s.start("xfce4-appfinder"); s.press("d i s c o r d Return") }, want: seen{Token: startup}},
		{name: "gtk-launch", start: command("gtk-launch", "discord"), want: seen{Token: both}},
		{name: "exo-open LINK", start: command("exo-open", "discord:///x"), want: seen{Token: both}},
		{name: "xdg-open LINK", start: command("xdg-open", "discord:///x"), want: seen{Token: both}},
		{name: "gtk-launch", app: "chromium", start: command("gtk-launch", "chromium")},
	})
}
