package doctor

import (
	"slices"
	"strconv"
	"strings"

	"electroscope/launcher/catalog"
	"electroscope/launcher/chromium"
	"electroscope/launcher/limit"
	"electroscope/launcher/plan"
)

// appChecks are about each app that is installed.
func appChecks() []Check {
	list := []Check{
		{
			Name: "engines", Group: Apps, run: checkEngines,
			Wanted: "each app's Chromium known, and new enough to be mended",
			Why:    "which switches an app gets depends on the milestone of its Chromium",
			Mend:   Mend{Command: "update the app; electroscope explain -v APP says what was seen of it"},
		},
		{
			Name: "dead-switches", Group: Apps, run: checkSwitches,
			Wanted: "no switch that the app's Chromium does not know, or that takes its GPU away",
			Why:    "a dead switch does nothing, and a harmful one makes the app draw on the CPU",
			Mend:   Mend{Command: "take it out; electroscope explain -v APP gives the reason for each"},
			Fix:    &Fix{Changes: "~/.config/*" + flagsSuffix, Then: "restart the app", edits: (*Machine).flagsEdits},
		},
		{
			Name: "own-settings", Group: Apps, run: checkOwnSettings,
			Wanted: "no harmful switch in an app's own settings",
			Why:    "the app sets it after the start, where a launch cannot take it out",
			Mend:   Mend{Command: "take it out of that file while the app does not run"},
		},
		{
			Name: "heap", Group: Apps, run: checkHeap,
			Wanted: "a V8 heap that fits below MemoryMax, and below 4G",
			Why:    "a page that may grow beyond MemoryMax is killed instead of collecting its garbage",
			Mend:   Mend{Command: "in ~/.config/electroscope/apps.toml: lower heap, or raise memory"},
		},
		{
			Name: "limits-fit", Group: Apps, run: checkLimits,
			Wanted: "limits below the RAM and the threads of this machine",
			Why:    "a limit that is above what there is never acts",
			Mend:   Mend{Command: `in ~/.config/electroscope/apps.toml: a smaller memory, such as "25%", and cpus`},
		},
		{
			Name: "within-limits", Group: Apps, run: checkWithin,
			Wanted: "no running app that was killed at MemoryMax or is slowed for long",
			Why:    "an app that is always at its limit needs more, or leaks",
			Mend:   Mend{Command: "in ~/.config/electroscope/apps.toml: raise its memory; electroscope status APP shows what it uses"},
		},
	}
	return slices.Concat(list, knownChecks(), decodingChecks())
}

// eachApp asks for a state and a text of each installed app.
func (m *Machine) eachApp(judge func(app, *tally)) Result {
	var t tally
	for _, a := range m.installed() {
		judge(a, &t)
	}
	return t.result(noApp)
}

// oldestMended is the milestone from which on Electron gets fixes: its newest three majors are
// supported (electronjs.org/docs/latest/tutorial/electron-timelines); 38 is the oldest of late 2025.
const oldestMended = 140

func checkEngines(m *Machine) Result {
	return m.eachApp(func(a app, t *tally) {
		e := a.plan.Engine
		switch {
		case a.plan.Settings.App.Runtime == chromium.Native:
			t.add(OK, a.Key+" is not built on Chromium")
		case a.plan.Chain.Own.Maker != "":
			t.add(OK, a.Key+" is started by "+a.plan.Chain.Own.Maker)
		case e.Milestone == 0:
			t.add(Unknown, a.Key+": its Chromium cannot be seen")
		case e.Milestone < oldestMended:
			t.add(Warn, a.Key+": Chromium "+strconv.Itoa(e.Milestone)+electron(e.Electron)+", which gets no fixes any more")
		default:
			t.add(OK, a.Key+": Chromium "+strconv.Itoa(e.Milestone)+electron(e.Electron))
		}
	})
}

func electron(version string) string {
	if version == "" {
		return ""
	}
	return " (Electron " + version + ")"
}

