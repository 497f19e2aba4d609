package doctor

import (
	"strconv"
	"strings"
	"unicode"

	"electroscope/launcher/plan"
)

// killerChecks are about programs that end others when memory runs out.
func killerChecks() []Check {
	return []Check{
		{
			Name: "oomd", Group: Memory, run: checkOomd,
			Wanted: "systemd-oomd acts on swap alone, if it runs",
			Why:    "an app that its MemoryHigh slows raises the pressure, and oomd then ends whole apps",
			Mend: Mend{
				Command: "sudo systemctl set-property user.slice ManagedOOMMemoryPressure=auto; the same for the unit that is named",
				NixOS:   "electroscope.oomd.enable = true; systemd.oomd.enableUserSlices = false;",
			},
		},
		{
			Name: "earlyoom", Group: Memory, run: checkEarlyoom,
			Wanted: "earlyoom ends one process, and no app's main process first",
			Why:    "it knows no limits: it takes whichever process has the highest score",
			Mend: Mend{
				Command: "in /etc/default/earlyoom: EARLYOOM_ARGS without -g, --sort-by-rss and --prefer of an app",
				NixOS:   "services.earlyoom.extraArgs = [ ];",
			},
		},
	}
}

func checkOomd(m *Machine) Result {
	if len(m.processes(false, "systemd-oomd")) == 0 {
		return notHere("systemd-oomd does not run")
	}
	uid := strconv.Itoa(m.Process.UID)
	show := []string{"show", "--property=ManagedOOMSwap", "--property=ManagedOOMMemoryPressure", "--"}
	var t tally
	for _, unit := range []string{"-.slice", "user.slice", "user-" + uid + ".slice", "user@" + uid + ".service"} {
		judgeOomd(&t, unit, m.systemctl(append(show, unit)...))
	}
	for _, unit := range []string{"app.slice", plan.AppsSlice} {
		judgeOomd(&t, unit, m.systemctl(append(append([]string{"--user"}, show...), unit)...))
	}
	return t.result("")
}

// judgeOomd judges by the unit whose children systemd-oomd would choose among
// (systemd.resource-control(5), ManagedOOMMemoryPressure=).
func judgeOomd(t *tally, unit string, values map[string]string) {
	switch values["ManagedOOMMemoryPressure"] {
	case "":
		t.add(Unknown, "what it does for "+unit+" is not known")
	case "kill":
		t.add(Warn, "it kills by pressure below "+unit)
	default:
		t.add(OK, "it heeds no pressure of apps")
	}
}

// checkEarlyoom reads its options (earlyoom(1)).
func checkEarlyoom(m *Machine) Result {
	list := m.processes(false, "earlyoom")
	if len(list) == 0 {
		return notHere("earlyoom does not run")
	}
	words := m.arguments(list[0])
	if len(words) == 0 {
		return unknown("its options cannot be read")
	}
	var t tally
	t.add(OK, "it takes one process, by its score")
	for i, word := range words {
		name, value, hasValue := strings.Cut(word, "=")
		switch {
		case word == "-g":
			t.add(Warn, "-g: it ends the whole process group, which is the app")
		case word == "--sort-by-rss":
			t.add(Warn, "--sort-by-rss: it takes the largest process, which is most often an app's")
		case name == "--prefer":
			if !hasValue && i+1 < len(words) {
				value = words[i+1]
			}
			if named := m.namedIn(value); named != "" {
				t.add(Warn, "--prefer names "+named)
			}
		}
	}
	return t.result("")
}

// namedIn is the first app whose program occurs as a word of a pattern.
func (m *Machine) namedIn(pattern string) string {
	words := strings.FieldsFunc(pattern, func(r rune) bool { return !unicode.IsLetter(r) && r != '-' })
	for _, a := range m.installed() {
		for _, name := range a.Names {
			for _, word := range words {
				if strings.EqualFold(word, name) || strings.EqualFold(word, "electron") {
					return word
				}
			}
		}
	}
	return ""
}
