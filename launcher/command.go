package launcher

import (
	"maps"
	"slices"
	"strings"

	"electroscope/launcher/catalog"
	"electroscope/launcher/chromium"
	"electroscope/launcher/target"
)

// sandboxVariable, set to anything, keeps Chromium from asking systemd for a
// scope of its own, whatever its PID (components/dbus/xdg/systemd.cc).
const sandboxVariable = "FLATPAK_SANDBOX_DIR"

// planCommand decides what is exec'ed: the arguments with argv[0], and the
// environment variables to add, as NAME=value.
func planCommand(s catalog.Settings, st stage, t target.Target, argv0 string, args []string, lookupEnv func(string) (string, bool)) (argv, env []string, notes []Note) {
	app := s.App
	add := func(name, value string) {
		if _, set := lookupEnv(name); !set { // the user's own value stands
			env = append(env, name+"="+value)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(app.Env)) {
		add(name, app.Env[name])
	}
	if leavesPID(app, t.Chain) {
		add(sandboxVariable, "")
	}
	if app.Runtime != catalog.Native {
		merged, variables, said := switches(s, st, t.Chain, args)
		for _, v := range variables {
			name, value, _ := strings.Cut(v, "=")
			if _, set := app.Env[name]; !set {
				add(name, value)
			}
		}
		for _, n := range said {
			notes = append(notes, switchNote(n))
		}
		args = merged
	}
	return append([]string{argv0}, args...), env, notes
}

func switchNote(n chromium.Note) Note {
	note := Note{Switch: n.Switch, Text: n.Reason}
	if n.Origin != fromWishes && !strings.Contains(n.Reason, "from "+string(n.Origin)) {
		note.From = string(n.Origin)
	}
	return note
}

// leavesPID tells whether the app's main process will have another PID than
// ours, so that the name of our scope cannot be what it asks for.
func leavesPID(app catalog.App, chain target.Chain) bool {
	switch app.Escape.Env {
	case catalog.EscapeAlways:
		return true
	case catalog.EscapeNever:
		return false
	}
	return app.Runtime != catalog.Native && (!chain.Execs || chain.RunAsNode)
}
