package doctor

import (
	"slices"
	"strconv"
	"strings"

	"electroscope/launcher"
	"electroscope/launcher/catalog"
	"electroscope/launcher/dbus"
	"electroscope/launcher/limit"
)

// launchChecks are about what a launch needs, and what it got.
func launchChecks() []Check {
	return append([]Check{
		{
			Name: "user-manager", Group: Launch, run: checkManager,
			Wanted: "systemd " + strconv.Itoa(limit.OldestSystemd) + " or later, as this user's manager",
			Why:    "it makes the scope that holds an app; without it apps run without limits",
			Mend:   Mend{Command: "sudo loginctl enable-linger $USER, and log in by pam_systemd(8)"},
		},
		{
			Name: "private-socket", Group: Launch, run: checkPrivateSocket,
			Wanted: "the manager's socket in $XDG_RUNTIME_DIR/systemd, this user's",
			Why:    "a launch asks for its scope there, past the session bus",
			Mend:   Mend{Command: "unset XDG_RUNTIME_DIR if it is another user's, or log in anew"},
		},
		{
			Name: "cgroup-v2", Group: Launch, run: checkUnified,
			Wanted: "the cgroup2 hierarchy alone",
			Why:    "systemd hands no limits to users on cgroup v1 or a hybrid layout",
			Mend:   Mend{Command: "boot with systemd.unified_cgroup_hierarchy=1", NixOS: `boot.kernelParams = [ "systemd.unified_cgroup_hierarchy=1" ];`},
		},
		{
			Name: "controllers", Group: Launch, run: checkControllers,
			Wanted: "cpu, memory and pids delegated to the user's manager",
			Why:    "a limit whose controller is missing is not enforced",
			Mend: Mend{
				Command: "sudo systemctl edit user@.service: [Service] Delegate=cpu memory pids; then log in anew",
				NixOS:   `systemd.services."user@".serviceConfig.Delegate = "cpu memory pids";`,
			},
		},
		{
			Name: "cgroup-moves", Group: Launch, run: checkMoves,
			Wanted: "the control groups mounted with favordynmods",
			Why:    "without it an app starts some 10 ms later: the kernel waits for a grace period before it moves a process into a scope",
			Mend: Mend{
				Command: "cgroup_favordynmods=1 on the kernel's command line, since Linux 6.7; each fork and exit then takes a little longer",
				NixOS:   "electroscope.cgroup.favorDynMods = true;",
			},
		},
		{
			Name: "session-bus", Group: Launch, run: checkSessionBus,
			Wanted: "a message bus of the session",
			Why:    "notifications that an app runs without limits go over it",
			Mend:   Mend{Command: "sudo apt install dbus-user-session, then log in anew", NixOS: "services.dbus.enable = true;"},
		},
		{
			Name: "catalogue", Group: Launch, run: checkCatalogue,
			Wanted: "apps.toml without mistakes",
			Why:    "a setting with a mistake in it is ignored",
			Mend:   Mend{Command: "electroscope config check"},
		},
		{
			Name: "own-folders", Group: Launch, run: checkOwners,
			Wanted: "the folders of electroscope and ~/.cache are this user's",
			Why:    "after one sudo -E they may be root's: nothing is remembered, and apps start slowly",
			Mend:   Mend{Command: "sudo chown -R $USER: ~/.cache ~/.local/state"},
		},
	}, slices.Concat(placeChecks(), installChecks(), dropInChecks(), surroundingChecks(), runningChecks())...)
}

func checkManager(m *Machine) Result {
	d := m.delegation()
	switch {
	case d.Group == "" && d.Nothing != nil:
		return fail(d.Nothing.Text)
	case d.Group == "":
		return unknown(unknownText(d))
	}
	text := m.systemctl("--user", "show", "--property=Version", "--property=SystemState")["Version"]
	version := leading(text)
	switch {
	case version == 0:
		return unknown("it answers, and its version is not known")
	case version < limit.OldestSystemd:
		return warn("systemd " + text).mend("update the distribution")
	}
	return ok("systemd " + text)
}

func unknownText(d launcher.Delegation) string {
	if d.Unknown == nil {
		return "the manager cannot be asked"
	}
	return d.Unknown.Text
}

func checkPrivateSocket(m *Machine) Result {
	path := m.runtimeDir() + "/systemd/private"
	uid, known := m.owner(path)
	switch {
	case m.isAbsent(path):
		return fail(path + " is not there")
	case !known:
		return unknown(path + " cannot be looked at")
	case uid != m.Process.UID:
		return fail(path + " is the socket of the user with number " + strconv.Itoa(uid))
	}
	return ok(path)
}