// checkSwitches tells what a launch leaves out of flags files and of the user's apps.toml.
func checkSwitches(m *Machine) Result {
	return m.eachApp(func(a app, t *tally) {
		t.add(OK, "none")
		for _, n := range m.deadSwitches(a) {
			from := n.From
			if from != "" {
				from = " from " + from
			}
			t.add(Warn, a.Key+": "+n.Switch+from+": "+n.Text)
		}
	})
}

// isIn reports whether a switch or feature is on the command line after all.
func isIn(p plan.Plan, name string) bool {
	return slices.ContainsFunc(p.Argv[1:], func(word string) bool {
		_, list, isList := strings.Cut(word, "=")
		return word == name || isList && slices.Contains(strings.Split(list, ","), name)
	})
}

// isUsers reports whether a note is about a file of the user's, and not about a wish or a wrapper.
func (m *Machine) isUsers(a app, n plan.Note) bool {
	if n.From == "apps.toml" {
		for _, key := range []string{"switches", "enable-features", "disable-features"} {
			if layer := m.Layers.Origin(a.Key, key).Layer; layer != "" && layer != catalog.Shipped {
				return true
			}
		}
		return false
	}
	return strings.HasSuffix(n.From, flagsSuffix)
}

func checkHeap(m *Machine) Result {
	ram := m.figures().RAM
	return m.eachApp(func(a app, t *tally) {
		most, isSet := a.Limit("MemoryMax")
		switch {
		case a.Heap == 0:
			t.add(OK, "none is above its MemoryMax")
		case isSet && ram > 0 && a.Heap > most.Amount.Of(ram):
			t.add(Warn, a.Key+": heap "+size(a.Heap)+", MemoryMax "+size(most.Amount.Of(ram)))
		case isSet && ram > 0 && a.Heap > most.Amount.Of(ram)/10*9:
			t.add(Warn, a.Key+": heap "+size(a.Heap)+" leaves the rest of the app nothing of "+size(most.Amount.Of(ram)))
		default:
			t.add(OK, "none is above its MemoryMax")
		}
	})
}

func checkLimits(m *Machine) Result {
	f := m.figures()
	if f.RAM == 0 {
		return unknown("the RAM is not known")
	}
	return m.eachApp(func(a app, t *tally) {
		t.add(OK, "they are")
		most, isSet := a.Limit("MemoryMax")
		bytes := most.Amount.Of(f.RAM)
		switch {
		case !isSet || most.Amount.Unit == catalog.Infinity:
			t.add(Warn, a.Key+" has no MemoryMax")
		case bytes >= f.RAM:
			t.add(Warn, a.Key+": MemoryMax "+size(bytes)+", and the RAM is "+gib(f.RAM))
		case bytes < limit.LeastMemory:
			t.add(Warn, a.Key+": MemoryMax "+size(bytes)+" is left out, since it would end the launch itself")
		}
		if quota, isSet := a.Limit("CPUQuota"); isSet && f.Threads > 0 && quota.Amount.Of(1e6) > uint64(f.Threads)*1e6 && quota.Amount.Unit != catalog.Infinity {
			t.add(Warn, a.Key+": CPUQuota "+limit.QuotaText(quota.Amount.Of(1e6))+", and there are "+strconv.Itoa(f.Threads)+" threads")
		}
	})
}

func checkWithin(m *Machine) Result {
	apps, problem := m.launched()
	if problem != nil {
		return *problem
	}
	var t tally
	for _, a := range apps {
		killed, known := a.Group.Events.OOMKill.Get()
		waits, _ := a.Group.Pressure.MemoryFull.Get()
		switch {
		case !known:
			t.add(Unknown, a.Name+": the kernel does not count")
		case killed > 0:
			t.add(Warn, a.Name+": "+strconv.FormatUint(killed, 10)+" processes killed at MemoryMax")
		case waits > 20:
			t.add(Warn, a.Name+" waits for memory "+strconv.FormatFloat(waits, 'f', 0, 64)+"% of the time")
		default:
			t.add(OK, a.Name)
		}
	}
	return t.result("")
}
