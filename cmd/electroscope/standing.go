package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"electroscope/launcher"
	"electroscope/launcher/catalog"
	"electroscope/launcher/install"
	"electroscope/launcher/machine"
	"electroscope/launcher/manager"
)

// units are those that were asked for, and those that are there and are kept in
// step with apps.toml.
func (o *installOptions) units(t *toolbox, state install.State, layers catalog.Layers, apps []catalog.App, named bool) []install.Text {
	var list []install.Text
	m := machine.Read()
	wanted := func(u launcher.StandingUnit, asked bool) bool {
		_, there := state.Manifest.Record(state.Places.Unit(u.Name))
		return asked || there
	}
	add := func(u launcher.StandingUnit, app, head string) {
		list = append(list, install.Text{Path: state.Places.Unit(u.Name), App: app, Kind: install.Unit, Text: unitText(u, head)})
	}
	settings, _ := layers.Default()
	if u := launcher.GroupUnit(settings, m); wanted(u, o.slice) {
		add(u, "", "# The budget of all apps: [budget] of apps.toml. Written by electroscope install --slice.")
	}
	for _, app := range apps {
		if app.Flatpak == "" {
			if o.flatpak && named {
				complain(t.err, "no Flatpak of "+app.Key+" is known", fmt.Sprintf("name its id in apps.toml: [apps.%s] flatpak = \"...\"", app.Key))
				t.status = 1
			}
			continue
		}
		if u := launcher.FlatpakUnit(app, m); wanted(u, o.flatpak && (named || hasFlatpak(t, state.Places, app))) {
			add(u, app.Key, fmt.Sprintf("# The limits of [apps.%s] in apps.toml, for its Flatpak. Written by electroscope install --flatpak.", app.Key))
		}
	}
	return list
}

// unitText is a unit file (systemd.syntax(7)).
func unitText(u launcher.StandingUnit, head string) string {
	var b strings.Builder
	b.WriteString(head + "\n")
	for _, n := range u.Notes {
		fmt.Fprintf(&b, "# Without %s: %s.\n", n.Without, n.Text)
	}
	if u.Section == "Slice" {
		b.WriteString("[Unit]\nDescription=Desktop apps\nDocumentation=man:electroscope(1)\n\n")
	}
	fmt.Fprintf(&b, "[%s]\n", u.Section)
	for _, p := range u.Properties {
		b.WriteString(line(p) + "\n")
	}
	return b.String()
}

// line is a property as people write it in unit files: sizes in the largest unit
// that leaves nothing over.
func line(p manager.Property) string {
	n, isNumber := p.Value.(uint64)
	if isNumber && n != infinity && strings.HasPrefix(p.Name, "Memory") {
		for i, unit := range []string{"T", "G", "M", "K"} {
			if size := uint64(1) << (10 * (4 - i)); n >= size && n%size == 0 {
				return fmt.Sprintf("%s=%d%s", p.Name, n/size, unit)
			}
		}
	}
	return assignment(p)
}

// reload has a running user manager read unit files anew.
func reload(t *toolbox) {
	socket := filepath.Join(t.world.Getenv("XDG_RUNTIME_DIR"), "systemd/private")
	if _, err := os.Stat(socket); err != nil {
		complain(t.err, "no user manager is running: it will read the units when it starts", "")
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	c := exec.CommandContext(ctx, "systemctl", "--user", "daemon-reload")
	c.Env = slices.Clone(t.world.Env)
	if out, err := c.CombinedOutput(); err != nil {
		complain(t.err, fmt.Sprintf("systemctl --user daemon-reload: %v: %s", err, strings.TrimSpace(string(out))), "run it again; until then the units are as they were")
		t.status = 1
	}
}
