package doctor

import (
	"strconv"
	"strings"

	"electroscope/desktop/install"
	"electroscope/launcher/catalog"
	"electroscope/launcher/limit"
	"electroscope/launcher/plan"
	"electroscope/monitor"
)

// runningChecks are about the apps that run now.
func runningChecks() []Check {
	return []Check{
		{
			Name: "escape-cure", Group: Launch, run: checkEscape,
			Wanted: "the main process of each running app in its scope",
			Why:    "Chromium asks systemd for a scope of its own, and takes the main process out of the limits",
			Mend:   Mend{Command: "restart the app through electroscope; docs/escape.md says what may have let it go"},
		},
		{
			Name: "started-past", Group: Launch, run: checkPast,
			Wanted: "each running app started through electroscope",
			Why:    "what was started past it has no limits",
			Mend:   Mend{Command: "quit the app, run electroscope install, and start it again", Home: "programs.electroscope.enable = true;"},
		},
		{
			Name: "limits-in-force", Group: Launch, run: checkInForce,
			Wanted: "the kernel has the limits of apps.toml on each running app",
			Why:    "what was asked for need not be what holds",
			Mend:   Mend{Command: "restart the app: a launch says why a limit is not in force"},
		},
		{
			Name: "apps-slice", Group: Launch, run: checkSlice,
			Wanted: plan.AppsSlice + " with the budget of all apps",
			Why:    "the apps' own limits together may be more than the machine has",
			Mend:   Mend{Command: "electroscope install --slice", Home: "programs.electroscope.enable = true;"},
			Fix:    &Fix{Changes: "what electroscope install --slice writes", Install: &Install{Slice: true, kinds: []install.Kind{install.Unit}}},
		},
		{
			Name: "recent-launches", Group: Launch, run: checkJournal,
			Wanted: "no launch since the machine started that ran without limits",
			Why:    "at a busy login an app may have started before the manager answered",
			Mend:   Mend{Command: "restart the app; journalctl --user -t electroscope says why"},
		},
	}
}

func checkEscape(m *Machine) Result {
	apps, problem := m.launched()
	if problem != nil {
		return *problem
	}
	var t tally
	for _, a := range apps {
		switch {
		case a.Main == 0:
			t.add(Unknown, a.Name+": its main process has ended, or cannot be seen")
		case a.HasEscaped():
			t.add(Fail, a.Name+": PID "+strconv.Itoa(a.Main)+" is in "+or(a.MainUnit, "no unit"))
		default:
			t.add(OK, a.Name)
		}
	}
	return t.result("")
}

func or(text, instead string) string {
	if text == "" {
		return instead
	}
	return text
}

func checkPast(m *Machine) Result {
	s, err := m.running()
	if err != nil {
		return unknown(err.Error())
	}
	var t tally
	for _, a := range s.Apps {
		if a.Kind == monitor.Outside {
			t.add(Warn, a.Name+" runs in "+or(a.Unit, "no unit"))
		} else {
			t.add(OK, a.Name)
		}
	}
	return t.result("no app runs")
}

func checkInForce(m *Machine) Result {
	apps, problem := m.launched()
	if problem != nil {
		return *problem
	}
	var t tally
	for _, running := range apps {
		a, found := m.find(running.Name)
		if !found {
			continue
		}
		max, _ := running.MemoryMax()
		t.add(held(running.Name, a.App, "MemoryMax", max, m.figures().RAM))
		t.add(held(running.Name, a.App, "CPUQuota", running.Quota(), 1e6))
	}
	return t.result("no app of the catalogue runs")
}

// held holds a limit that the kernel has against that of apps.toml.
func held(name string, a catalog.App, limitName string, has monitor.Figure, of uint64) (State, string) {
	want, isSet := a.Limit(limitName)
	row, _ := limit.ByName(limitName)
	if !isSet || want.Amount.Unit == catalog.Infinity {
		return OK, name
	}
	asked := want.Amount.Of(of)
	found, known := has.Get()
	switch {
	case !known:
		return Unknown, name + ": " + limitName + " cannot be read"
	case found == limit.Infinity:
		return Fail, name + " has no " + limitName + ", and " + row.Text(asked) + " is asked for"
	case found > asked && !row.Same(asked, found):
		return Warn, name + " has " + row.Spell(found) + ", and " + row.Text(asked) + " is asked for"
	}
	return OK, name
}

func checkSlice(m *Machine) Result {
	s, err := m.running()
	if err != nil {
		return unknown(err.Error())
	}
	if unit := m.xdg().ConfigHome() + "/systemd/user/" + plan.AppsSlice; m.link(unit) == "/dev/null" {
		return fail(unit + " is masked").mend("systemctl --user unmask " + plan.AppsSlice)
	}
	settings, _ := m.Layers.Default()
	if s.Budget == nil {
		if _, problem := m.launched(); problem == nil {
			return okIf(settings.Budget == (catalog.Budget{}), "apps run outside of it")
		}
		return notHere("no app runs in it")
	}
	wanted, notes := plan.Budget(settings.Budget, settings.App, m.figures())
	if len(wanted) == 0 {
		return ok("no budget is set" + because(notes))
	}
	var t tally
	for _, p := range wanted {
		asked, _ := p.Value.(uint64)
		row, _ := limit.ByProperty(p.Name)
		has := s.Budget.Memory.High
		if p.Name == "CPUQuotaPerSecUSec" {
			has = s.Budget.CPU.Quota
		}
		found, known := has.Get()
		switch {
		case !known:
			t.add(Unknown, row.Name+" cannot be read")
		case row.Same(asked, found):
			t.add(OK, row.Spell(found))
		default:
			t.add(Warn, row.Spell(found)+", not "+row.Text(asked))
		}
	}
	return t.result("")
}

// because adds the reasons why limits are left out.
func because(notes []plan.Note) string {
	var b strings.Builder
	for _, n := range notes {
		b.WriteString(", " + n.String())
	}
	return b.String()
}

// checkJournal reads what launches have said.
func checkJournal(m *Machine) Result {
	out := m.run("journalctl", "--user", "--boot", "--identifier=electroscope", "--lines=50", "--output=cat", "--quiet")
	switch {
	case out.Absent:
		return notHere("there is no journalctl")
	case out.Failed || out.TimedOut:
		return unknown("the journal cannot be read: " + firstLine(out.Text))
	}
	var t tally
	for line := range strings.Lines(out.Text) {
		if strings.Contains(line, " runs without "+plan.AllLimits+":") {
			t.add(Warn, strings.TrimSpace(line))
		}
	}
	if t.state == "" {
		return ok("none")
	}
	return firstOf(t)
}
