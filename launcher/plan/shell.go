package plan

import (
	"slices"
	"strconv"

	"electroscope/launcher/catalog"
	"electroscope/launcher/machine"
	"electroscope/launcher/systemd"
)

// decideShell decides about a command outside the limits of the app in whose terminal
// it was typed: it gets the limits of f.Settings.App, and nothing else of it.
func decideShell(f Facts, onScope func(systemd.Unit)) Plan {
	p := Plan{Target: f.Program.Path, Chain: f.Program.Chain, Settings: f.Settings, Argv: f.bare()}
	p.Unit, p.Notes = shellUnit(f.Settings.App, f.Machine, f.PID)
	if onScope != nil {
		onScope(p.Unit)
	}
	return p
}

// shellUnit is the scope of a shell, named as https://systemd.io/DESKTOP_ENVIRONMENTS
// has it for what a launcher starts: app-LAUNCHER-ID-RANDOM.scope. It is not a part of
// the graphical session: it ends when its processes end.
func shellUnit(app catalog.App, m machine.Machine, pid int) (systemd.Unit, []Note) {
	policy := app.OOMPolicy
	if policy == "" {
		policy = "continue" // systemd's default would end the shell for one process of a build
	}
	limits, notes := Limits(app, m)
	return systemd.Unit{
		Name:        "app-electroscope-shell-" + strconv.Itoa(pid) + ".scope",
		Slice:       "app.slice",
		Description: "electroscope shell",
		PID:         pid,
		Properties:  append([]systemd.Property{{Name: "OOMPolicy", Value: policy, Creation: true}}, limits...),
	}, notes
}

// Outside is the environment without what a launch adds to keep the app's own
// Chromium in its scope: another one, started in this shell, has nothing to stay in.
func Outside(env []string) []string {
	return slices.DeleteFunc(slices.Clone(env), func(e string) bool { return e == SandboxVariable+"=" })
}
