package plan

import (
	"maps"
	"slices"
	"strings"

	"electroscope/launcher/catalog"
	"electroscope/launcher/chromium"
)

// planCommand decides what is exec'ed: the arguments with argv[0], and the
// environment variables to add, as NAME=value.
func planCommand(s catalog.Settings, st SwitchFacts, f Facts, h hold) (argv, env []string, notes []Note) {
	app, args := s.App, f.Args
	add := func(name, value string) {
		if _, set := f.Env(name); !set { // the user's own value stands
			env = append(env, name+"="+value)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(app.Env)) {
		add(name, app.Env[name])
	}
	if _, set := app.Env[SandboxVariable]; h.variable && !set {
		add(SandboxVariable, "")
	}
	if st.Forwards {
		notes = append(notes, Note{Text: "it hands its arguments to an editor that runs already, and gets no switches"})
	} else if app.Runtime != chromium.Native {
		merged, variables, said := switches(s, st, f)
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
	return append([]string{f.Argv0}, args...), env, notes
}

func switchNote(n chromium.Decision) Note {
	note := Note{Switch: n.Switch, Text: n.Reason}
	if n.Origin != fromWishes && !strings.Contains(n.Reason, "from "+string(n.Origin)) {
		note.From = string(n.Origin)
	}
	return note
}
