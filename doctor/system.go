package doctor

import (
	"strconv"
	"strings"
)

// systemChecks are about how the machine came up, and what has crashed since.
func systemChecks() []Check {
	return []Check{
		{
			Name: "system-state", Group: CPU, run: checkSystem,
			Wanted: "a system that came up whole",
			Why:    "a unit that failed at the start may be one that apps need",
			Mend:   Mend{Command: "systemctl --failed, and journalctl -b -u UNIT", NixOS: "nixos-rebuild switch --rollback, if the last change is to blame"},
		},
		{
			Name: "crashes", Group: CPU, run: checkCrashes,
			Wanted: "no program that the kernel ended for a bad access",
			Why:    "libraries that are compiled for another processor end so",
			Mend: Mend{
				Command: "journalctl -b -k -g segfault names them; reinstall what was built for this processor",
				NixOS:   "electroscope.systemLibs.enable = false;",
			},
		},
	}
}

func checkSystem(m *Machine) Result {
	out := m.run("systemctl", "is-system-running") // which fails unless it is "running"
	switch state := firstLine(out.Text); {
	case out.Absent:
		return notHere("there is no systemd")
	case out.TimedOut:
		return unknown("systemctl does not answer")
	case state == "running", state == "starting":
		return ok(state)
	case state == "degraded":
		return warn(state + m.failedUnits())
	case state == "maintenance", state == "stopping", state == "initializing":
		return warn(state)
	default: // "offline", "unknown", or an error
		return notHere("systemd does not run the system")
	}
}

func (m *Machine) failedUnits() string {
	out := m.run("systemctl", "list-units", "--state=failed", "--plain", "--no-legend", "--no-pager")
	var names []string
	for line := range strings.Lines(out.Text) {
		if f := strings.Fields(line); len(f) > 0 && !out.Failed {
			names = append(names, f[0])
		}
	}
	if names == nil {
		return ""
	}
	return ": " + strings.Join(names, ", ")
}

// checkCrashes looks for what the kernel says of a process that it ends with SIGSEGV
// (arch/x86/mm/fault.c, show_signal_msg): "NAME[PID]: segfault at ADDRESS ip ...".
func checkCrashes(m *Machine) Result {
	out := m.run("journalctl", "--boot", "--dmesg", "--output=cat", "--lines=5000", "--quiet")
	switch {
	case out.Absent:
		return notHere("there is no journalctl")
	case out.Failed || out.TimedOut:
		return unknown("the kernel's messages cannot be read: " + firstLine(out.Text))
	case strings.TrimSpace(out.Text) == "": // who may not read them gets none, and status 0
		return unknown("no message of the kernel is seen; as root there may be some")
	}
	counts := map[string]int{}
	var names []string
	for line := range strings.Lines(out.Text) {
		before, _, found := strings.Cut(line, ": segfault at ")
		name, _, isProcess := strings.Cut(before, "[")
		if !found || !isProcess || name == "" {
			continue
		}
		if counts[name]++; counts[name] == 1 {
			names = append(names, name)
		}
	}
	for i, name := range names {
		names[i] = name + " " + strconv.Itoa(counts[name]) + " times"
	}
	if names == nil {
		return ok("none")
	}
	return warn(strings.Join(names, ", "))
}
