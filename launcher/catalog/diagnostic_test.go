package catalog_test

import (
	"strings"
	"testing"

	"electroscope/launcher/catalog"
	"electroscope/launcher/chromium"

	"github.com/google/go-cmp/cmp"
)

// layersOf has one layer, the text, under the shipped one's name.
func layersOf(text string) catalog.Layers {
	return catalog.ReadLayers(func(name string) string {
		if name == "XDG_CONFIG_DIRS" {
			return "/nonexistent"
		}
		return ""
	}, text)
}

func TestMistakes(t *testing.T) {
	const file = "shipped apps.toml:"
	tests := []struct{ about, text, want, remedy string }{
		{"unknown key", "[apps.a]\n  heep = 1", `2:3: apps.a.heep: unknown key`, "did you mean heap?"},
		{"case", "[apps.a.limits]\nmemorymax = 1", `2:1: apps.a.limits.memorymax: unknown key`, "did you mean MemoryMax?"},
		{"_ for -", "[apps.a]\nenable_features = 1", `2:1: apps.a.enable_features: unknown key`, "did you mean enable-features?"},
		{"an earlier name misspelt", "[apps.a]\nmemory-high = 1", `2:1: apps.a.memory-high: unknown key`, "did you mean memory-high-without-swap?"},
		{"an earlier name in the wrong table", "[apps.a.escape]\non_failure = 1", `2:1: apps.a.escape.on_failure: unknown key`, "on-failure belongs in [apps.a]"},
		{"an earlier word misspelt", "[apps.a]\nmemory-high-without-swap = \"allways\"", `2:28: apps.a.memory-high-without-swap: "allways" is not one of its words`, `allowed: "skip" or "keep"`},
		{"neighbours swapped", "[apps.a]\nhaep = 1", `2:1: apps.a.haep: unknown key`, "did you mean heap?"},
		{"in the wrong table", "[apps.a]\nMemoryMax = 1", `2:1: apps.a.MemoryMax: unknown key`, "MemoryMax belongs in [apps.a.limits]"},
		{"of an app alone", "[defaults]\nexec = [\"x\"]", `2:1: defaults.exec: unknown key`, "known here: memory, cpus, heap, "},
		{"nothing near", "[budget]\nzzzz = 1", `2:1: budget.zzzz: unknown key`, "known here: memory, cpus"},
		{"unknown table", "[app.a]\nheap = 1", `1:2: app: unknown table`, "did you mean the table [apps]?"},
		{"unknown table of an app", "[apps.a.limit]\n", `1:2: apps.a.limit: unknown table`, "did you mean the table [apps.a.limits]?"},
		{"root key", "heap = 1", `1:1: heap: unknown key`, "heap belongs in [defaults]"},
		{"wrong type", "[apps.a]\nheap = true", `2:8: apps.a.heap: wrong type: is true or false, not a size`, `allowed: a size such as "512M" or "2.5G", at least 1M, or "infinity"`},
		{"a fraction", "[apps.a]\nheap = 2.5", `2:8: apps.a.heap: wrong type: is a number with a fraction, not a size`, `did you mean "2.5G"?`},
		{"table for a list", "[apps.a.names]\n", `1:2: apps.a.names: wrong type: is a table, not an array of strings`, "allowed: "},
		{"wrong element", "[apps.a]\nswitches = [\"-a\", 2]", `2:12: apps.a.switches: wrong type: element 2 is a whole number, not a string`, "allowed: "},
		{"value for a table", "[apps.a]\nlimits = 5", `2:10: apps.a.limits: wrong type: is a whole number, not a table`, "write it as [apps.a.limits]"},
		{"value for an app", "apps.a = 5", `1:10: apps.a: wrong type: is a whole number, not a table`, "write it as [apps.a]"},
		{"apps is no table", "apps = 5", `1:8: apps: wrong type: is a whole number, not a table`, "write it as [apps]"},
		{"array of tables", "[[apps.a]]", `1:3: apps.a: wrong type: is an array of tables, not a table`, "write it as [apps.a]"},
		{"bad size", "[apps.a.limits]\nMemoryMax = \"2g\"", `2:13: apps.a.limits.MemoryMax: "2g" is not a size`, `did you mean "2G"?`},
		{"negative", "[apps.a.limits]\nMemoryMax = -1", `2:13: apps.a.limits.MemoryMax: "-1" is negative`, "allowed: "},
		{"nothing at all", "[apps.a.limits]\nMemoryMax = 0", `2:13: apps.a.limits.MemoryMax: "0" is less than 16M, in which no program can live`, "at least 16M"},
		{"bytes for G", "[apps.a.limits]\nMemoryMax = 3", `2:13: apps.a.limits.MemoryMax: "3" is less than 16M, in which no program can live`, `did you mean "3G"?`},
		{"as many gigabytes as a machine may have", "[apps.a.limits]\nMemoryMax = 64", `2:13: apps.a.limits.MemoryMax: "64" is less than 16M, in which no program can live`, `did you mean "64G"?`},
		{"megabytes from there on", "[apps.a.limits]\nMemoryMax = 65", `2:13: apps.a.limits.MemoryMax: "65" is less than 16M, in which no program can live`, `did you mean "65M"?`},
		{"bytes for M", "[apps.a.limits]\nMemoryHigh = \"1536\"", `2:14: apps.a.limits.MemoryHigh: "1536" is less than 16M, in which no program can live`, `did you mean "1536M"?`},
		{"bytes for K", "[apps.a]\nmemory = 4194304", `2:10: apps.a.memory: "4194304" is less than 16M, in which no program can live`, `did you mean "4194304K"?`},
		{"K for G", "[defaults]\nmemory = \"3K\"", `2:10: defaults.memory: "3K" is less than 16M, in which no program can live`, `allowed: `},
		{"budget in bytes", "[budget]\nmemory = 10", `2:10: budget.memory: "10" is less than 16M, in which no program can live`, `did you mean "10G"?`},
		{"iB in small letters", "[apps.a]\nmemory = \"5gib\"", `2:10: apps.a.memory: "5gib" is not a size`, `did you mean "5GiB"?`},
		{"hardly a task", "[apps.a.limits]\nTasksMax = 3", `2:12: apps.a.limits.TasksMax: "3" is out of range`, "at least 16"},
		{"cpus in percent", "[apps.a]\ncpus = \"150%\"", `2:8: apps.a.cpus: "150%" is not a number of CPUs`, "did you mean 1.5?"},
		{"hardly a CPU", "[apps.a]\ncpus = 0.001", `2:8: apps.a.cpus: "0.001" is less than 0.01, with which a program does not get through its start`, "at least 0.01"},
		{"no CPU", "[apps.a]\ncpus = 0", `2:8: apps.a.cpus: "0" is less than 0.01, with which a program does not get through its start`, "allowed: "},
		{"CPUs no number", "[apps.a]\ncpus = nan", `2:8: apps.a.cpus: "NaN" is not a number of CPUs`, "allowed: "},
		{"memory of limits", "[apps.a.limits]\nmemory = \"5G\"", `2:1: apps.a.limits.memory: unknown key`, "memory belongs in [apps.a]"},
		{"above all", "[apps.a.limits]\nMemoryMax = \"120%\"", `2:13: apps.a.limits.MemoryMax: "120%" is out of range`, "allowed: "},
		{"quota", "[apps.a.limits]\nCPUQuota = \"0%\"", `2:12: apps.a.limits.CPUQuota: "0%" is less than 1%, with which a program does not get through its start`, "at least 1%"},
		{"hardly any quota", "[apps.a.limits]\nCPUQuota = \"0.01%\"", `2:12: apps.a.limits.CPUQuota: "0.01%" is less than 1%, with which a program does not get through its start`, "at least 1%"},
		{"hardly any budget", "[budget]\ncpus = \"0.5%\"", `2:8: budget.cpus: "0.5%" is out of range`, `"1%" to "100%"`},
		{"quota without %", "[apps.a.limits]\nCPUQuota = \"150\"", `2:12: apps.a.limits.CPUQuota: "150" is not a percentage`, `did you mean "150%"?`},
		{"weight", "[apps.a.limits]\nCPUWeight = 10001", `2:13: apps.a.limits.CPUWeight: "10001" is out of range`, `from 1 to 10000, or "idle"`},
		{"number", "[apps.a.limits]\nOOMScoreAdjust = 1001", `2:18: apps.a.limits.OOMScoreAdjust: 1001 is out of range`, "from -1000 to 1000"},
		{"word", "[apps.a]\nruntime = \"qt\"", `2:11: apps.a.runtime: "qt" is not one of its words`, `allowed: "electron", "chromium", "cef" or "native"`},
		{"budget", "[budget]\ncpus = \"101%\"", `2:8: budget.cpus: "101%" is out of range`, `"1%" to "100%"`},
		{"time without a unit", "[defaults]\nbackground-after = 10", `2:20: defaults.background-after: wrong type: is a whole number, not a string`, `did you mean "10min"?`},
		{"time without a unit, as text", "[apps.a]\nbackground-after = \"1.5\"", `2:20: apps.a.background-after: "1.5" is not a time`, `allowed: a time such as "10min" or "1h 30min", from 1s to 7d`},
		{"no time at all", "[apps.a]\nbackground-after = \"0s\"", `2:20: apps.a.background-after: "0s" is out of range`, "from 1s to 7d"},
		{"more than a week", "[apps.a]\nbackground-after = \"8d\"", `2:20: apps.a.background-after: "8d" is out of range`, "from 1s to 7d"},
		{"what to do in the background", "[apps.a]\nbackground = \"kill\"", `2:14: apps.a.background: "kill" is not one of its words`, `allowed: "off", "weight", "reclaim" or "freeze"`},
		{"High above Max", "[apps.a.limits]\nMemoryHigh = \"2G\"\nMemoryMax = \"1G\"", `2:14: apps.a.limits.MemoryHigh: "2G" is above MemoryMax "1G" (shipped apps.toml:3:13), so it would never be reached`, "lower MemoryHigh, or raise MemoryMax"},
		{"High above memory", "[apps.a]\nmemory = \"1G\"\nlimits.MemoryHigh = \"2G\"", `3:21: apps.a.limits.MemoryHigh: "2G" is above memory "1G" (shipped apps.toml:2:10), so it would never be reached`, "lower MemoryHigh, or raise MemoryMax"},
		{"heap above the cage", "[apps.a]\nheap = \"5G\"", `2:8: apps.a.heap: is above 4G, the most that V8 can use, and taken as 4G`, "lower it to 4G"},
		{"little heap", "[apps.a]\nheap = \"255M\"", `2:8: apps.a.heap: is below 256M: reaching it ends the app's process`, "raise it to 256M or more"},
		{"hardly any heap", "[apps.a]\nheap = 256", `2:8: apps.a.heap: "256" is out of range`, `did you mean "256M"?`},
		{"name twice", "[apps.a]\nnames = [\"x\"]\n[apps.b]\nnames = [\"x\"]", `4:9: apps.b.names: the name "x" is taken by apps.a (shipped apps.toml:2:9)`, "leave it to one of the two"},
		{"name that is a key", "[apps.a]\nnames = [\"b\"]\n[apps.b]\n", `2:9: apps.a.names: the name "b" is taken by apps.b (shipped apps.toml:3:2)`, "leave it"},
		{"name a path", "[apps.a]\nnames = [\"/bin/x\"]", `2:9: apps.a.names: "/bin/x" is a path, not a name`, "allowed: an array of program names"},
		{"name empty", "[apps.a]\nnames = [\"\"]", `2:9: apps.a.names: a name is empty`, "allowed: "},
		{"our own name", "[apps.a]\nnames = [\"electroscope\"]", `2:9: apps.a.names: "electroscope" is this program's own name`, "allowed: "},
		{"key", "[apps.\"a@b\"]\nheap = 1", `1:2: apps."a@b": the app's key "a@b" holds '@', which a unit name cannot take`, "plain name"},
		{"id", "[apps.a]\nid = \"a/b\"", `2:6: apps.a.id: "a/b" holds '/', which a unit name cannot take`, "desktop file's name"},
		{"long id", "[apps.a]\nid = \"" + strings.Repeat("-", 60) + "\"", `2:6: apps.a.id: is too long for a unit name: 240 bytes when escaped, of at most 235`, "allowed: "},
		{"slice", "[apps.a]\nslice = \"app-x.slice\"", `2:9: apps.a.slice: "app-x.slice" has the ending .slice`, "without .slice"},
		{"variable's name", "[apps.a.env]\n\"A=B\" = \"x\"", `2:1: apps.a.env."A=B": the variable's name "A=B" holds a =`, "allowed: "},
		{"variable's value", "[apps.a.env]\nA = \"\\u0000\"", `2:5: apps.a.env.A: "\x00" holds a NUL`, "allowed: a string"},
		{"variable no string", "[apps.a.env]\nA = 1", `2:5: apps.a.env.A: wrong type: is a whole number, not a table of strings`, "allowed: a string"},
		{"exec", "[apps.a]\nexec = [\"bin/x\"]", `2:8: apps.a.exec: "bin/x" is a relative path`, "absolute paths"},
		{"exec of another's home", "[apps.a]\nexec = [\"~bob/x\"]", `2:8: apps.a.exec: "~bob/x" names the home of a user, which is not looked up: only ~/ is, your own`, `"~/Apps/`},
		{"exec a home", "[apps.a]\nexec = [\"~\"]", `2:8: apps.a.exec: "~" names the home of a user, which is not looked up: only ~/ is, your own`, "allowed: "},
		{"exec with an option", "[apps.a]\nexec = [\"app --safe\"]", `2:8: apps.a.exec: "app --safe" is a program with arguments`, "without arguments"},
		{"exec of an entry", "[apps.a]\nexec = [\"app %U\"]", `2:8: apps.a.exec: "app %U" is a program with arguments`, "without arguments"},
		{"exec of a script", "[apps.a]\nexec = [\"python3 /x/app.py\"]", `2:8: apps.a.exec: "python3 /x/app.py" is a program with arguments`, "without arguments"},
		{"switch", "[apps.a]\nswitches = [\"x\"]", `2:12: apps.a.switches: "x" is not a switch: it does not begin with -`, "allowed: "},
		{"escape", "[apps.a.escape]\nguards = \"yes\"", `2:10: apps.a.escape.guards: wrong type: is a string, not true or false`, "allowed: true or false"},
		{"nested", "[apps.a]\nnames = " + strings.Repeat("[", 501), "", ""},
	}
	for _, test := range tests {
		_, mistakes := layersOf(test.text).All()
		if len(mistakes) != 1 {
			t.Errorf("%s: mistakes %v", test.about, mistakes)
			continue
		}
		m := mistakes[0]
		if test.want == "" {
			if m.Error() != "shipped apps.toml: is nested too deeply" {
				t.Errorf("%s: %v", test.about, m)
			}
			continue
		}
		if m.Error() != file+test.want || !strings.Contains(m.Remedy, test.remedy) {
			t.Errorf("%s:\n got %s (%s)\nwant %s%s (%s)", test.about, m.Error(), m.Remedy, file, test.want, test.remedy)
		}
	}
}

