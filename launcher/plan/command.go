package plan

import (
	"maps"
	"slices"
	"strings"

	"electroscope/launcher/chromium"
)

// command decides what is exec'ed: the arguments with argv[0], and the environment.
func (p *Plan) command(st SwitchFacts, f Facts, h hold) {
	p.environment(f, h)
	app := p.Settings.App
	args := f.Args
	takes, why := f.takes(app, st)
	p.Notes = append(p.Notes, why...)
	if takes != nothing {
		merged, variables, said := switches(takes.of(p.Settings, f.SetByUser), takes.from(st), f)
		for _, v := range variables {
			name, _, _ := strings.Cut(v, "=")
			if _, inherited := f.Env(name); !inherited && !p.decides(name) { // the user's own stands
				p.EnvAdded = append(p.EnvAdded, v)
			}
		}
		for _, n := range said {
			p.Notes = append(p.Notes, switchNote(n))
		}
		args = merged
	}
	p.Argv = append([]string{f.Argv0}, args...)
}

// environment decides which variables the app has in place of those that it would
// inherit: apps.toml speaks of this one app, the session of all.
func (p *Plan) environment(f Facts, h hold) {
	app := p.Settings.App
	for _, name := range slices.Sorted(maps.Keys(app.Env)) {
		value := app.Env[name]
		inherited, is := f.Env(name)
		if is && inherited == value {
			continue
		}
		if is {
			p.EnvRemoved = append(p.EnvRemoved, name)
			p.Notes = append(p.Notes, Note{Text: name + "=" + value + " from apps.toml, in place of " + name + "=" + inherited + " from the environment"})
		}
		p.EnvAdded = append(p.EnvAdded, name+"="+value)
	}
	for _, name := range app.Unset {
		if inherited, is := f.Env(name); is {
			p.EnvRemoved = append(p.EnvRemoved, name)
			p.Notes = append(p.Notes, Note{Text: name + "=" + inherited + " from the environment is taken away by apps.toml"})
		}
	}
	if _, inherited := f.Env(SandboxVariable); h.variable && !inherited && !p.decides(SandboxVariable) {
		p.EnvAdded = append(p.EnvAdded, SandboxVariable+"=")
	}
}

// decides reports whether apps.toml has the word about a variable.
func (p *Plan) decides(name string) bool {
	_, set := p.Settings.App.Env[name]
	return set || slices.Contains(p.Settings.App.Unset, name)
}

// getenv is the value that a variable has in the app, empty if it is not set.
func (p *Plan) getenv(f Facts, name string) string {
	if p.decides(name) {
		return p.Settings.App.Env[name]
	}
	value, _ := f.Env(name)
	return value
}

// Unset are the names of inherited variables that the app does not get.
func (p *Plan) Unset() []string {
	return slices.DeleteFunc(slices.Clone(p.EnvRemoved), func(name string) bool {
		_, again := p.Settings.App.Env[name]
		return again
	})
}

// Environment is what the app gets of the one that the launch has.
func (p *Plan) Environment(env []string) []string {
	if len(p.EnvRemoved) > 0 {
		env = slices.DeleteFunc(slices.Clone(env), func(e string) bool {
			name, _, _ := strings.Cut(e, "=")
			return slices.Contains(p.EnvRemoved, name)
		})
	}
	return append(env[:len(env):len(env)], p.EnvAdded...)
}

func switchNote(n chromium.Decision) Note {
	note := Note{Switch: n.Switch, Text: n.Reason}
	if !isWish(n.Origin) && !strings.Contains(n.Reason, "from "+string(n.Origin)) {
		note.From = string(n.Origin)
	}
	return note
}
