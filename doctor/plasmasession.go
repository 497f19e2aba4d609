package doctor

import (
	"strings"

	"electroscope/monitor/budget"
)

// plasmaSessionChecks are about the programs of the session that runs.
func plasmaSessionChecks() []Check {
	return []Check{
		{
			Name: "baloo-memory", Group: Plasma, run: memoryOf(budget.Baloo),
			Wanted: "the file indexer runs, below 100M, or is switched off",
			Why:    "expected are 30 to 100M with the keys above, 50 to 200M without",
			Mend:   Mend{Command: "balooctl6 purge, once its keys are set", Home: plasmaLines},
		},
		{
			Name: "kwin-memory", Group: Plasma, run: memoryOf(budget.KWin),
			Wanted: "KWin below 200M",
			Why:    "expected are 100 to 200M with the keys above, 150 to 300M without",
			Mend:   Mend{Command: "fewer effects; log in anew, since it grows with the session", Home: plasmaLines},
		},
		{
			Name: "plasmashell-memory", Group: Plasma, run: memoryOf(budget.Plasmashell),
			Wanted: "plasmashell below 300M",
			Why:    "expected are 150 to 300M, 200 to 400M as Plasma comes",
			Mend:   Mend{Command: "fewer widgets; plasmashell --replace, since it grows with the session"},
		},
		{
			Name: "session-variables", Group: Plasma, run: checkSessionVariables,
			Wanted: "KWIN_OPENGL_INTERFACE=egl on X11; with NVIDIA __GL_YIELD=USLEEP and __GL_MaxFramesAllowed=1",
			Why:    "in a shell's profile the session does not see them",
			Mend: Mend{
				Command: "in ~/.config/environment.d/50-plasma.conf: KWIN_OPENGL_INTERFACE=egl, and with NVIDIA the other two; then log in anew",
				Home:    plasmaLines,
			},
			Fix: variablesFix((*Machine).plasmaVariables),
		},
	}
}

// memoryOf is a check of what a part of Plasma has of the RAM.
func memoryOf(part budget.Part) func(*Machine) Result {
	return func(m *Machine) Result {
		list := m.processes(true, part.Programs...)
		if len(list) == 0 {
			return notHere(part.Name + " does not run")
		}
		bytes, known := m.memory(list[0])
		if !known {
			return unknown("its memory cannot be read")
		}
		return okIf(bytes <= part.After.Most, mib(bytes))
	}
}

// checkSessionVariables reads the environment of the session's own programs.
func checkSessionVariables(m *Machine) Result {
	list := m.processes(true, "plasmashell", "kwin_x11", "kwin_wayland")
	if len(list) == 0 {
		return notHere("no session of Plasma")
	}
	has := m.environment(list)
	if has == nil {
		return unknown("the environment of " + list[0].name + " cannot be read")
	}
	var t tally
	t.add(OK, "they are there")
	for _, v := range m.plasmaVariables() {
		t.add(Warn, v.name+" is "+or(has[v.name], "not set"))
	}
	return t.result("")
}

// plasmaVariables are those that the session's programs lack.
func (m *Machine) plasmaVariables() []variable {
	has := m.environment(m.processes(true, "plasmashell", "kwin_x11", "kwin_wayland"))
	var list []variable
	want := func(name, value string) {
		if has[name] != value {
			list = append(list, variable{name, value})
		}
	}
	if has["XDG_SESSION_TYPE"] != "wayland" {
		want("KWIN_OPENGL_INTERFACE", "egl")
	}
	if c, isNVIDIA := m.nvidia(); isNVIDIA && c.driver != "nouveau" {
		want("__GL_YIELD", "USLEEP")
		want("__GL_MaxFramesAllowed", "1")
	}
	return list
}

// environment is that of the first process whose it can be read: KWin's is closed, since its file
// has a capability (proc_pid_environ(5), capabilities(7)).
func (m *Machine) environment(list []process) map[string]string {
	for _, p := range list {
		if text, err := m.read(p.dir + "/environ"); err == nil && text != "" {
			return properties(strings.ReplaceAll(text, "\x00", "\n"))
		}
	}
	return nil
}