// checkUnified looks for files that only the one or the other hierarchy has at that place
// (src/basic/cgroup-util.c, cg_unified_cached).
func checkUnified(m *Machine) Result {
	sys := m.Process.Cgroup
	switch {
	case m.exists(sys + "/cgroup.controllers"):
		return ok("cgroup2 at " + sys)
	case m.exists(sys + "/unified"):
		return fail("a hybrid layout at " + sys)
	case m.exists(sys + "/systemd"), m.exists(sys + "/memory"):
		return fail("cgroup v1 at " + sys)
	}
	return unknown("no hierarchy is seen at " + sys)
}

func checkControllers(m *Machine) Result {
	d := m.delegation()
	switch {
	case d.Group == "" && d.Nothing != nil:
		return fail("none: " + d.Nothing.Text)
	case d.Nothing != nil:
		return fail("none: " + d.Nothing.Text)
	case d.Unknown != nil:
		return unknown(d.Unknown.Text)
	}
	var missing []string
	for _, name := range []string{"MemoryMax", "CPUQuotaPerSecUSec", "TasksMax"} {
		l, _ := limit.ByProperty(name)
		if state, _ := d.Enforces(name); state != launcher.Enforced {
			missing = append(missing, l.Controller)
		}
	}
	if missing != nil {
		return fail("without " + strings.Join(missing, ", "))
	}
	return ok(strings.Join(d.Controllers, " "))
}

func checkMoves(m *Machine) Result {
	text, err := m.read(m.Process.Proc + "/self/mounts")
	on, mounted := FavorDynMods(text)
	switch {
	case err != nil:
		return unknown("the mounts cannot be read")
	case !mounted:
		return notHere("no cgroup2 hierarchy is mounted")
	case !on:
		return warn("off, as the kernel has it by default")
	}
	return ok("on")
}

// FavorDynMods reports whether the unified hierarchy is among the mounts, and with the option
// favordynmods (Documentation/admin-guide/cgroup-v2.rst). The mounts are a line each, as
// proc_pid_mounts(5) has them: device, place, type, options.
func FavorDynMods(mounts string) (on, mounted bool) {
	for line := range strings.Lines(mounts) {
		if f := strings.Fields(line); len(f) > 3 && f[2] == "cgroup2" {
			return slices.Contains(strings.Split(f[3], ","), "favordynmods"), true
		}
	}
	return false, false
}

// checkSessionBus looks for the socket of the bus that programs would call.
func checkSessionBus(m *Machine) Result {
	address := dbus.SessionAddress(m.getenv, m.runtimeDir())
	path, isPath := strings.CutPrefix(address, "unix:path=")
	path, _, _ = strings.Cut(path, ",")
	switch {
	case !isPath:
		return ok(address)
	case m.isAbsent(path):
		return warn(path + " is not there")
	case !m.exists(path):
		return unknown(path + " cannot be looked at")
	}
	return ok(path)
}

func checkCatalogue(m *Machine) Result {
	all, mistakes := m.Layers.All()
	var t tally
	for _, d := range mistakes {
		state := Fail
		if d.Warning {
			state = Warn
		}
		t.add(state, d.Error())
	}
	if t.state == "" {
		return ok(strconv.Itoa(len(all.Apps)) + " apps" + ownLayers(m.Layers))
	}
	return firstOf(t)
}

// ownLayers names the layers beside the shipped one.
func ownLayers(l catalog.Layers) string {
	var names []string
	for _, s := range l.Sources() {
		if !s.Absent && s.Kind != catalog.Shipped {
			names = append(names, s.Name)
		}
	}
	if names == nil {
		return ", as shipped"
	}
	return ", with " + strings.Join(names, ", ")
}

// firstOf tells the first of many, and how many there are.
func firstOf(t tally) Result {
	r := Result{State: t.state, Found: t.found[0]}
	if n := len(t.found) - 1; n > 0 {
		r.Found += " (and " + strconv.Itoa(n) + " more)"
	}
	return r
}

// checkOwners looks at what a launch writes to.
func checkOwners(m *Machine) Result {
	env := m.xdg()
	var t tally
	for _, path := range []string{
		env.CacheHome(), env.CacheHome() + "/electroscope", env.StateHome(), env.StateHome() + "/electroscope",
		env.ConfigHome() + "/systemd/user", m.runtimeDir() + "/electroscope",
	} {
		uid, known := m.owner(path)
		switch {
		case !known && m.isAbsent(path):
		case !known:
			t.add(Unknown, path+" cannot be looked at")
		case uid != m.Process.UID:
			t.add(Warn, path+" belongs to the user with number "+strconv.Itoa(uid))
		default:
			t.add(OK, "they are")
		}
	}
	return t.result("none of them is there yet")
}
