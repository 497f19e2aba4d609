package catalog

import (
	"maps"
	"slices"

	"electroscope/launcher/runner"
)

// runner returns the runner of that name, and adds it if it is new.
func (a *App) runner(name string) *runner.Runner {
	i := slices.IndexFunc(a.Runners, func(r runner.Runner) bool { return r.Name == name })
	if i < 0 {
		a.Runners = append(a.Runners, runner.Runner{Name: name})
		i = len(a.Runners) - 1
	}
	return &a.Runners[i]
}

// addRunners takes the tables of [runners].
func (m *merged) addRunners(layer int, raw any) {
	runners, ok := raw.(map[string]any)
	if !ok {
		m.notTable(tablePath{layer: layer, table: "runners"}, raw)
		return
	}
	for name, raw := range runners {
		p := tablePath{layer: layer, runner: name, table: inRunner[0]}
		if wrong := checkRunner(name); wrong != "" {
			m.reportProblem(p, false, "the runner's name: "+wrong, "give the table the program's base name, such as [runners.my-wrapper]")
			continue
		}
		if m.runners == nil {
			m.runners = make(map[string][]entry)
		}
		if _, ok := m.runners[name]; !ok {
			m.runners[name] = nil // a table without a key makes a runner too
		}
		m.add(p, raw)
	}
}

// addRunnersTo adds the user's runners to the settings, in the order of their names.
func (m *merged) addRunnersTo(s *Settings) {
	for _, name := range slices.Sorted(maps.Keys(m.runners)) {
		s.App.runner(name)
		for _, e := range m.runners[name] {
			e.key.set(s, e)
		}
	}
}
