//go:build rig

package desktops

import "testing"

// labwc by uwsm stands for all compositors on wlroots that uwsm starts.
var labwc = desktop{
	name: "labwc by uwsm", source: "labwc", kind: "wayland", current: "labwc",
	env:     []string{"WLR_BACKENDS=headless", "WLR_RENDERER=pixman", "LABWC_UPDATE_ACTIVATION_ENV=1"},
	command: []string{"bash", "--login", "-c", "exec uwsm start -F -- /usr/bin/labwc"},
	ready:   []string{"org.freedesktop.systemd1"},
	daemon:  "fr.emersion.mako",
}

func TestUWSM(t *testing.T) {
	m := freshHome(t)
	m.autostartDiscord()
	labwc.login(t, m).walk([]way{
		{name: "autostart", want: seen{Theirs: "app-discord@autostart.service"}},
		{name: "fuzzel, typed", start: wtyped("fuzzel")},
		{name: "uwsm app -- discord", start: command("uwsm", "app", "--", "discord")},
		{name: "uwsm app -- discord.desktop", start: command("uwsm", "app", "--", "discord.desktop")},
		{name: "uwsm app -t service", start: command("uwsm", "app", "-t", "service", "--", "discord.desktop"), want: seen{Theirs: "app-labwc-discord@ID.service"}},
		{name: "uwsm app -s b", start: command("uwsm", "app", "-s", "b", "--", "discord")},
		{name: "gtk-launch", start: command("gtk-launch", "discord"), want: seen{Token: both}},
		{name: "uwsm app -- chromium.desktop", app: "chromium", start: command("uwsm", "app", "--", "chromium.desktop")},
	})
}
