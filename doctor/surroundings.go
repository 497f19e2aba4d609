package doctor

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"electroscope/desktop/install"
	"electroscope/desktop/mimeapps"
	"electroscope/launcher/plan"
	"electroscope/launcher/self"
)

// surroundingChecks are about what a launch would meet, and what stands around it in a session.
func surroundingChecks() []Check {
	return []Check{
		{
			Name: "planned-launches", Group: Launch, run: checkPlans,
			Wanted: "a launch of each app would lack nothing",
			Why:    "what is missing can be mended before it is missed",
			Mend:   Mend{Command: "electroscope explain APP says what to do"},
		},
		{
			Name: "stray-links", Group: Launch, run: checkStray,
			Wanted: "each link bears the name of an app of the catalogue",
			Why:    "any other starts the next program of its name, without limits of its own",
			Mend:   Mend{Command: "give it a table in ~/.config/electroscope/apps.toml, or remove the link"},
		},
		{
			Name: "default-browser", Group: Launch, run: checkBrowser,
			Wanted: "the default browser leaves the scope of the app whose link starts it",
			Why:    "else the whole browser runs under a chat app's limits; Plasma starts it apart by itself",
			Mend:   Mend{Command: "electroscope install --browser"},
			Fix:    &Fix{Changes: "what electroscope install --browser writes", Install: &Install{Browser: true, kinds: []install.Kind{install.Layer}}},
		},
		{
			Name: "notification-daemon", Group: Launch, run: checkDaemon,
			Wanted: "a desktop that shows notifications",
			Why:    "an app that was started by its icon has no other way to say what it runs without",
			Mend:   Mend{Command: "install and start one, such as dunst or mako"},
		},
		{
			Name: "resource-limits", Group: Launch, run: checkResources,
			Wanted: "no tight limit on processes, open files or address space (ulimit)",
			Why:    "Chromium does not start within them, and with the tightest electroscope neither",
			Mend:   Mend{Command: "take it out of /etc/security/limits.conf or the shell's profile, and log in anew"},
		},
	}
}

// checkPlans asks what a launch of each app would run without. Mistakes and drop-ins, which cost a
// limit or two, are told by other checks.
func checkPlans(m *Machine) Result {
	return m.eachApp(func(a app, t *tally) {
		t.add(OK, "none would")
		for _, n := range plan.Failures(a.plan.Notes) {
			if strings.HasPrefix(n.Without, plan.AllLimits) {
				t.add(Fail, a.Key+" "+n.String())
			}
		}
	})
}

func checkStray(m *Machine) Result {
	bin := m.xdg().BinHome()
	items, err := os.ReadDir(m.at(bin))
	switch {
	case err != nil && m.isAbsent(bin):
		return notHere("no " + bin)
	case err != nil:
		return unknown(bin + " cannot be read")
	}
	all, _ := m.Layers.All()
	var names []string
	for _, a := range all.Apps {
		names = append(names, a.Names...)
	}
	var t tally
	t.add(OK, "each does")
	for _, item := range items {
		path := filepath.Join(bin, item.Name())
		if self.IsLink(m.at(path)) && !self.IsTool(item.Name()) && !slices.Contains(names, item.Name()) {
			t.add(Warn, path)
		}
	}
	return t.result("")
}

// checkBrowser finds the entry that opens web addresses. That of a Flatpak or Snap, known by the
// id, makes a scope of its own.
func checkBrowser(m *Machine) Result {
	desktop := strings.Split(m.getenv("XDG_CURRENT_DESKTOP"), ":")
	switch {
	case len(m.installed()) == 0:
		return notHere(noApp)
	case slices.Contains(desktop, "KDE"):
		return ok("Plasma starts it apart")
	}
	env := m.xdg()
	id := mimeapps.Default(m.texts(mimeapps.Files(env)), m.texts(mimeapps.Caches(env)), "x-scheme-handler/https", m.hasEntry)
	if id == "" {
		return notHere("no default browser is set")
	}
	if strings.Count(id, ".") >= 2 || strings.Contains(id, "_") { // org.mozilla.firefox, firefox_firefox
		return ok(id)
	}
	all, _ := m.Layers.All()
	for _, a := range all.Apps {
		if a.ID == id {
			return ok(id + " is an app of the catalogue")
		}
	}
	return warn(id)
}

// texts are those of the files that are there.
func (m *Machine) texts(files []string) []string {
	var list []string
	for _, file := range files {
		if text := m.text(file); text != "" {
			list = append(list, text)
		}
	}
	return list
}

// hasEntry reports whether there is a desktop entry of that id.
func (m *Machine) hasEntry(id string) bool {
	for _, dir := range append([]string{m.xdg().DataHome()}, m.xdg().DataDirs()...) {
		if m.exists(dir + "/applications/" + id + ".desktop") {
			return true
		}
	}
	return false
}

// checkDaemon asks the bus who shows notifications, or would be started to
// (Desktop Notifications Specification, "D-Bus Protocol").
func checkDaemon(m *Machine) Result {
	if m.getenv("DISPLAY") == "" && m.getenv("WAYLAND_DISPLAY") == "" {
		return notHere("no desktop")
	}
	out := m.run("busctl", "--user", "--no-pager", "--no-legend", "list")
	switch {
	case out.Absent:
		return unknown("busctl is not installed")
	case out.Failed || out.TimedOut:
		return unknown("the bus cannot be asked")
	}
	for line := range strings.Lines(out.Text) {
		if f := strings.Fields(line); len(f) > 2 && f[0] == "org.freedesktop.Notifications" {
			if f[2] == "-" {
				return ok("one is started when it is needed")
			}
			return ok(f[2])
		}
	}
	return warn("nobody shows them")
}

// checkResources reads the soft limits of this process, which apps inherit (getrlimit(2),
// proc_pid_limits(5)).
func checkResources(m *Machine) Result {
	text, err := m.read(m.Process.Proc + "/self/limits")
	if err != nil {
		return unknown("/proc/self/limits cannot be read")
	}
	var t tally
	for _, l := range [...]struct {
		name  string
		least uint64
	}{{"Max processes", 1000}, {"Max open files", 256}, {"Max address space", 1 << 46}} {
		_, rest, _ := strings.Cut(text, l.name)
		words := strings.Fields(firstLine(rest))
		if len(words) == 0 {
			t.add(Unknown, l.name+" is not told")
			continue
		}
		n, known := parseNumber(words[0])
		switch {
		case words[0] == "unlimited":
			t.add(OK, "none")
		case !known:
			t.add(Unknown, l.name+" cannot be read")
		case n < l.least:
			t.add(Warn, l.name+": "+strconv.FormatUint(n, 10))
		default:
			t.add(OK, "none")
		}
	}
	return t.result("")
}