func TestPlacesOfSyntaxErrors(t *testing.T) {
	for text, want := range map[string]string{
		"x=1\n\n\n]":            "4:1",
		"x=1\ny = = 2":          "2:5",
		"[apps.a]\nid = 'x\n":   "2:8",
		"[a]\r\nid = \"x\r\n":   "2:8",
		"[a]\r\nid = 'b'\nid=1": "3:1",
		"[a]\n\n[a]":            "3:2",
		"x = [1,\n":             "1:8",
	} {
		_, mistakes := layersOf(text).All()
		if len(mistakes) != 1 || !strings.HasPrefix(mistakes[0].Error(), "shipped apps.toml:"+want+": ") {
			t.Errorf("%q: mistakes %v, want one at %s", text, mistakes, want)
		}
	}
}

// A mistaken key is left out alone, a broken layer as a whole.
func TestMistakesCostNoMoreThanTheirKey(t *testing.T) {
	layers := layersWith(t, `[apps.a]
heap = "1G"
names = ["a"]
limits = { MemoryHigh = "1G", MemoryMax = "2G" }`, map[string]string{
		"electroscope/apps.toml":     "[apps.a]\nheap = \"2g\"\nid = \"b\"\nlimits.MemoryMax = \"3G\"\n",
		"electroscope/apps.d/1.toml": "[apps.a]\nid = \"c\"\nheap = = 1\n",
	})
	s, mistakes, ok := layers.App("a")
	if !ok || s.App.Heap != 1<<30 || s.App.ID != "b" {
		t.Errorf("ok %v, app %+v", ok, s.App)
	}
	if l, _ := s.App.Limit("MemoryMax"); l.Spelled != "3G" {
		t.Errorf("MemoryMax is %+v", l)
	}
	var places []string
	for _, m := range mistakes {
		places = append(places, m.Error()[strings.Index(m.Error(), "/electroscope/")+len("/electroscope/"):])
	}
	want := []string{`apps.toml:2:8: apps.a.heap: "2g" is not a size`, `apps.d/1.toml:3:8: expected value but found '=' instead`}
	if diff := cmp.Diff(want, places); diff != "" {
		t.Errorf("mistakes (-want +got):\n%s", diff)
	}
	if _, all := layers.All(); len(all) != len(mistakes) {
		t.Errorf("All tells of %v", all)
	}
}

// What is told as an error is not used, what is a warning is.
func TestValuesOfMistakes(t *testing.T) {
	s, mistakes, _ := layersOf("[apps.a]\nheap = \"5G\"\nlimits.MemoryHigh = \"9G\"\nlimits.MemoryMax = \"8G\"").App("a")
	if s.App.Heap != chromium.MaxHeap || len(s.App.Limits) != 1 || len(mistakes) != 2 || !mistakes[0].Warning || mistakes[1].Warning {
		t.Errorf("app %+v, mistakes %v", s.App, mistakes)
	}
}
