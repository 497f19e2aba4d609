package cli

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"electroscope/cmd/electroscope/cli/render"
	"electroscope/desktop/install"
	"electroscope/desktop/unitfile"
	"electroscope/launcher/catalog"
	"electroscope/launcher/machine"
)

// units returns the units that were asked for, and those that are installed and must follow
// apps.toml.
func (o *installOptions) units(inv *invocation, state install.State, layers catalog.Layers, apps []catalog.App, named bool) []install.Text {
	var list []install.Text
	m := machine.Read()
	add := func(u unitfile.Unit, asked bool, app, head string) {
		path := state.Dirs.Unit(u.Name)
		if _, there := state.Manifest.Record(path); there || asked {
			list = append(list, install.Text{Path: path, App: app, Kind: install.Unit, Text: render.UnitFile(u, head)})
		}
	}
	settings, _ := layers.Default()
	add(unitfile.Group(settings, m), o.slice, "", "# The budget of all apps: [budget] of apps.toml. Written by electroscope install --slice.")
	for _, app := range apps {
		head := "# The limits of [apps." + app.Key + "] in apps.toml, for its %s. Written by electroscope install --%s."
		if app.Flatpak != "" {
			add(unitfile.Flatpak(app, m), o.flatpak && (named || hasFlatpak(inv, state.Dirs, app)), app.Key, fmt.Sprintf(head, "Flatpak", "flatpak"))
		} else if o.flatpak && named {
			o.unknown(inv, app.Key, "Flatpak", "id")
		}
		if app.Snap != "" {
			for _, u := range unitfile.Snap(app, m) {
				add(u, o.snap && (named || hasSnap(inv, app)), app.Key, fmt.Sprintf(head, "Snap", "snap"))
			}
		} else if o.snap && named {
			o.unknown(inv, app.Key, "Snap", "name")
		}
	}
	return list
}

// watchUnits are the service of electroscope watch and what starts it, if it was asked for or is
// installed.
func (o *installOptions) watchUnits(state install.State, program string) []install.Text {
	path := state.Dirs.Unit(unitfile.WatchService)
	if _, there := state.Manifest.Record(path); !there && !o.watch {
		return nil
	}
	service, dropIn := unitfile.Watch(program)
	return []install.Text{
		{Path: path, Kind: install.Unit, Text: service},
		{Path: state.Dirs.Unit(unitfile.WatchDropIn), Kind: install.Unit, Text: dropIn},
	}
}

// restartWatch has the manager run the service of electroscope watch as it is now, or no more.
func restartWatch(inv *invocation, places install.Dirs, done []install.Change) {
	i := slices.IndexFunc(done, func(c install.Change) bool { return c.Path == places.Unit(unitfile.WatchService) && !c.Idle() })
	if i < 0 || !managerRuns(inv) {
		return
	}
	verb := "restart"
	if done[i].To == nil {
		verb = "stop"
	}
	systemctl(inv, "run it again; until then the service is as it was", verb, unitfile.WatchService)
}

// unknown reports that apps.toml does not name an app's Flatpak or Snap.
func (o *installOptions) unknown(inv *invocation, app, kind, what string) {
	inv.fail(fmt.Sprintf("no %s of %s is known", kind, app), fmt.Sprintf("name its %s in apps.toml: [apps.%s] %s = \"...\"", what, app, strings.ToLower(kind)))
}

// engineUnits returns the drop-ins for scopes that the Chromium in an app asks for. One that
// several apps share belongs to none, and is removed with the last of them.
func engineUnits(places install.Dirs, apps []catalog.App) []install.Text {
	var list []install.Text
	m := machine.Read()
	for _, app := range apps {
		units, shared := unitfile.Engine(app, m)
		for i, u := range units {
			key, head := app.Key, "# For scopes that the Chromium in "+app.Key+" asks for by itself, out of electroscope's. Written by electroscope install."
			if i < shared {
				key, head = "", "# For scopes that a Chromium or Electron asks for by itself. Written by electroscope install."
			}
			text := install.Text{Path: places.Unit(u.Name), App: key, Kind: install.DropIn, Text: render.UnitFile(u, head)}
			if !slices.ContainsFunc(list, func(other install.Text) bool { return other.Path == text.Path }) {
				list = append(list, text)
			}
		}
	}
	return list
}

// reload makes a running user manager read unit files again: it caches the list of them,
// and does not notice a new folder of drop-ins (tried with 252, 257 and 262).
// If no manager is running, it says so for units that were asked for.
func reload(inv *invocation, asked bool) {
	if !managerRuns(inv) {
		if asked {
			inv.note("no user manager is running: it will read the units when it starts", "")
		}
		return
	}
	systemctl(inv, "run it again; until then the units are as they were", "daemon-reload")
}

func managerRuns(inv *invocation) bool {
	_, err := os.Stat(filepath.Join(inv.process.Getenv("XDG_RUNTIME_DIR"), "systemd/private"))
	return err == nil
}

// systemctl runs a command of systemctl(1) with the user's manager.
func systemctl(inv *invocation, remedy string, words ...string) {
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	c := exec.CommandContext(ctx, "systemctl", append([]string{"--user"}, words...)...)
	c.Env = slices.Clone(inv.process.Env)
	if out, err := c.CombinedOutput(); err != nil {
		inv.fail(fmt.Sprintf("systemctl --user %s: %v: %s", strings.Join(words, " "), err, strings.TrimSpace(string(out))), remedy)
	}
}
