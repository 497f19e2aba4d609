package doctor

import (
	"os"
	"slices"
	"strconv"
	"strings"

	"electroscope/desktop/install"
	"electroscope/desktop/unitfile"
)

// installChecks are about what is installed beside electroscope, and what it has installed.
func installChecks() []Check {
	return []Check{
		{
			Name: "one-copy", Group: Launch, run: checkCopies,
			Wanted: "links that lead to this electroscope, and no other on PATH",
			Why:    "another copy may be older, or be gone with its package",
			Mend:   Mend{Command: "electroscope install, once the other copy is removed"},
			Fix:    &Fix{Changes: "what electroscope install writes", Install: &Install{kinds: []install.Kind{install.Link}}},
		},
		{
			Name: "other-installs", Group: Launch, run: checkOtherInstalls,
			Wanted: "no copy of an app that starts past its limits (Flatpak, Snap, Nix)",
			Why:    "Flatpak and Snap make scopes of their own, out of reach of a link",
			Mend:   Mend{Command: "electroscope install --flatpak --snap, or remove the other copy"},
			Fix:    &Fix{Changes: "what electroscope install --flatpak --snap writes", Install: &Install{Packaged: true, kinds: []install.Kind{install.Unit}}},
		},
		{
			Name: "desktop-entries", Group: Launch, run: checkEntries,
			Wanted: "links and desktop entries in step with the apps",
			Why:    "an icon that is not led to its link starts the app without limits",
			Mend:   Mend{Command: "electroscope install", Home: "programs.electroscope.enable = true;"},
			Fix:    &Fix{Changes: "what electroscope install writes", Install: &Install{}},
		},
	}
}

func checkCopies(m *Machine) Result {
	running := m.Process.Proc + "/self/exe"
	var t tally
	for _, path := range m.named("electroscope") {
		if sameFile(m.at(path), m.at(running)) {
			t.add(OK, path)
		} else {
			t.add(Warn, path+" is another copy")
		}
	}
	for _, link := range m.links() {
		switch {
		case !m.exists(link):
			t.add(Fail, link+" leads to "+m.link(link)+", which is gone")
		case !sameFile(m.at(link), m.at(running)):
			t.add(Warn, link+" leads to another copy, "+m.link(link))
		default:
			t.add(OK, m.link(link))
		}
	}
	return t.result("no link, and no electroscope on PATH")
}

func sameFile(a, b string) bool {
	first, err := os.Stat(a)
	second, err2 := os.Stat(b)
	return err == nil && err2 == nil && os.SameFile(first, second)
}

func checkOtherInstalls(m *Machine) Result {
	all, _ := m.Layers.All()
	profiles := slices.DeleteFunc(m.nixProfiles(), func(dir string) bool { return !m.exists(dir) })
	var t tally
	for _, a := range all.Apps {
		if a.Disabled {
			continue
		}
		if a.Flatpak != "" && m.hasFlatpak(a.Flatpak) {
			t.add(m.limited([]unitfile.Unit{unitfile.Flatpak(a, m.figures())}), a.Key+" is a Flatpak")
		}
		if name, _, _ := strings.Cut(a.Snap, "."); name != "" && (m.exists("/snap/"+name+"/current") || m.exists("/var/lib/snapd/snap/"+name+"/current")) {
			t.add(m.limited(unitfile.Snap(a, m.figures())), a.Key+" is a Snap")
		}
		for _, name := range a.Names {
			for _, profile := range profiles {
				if path := profile + "/bin/" + name; m.exists(path) && !m.isOurs(path) && !m.leads(name) {
					t.add(Warn, path+" starts "+a.Key+" without a link")
				}
			}
		}
	}
	if t.state == "" {
		return ok("none")
	}
	if t.state == OK {
		t.found = append(t.found, "with limits of its own")
	}
	return t.result("")
}

// leads reports whether a name that is typed reaches a link.
func (m *Machine) leads(name string) bool {
	list := m.named(name)
	return len(list) > 0 && m.isOurs(list[0])
}

func (m *Machine) hasFlatpak(id string) bool {
	return m.exists(m.xdg().DataHome()+"/flatpak/app/"+id) || m.exists("/var/lib/flatpak/app/"+id)
}

// limited is OK if one of the drop-ins with an app's limits is there, else Warn.
func (m *Machine) limited(units []unitfile.Unit) State {
	for _, u := range units {
		if m.exists(m.xdg().ConfigHome() + "/systemd/user/" + u.Name) {
			return OK
		}
	}
	return Warn
}

// checkEntries asks what install would change.
func checkEntries(m *Machine) Result {
	p, err := m.Install(Install{})
	switch {
	case err != nil:
		return unknown(err.Error())
	case len(m.installed()) == 0 && len(p.Changes) == 0:
		return notHere(noApp)
	}
	var t tally
	for _, n := range p.Notes {
		switch {
		case n.Failure:
			t.add(Fail, n.Text)
		case n.Minor:
			t.add(Warn, n.Text)
		}
	}
	for _, c := range p.Changes {
		if c.Idle() {
			continue
		}
		if c.Was != nil && c.Source == c.Path {
			t.add(Fail, c.Path+" starts "+c.App+" without its limits")
			continue
		}
		t.add(Warn, stateOf(c)+" "+c.Path)
	}
	if t.state == "" {
		return ok("in step")
	}
	return firstOf(t)
}

func stateOf(c install.Change) string {
	switch {
	case c.To == nil:
		return "needless:"
	case c.Was == nil && c.Why == "":
		return "missing:"
	}
	return "out of date:"
}

// nixProfiles are where Nix puts the programs of this user, beside those of NixOS itself.
func (m *Machine) nixProfiles() []string {
	return []string{
		m.getenv("HOME") + "/.nix-profile", m.xdg().StateHome() + "/nix/profile",
		"/etc/profiles/per-user/" + m.user(), "/run/current-system/sw",
	}
}

// user is the name of the user (passwd(5)).
func (m *Machine) user() string {
	for line := range strings.Lines(m.text("/etc/passwd")) {
		if f := strings.Split(line, ":"); len(f) >= 7 && f[2] == strconv.Itoa(m.Process.UID) {
			return f[0]
		}
	}
	return m.getenv("USER")
}
