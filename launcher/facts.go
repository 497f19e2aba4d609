package launcher

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"electroscope/launcher/catalog"
	"electroscope/launcher/cgroup"
	"electroscope/launcher/chromium"
	"electroscope/launcher/limit"
	"electroscope/launcher/machine"
	"electroscope/launcher/plan"
	"electroscope/launcher/wrapper"
)

// gather completes the facts of a launch whose settings and program are known. What
// takes files and is not always needed is read when [plan.Decide] asks for it.
func gather(w Process, f *plan.Facts) {
	chain := f.Program.Chain
	f.Inspection = inspect(w, f.Settings.App, chain)
	f.PID = w.PID
	f.Machine = machine.Read()
	f.Env = w.lookupEnv
	f.Left = func(groups []cgroup.Group) []plan.LeftLimit { return readLeft(w.Cgroup, groups) }
	f.Switches = func(app catalog.App) plan.SwitchFacts { return gatherSwitches(w, app, chain) }
}

// caller looks at what this process, of the app with that id, was started from.
func (w Process) caller(id string) plan.Caller {
	c := plan.Caller{Group: w.group(), GNOME: gnomeScope(w.Getenv, w.PID)}
	if unit := c.Group.Unit(); strings.HasSuffix(unit, ".service") && isManagers(w.groupOf(os.Getppid()), c.Group) {
		c.Service = unit
	}
	if c.Service == "" {
		c.KDE = kdeScopes(w.Getenv, id)
	}
	return c
}

// isManagers reports whether the parent's group is that of the user's manager, which
// has a scope of its own in its subtree (init.scope, systemd.special(7)). What it
// starts is the main process of a service, and ends with the service: so must the
// scope that it moves to, for `systemctl --user stop` to mean the app as before.
func isManagers(parent, own cgroup.Group) bool {
	manager, ok := strings.CutSuffix(string(parent), "/init.scope")
	return ok && strings.HasPrefix(string(own), manager+"/")
}

// inspect asks the program what it is built on if no layer of apps.toml says so,
// or if one says native: a program may be built on Chromium and take no switches.
// What the catalogue has another word for is not asked: that takes a look into
// the cache, and the answer changes nothing.
func inspect(w Process, app catalog.App, chain wrapper.Chain) plan.Inspection {
	e := plan.Inspection{Large: mayBeEngine(chain)}
	if e.Large && (app.Runtime == "" || app.Runtime == chromium.Native) {
		e.Runtime = examine(w, chain).Runtime
	}
	return e
}

// readLeft reads the upper limits of those groups, the tightest of each kind. What
// cannot be read is taken for none.
func readLeft(sys string, groups []cgroup.Group) []plan.LeftLimit {
	var list []plan.LeftLimit
	for _, g := range groups {
		for _, l := range limit.Caps() {
			text, err := g.Read(sys, l.File)
			if err != nil {
				continue
			}
			if v, ok := l.Read(text); ok && v != limit.Infinity {
				list = tightest(list, plan.LeftLimit{Limit: l, Value: v, Unit: g.Name()})
			}
		}
	}
	return list
}

func tightest(list []plan.LeftLimit, l plan.LeftLimit) []plan.LeftLimit {
	for i := range list {
		if list[i].Limit.Property == l.Limit.Property {
			if l.Value < list[i].Value {
				list[i] = l
			}
			return list
		}
	}
	return append(list, l)
}

// gatherSwitches reads what the switches of an app depend on.
func gatherSwitches(w Process, app catalog.App, chain wrapper.Chain) plan.SwitchFacts {
	knowledge := examine(w, chain)
	w = w.as(app)
	return plan.SwitchFacts{
		Engine:   knowledge,
		Graphics: machine.ReadGraphics(w.Root, w.Getenv("LIBVA_DRIVERS_PATH")),
		Display:  machine.ReadDisplay(w.Getenv),
		VSCode:   isVSCode(chain),
		Forwards: forwards(chain, w.Getenv),
		Flags:    flagsFiles(w, app, knowledge, chain),
	}
}

// isVSCode tells the family by its command line script, or by the folder of
// its own code beside the program.
func isVSCode(chain wrapper.Chain) bool {
	if chain.RunAsNode {
		return true
	}
	found, _ := filepath.Glob(filepath.Join(filepath.Dir(chain.Program), "resources/app/out/vs"))
	return chain.Program != "" && len(found) > 0
}

// forwards reports whether the program is VS Code's command line for the editor in
// whose terminal it was typed: in a remote terminal it is found on PATH, and the
// desktop's own script forwards to it (src/vs/server/node/server.cli.ts and
// resources/linux/bin/code.sh). It knows no switches, and warns of each.
func forwards(chain wrapper.Chain, getenv func(string) string) bool {
	remote := func(path string) bool { return strings.Contains(path, "/remote-cli/") }
	if slices.ContainsFunc(chain.Scripts, remote) {
		return true
	}
	if getenv("VSCODE_IPC_HOOK_CLI") == "" && getenv("VSCODE_CLIENT_COMMAND") == "" {
		return false
	}
	return isVSCode(chain) || slices.ContainsFunc(chain.Scripts, func(path string) bool {
		real, err := filepath.EvalSymlinks(path)
		return err == nil && remote(real)
	})
}
