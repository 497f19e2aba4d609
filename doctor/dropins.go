package doctor

import (
	"path/filepath"
	"strings"

	"electroscope/launcher/limit"
	"electroscope/launcher/plan"
	"electroscope/launcher/systemd"
)

// dropInChecks are about files of systemd that change the limits of apps.
func dropInChecks() []Check {
	return []Check{
		{
			Name: "general-drop-ins", Group: Launch, run: checkDropIns,
			Wanted: "no drop-in for all scopes that sets a limit",
			Why:    "it stands against the limits of every app",
			Mend:   Mend{Command: "remove it, or write the limit into ~/.config/electroscope/apps.toml"},
		},
	}
}

// checkDropIns looks where systemd looks for drop-ins of all scopes, and of those whose name
// begins with "app-" (systemd.unit(5)).
func checkDropIns(m *Machine) Result {
	var t tally
	for _, parent := range []string{m.xdg().ConfigHome(), "/etc", m.runtimeDir(), "/run", m.xdg().DataHome(), "/usr/local/lib", "/usr/lib"} {
		for _, folder := range []string{"app-.scope.d", "scope.d", plan.AppsSlice + ".d", "app-.slice.d"} {
			for _, file := range m.glob(parent + "/systemd/user/" + folder + "/*.conf") {
				for _, setting := range limitsIn(m.text(file)) {
					if !isOurDropIn(file) {
						t.add(Warn, file+" sets "+setting)
					}
				}
			}
		}
	}
	if t.state == "" {
		return ok("none")
	}
	return firstOf(t)
}

func isOurDropIn(file string) bool {
	name := filepath.Base(file)
	return name == systemd.DropInName || name == "50-electroscope.conf"
}

// limitsIn are the lines of a unit file that set what a launch sets too.
func limitsIn(text string) []string {
	var list []string
	for line := range strings.Lines(strings.ReplaceAll(text, "\\\n", " ")) {
		name, value, found := strings.Cut(line, "=")
		name, value = strings.TrimSpace(name), strings.TrimSpace(value)
		_, isLimit := limit.ByName(name)
		if found && value != "" && (isLimit || name == "OOMPolicy" || name == "Slice") {
			list = append(list, name+"="+value)
		}
	}
	return list
}
