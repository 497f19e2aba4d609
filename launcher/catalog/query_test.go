package catalog_test

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"electroscope"
	"electroscope/launcher/catalog"

	"github.com/google/go-cmp/cmp"
)

// layersWith lays files, by their paths below XDG_CONFIG_HOME, over the embedded text.
func layersWith(t *testing.T, embedded string, files map[string]string) catalog.Layers {
	t.Helper()
	home := t.TempDir()
	for path, text := range files {
		write(t, filepath.Join(home, path), text)
	}
	return catalog.ReadLayers(environment{"XDG_CONFIG_HOME": home, "XDG_CONFIG_DIRS": home + "/none"}.get, embedded)
}

type environment map[string]string

func (e environment) get(name string) string { return e[name] }

func TestLayersLieInOrder(t *testing.T) {
	dir := t.TempDir()
	places := []string{"system2/electroscope/apps.toml", "system2/electroscope/apps.d/a.toml", "system1/electroscope/apps.toml",
		"home/.config/electroscope/apps.toml", "home/.config/electroscope/apps.d/a.toml", "home/.config/electroscope/apps.d/b.toml"}
	env := environment{"HOME": dir + "/home", "XDG_CONFIG_DIRS": dir + "/system1:relative:" + dir + "/system2", "XDG_CONFIG_HOME": "relative"}
	read := func() string {
		s, mistakes, ok := catalog.ReadLayers(env.get, "apps.a.id = \"shipped\"").App("a")
		if !ok || len(mistakes) > 0 {
			t.Fatal(mistakes)
		}
		return s.App.ID
	}
	if got := read(); got != "shipped" {
		t.Errorf("without files the id is %q", got)
	}
	for i, place := range places {
		id := string(rune('A' + i))
		write(t, filepath.Join(dir, place), "[apps.a]\nid = \""+id+"\"\n")
		if got := read(); got != id {
			t.Errorf("%s does not win: id %q, want %q", place, got, id)
		}
	}
	write(t, filepath.Join(dir, "home/.config/electroscope/apps.d/c.txt"), "[apps.a]\nid = \"text\"\n")
	env["ELECTROSCOPE_SET"] = `apps.a.id = "environment"`
	if got := read(); got != "environment" {
		t.Errorf("with ELECTROSCOPE_SET the id is %q", got)
	}
	layers := catalog.ReadLayers(env.get, "").With(catalog.Setting{Path: []string{"apps", "a", "id"}, Value: "line"})
	if s, _, _ := layers.App("a"); s.App.ID != "line" {
		t.Errorf("with a command line the id is %q", s.App.ID)
	}
}

func TestTablesMergeAndArraysReplace(t *testing.T) {
	layers := layersWith(t, `
[defaults]
heap = "1G"
switches = ["--d"]
env = { A = "default", B = "default" }
[defaults.limits]
TasksMax = 500
OOMPolicy = "continue"
[apps.a]
switches = ["--a", "--b"]
env = { B = "shipped", C = "shipped" }
[apps.a.limits]
MemoryMax = "2G"
CPUQuota = "150%"
CPUWeight = "idle"
`, map[string]string{"electroscope/apps.toml": `
[defaults]
heap = "2G"
[defaults.limits]
OOMPolicy = "stop"
[apps.a]
switches = ["--c"]
env.C = "user"
[apps.a.limits]
MemoryMax = "40%"
MemorySwapMax = 0
MemoryHigh = "infinity"
OOMScoreAdjust = 0
[apps.a.escape]
guards = false
`})
	s, mistakes, ok := layers.App("a")
	if !ok || len(mistakes) > 0 {
		t.Fatal(ok, mistakes)
	}
	zero := 0
	want := catalog.App{
		Key: "a", Names: []string{"a"}, Exec: []string{"a"}, ID: "a", Heap: 2 << 30,
		Switches: []string{"--c"}, Env: map[string]string{"A": "default", "B": "shipped", "C": "user"},
		Limits: []catalog.Limit{
			{Name: "MemoryHigh", Spelled: "infinity", Amount: catalog.Amount{Unit: catalog.Infinity}},
			{Name: "MemoryMax", Spelled: "40%", Amount: catalog.Amount{Number: 4000, Unit: catalog.Share}},
			{Name: "MemorySwapMax", Spelled: "0", Amount: catalog.Amount{Unit: catalog.Plain}},
			{Name: "TasksMax", Spelled: "500", Amount: catalog.Amount{Number: 500, Unit: catalog.Plain}},
			{Name: "CPUQuota", Spelled: "150%", Amount: catalog.Amount{Number: 1_500_000, Unit: catalog.Plain}},
			{Name: "CPUWeight", Spelled: "idle", Amount: catalog.Amount{Unit: catalog.Idle}},
		},
		OOMPolicy: "stop", OOMScoreAdjust: &zero, Instances: catalog.Own, OnFailure: catalog.Run, MemoryHighWithoutSwap: catalog.SkipHigh,
		Background: catalog.BackgroundOff, BackgroundAfter: 10 * time.Minute,
		Escape: catalog.Escape{Env: catalog.EscapeAuto},
	}
	if diff := cmp.Diff(want, s.App); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestNames(t *testing.T) {
	layers := layersWith(t, "[apps.a]\nnames = [\"x\", \"y\"]\n[apps.b]\n[apps.c]\nnames = [\"z\"]\n",
		map[string]string{"electroscope/apps.toml": "[apps.mine]\nnames = [\"y\"]\n[apps.another]\nnames = [\"b\"]\n[apps.c]\nnames = [\"zz\"]\n"})
	for name, want := range map[string]string{
		"x": "a", "a": "a", "zz": "c",
		"b": "another", // also of a name that is another app's key
		"y": "mine",    // the later layer's
		"c": "c",       // a key serves too
		"z": "", "": "", "nobody": "", "apps": "", "*": "",
	} {
		if s, _, ok := layers.App(name); ok != (want != "") || s.App.Key != want {
			t.Errorf("App(%q) is %q, %v; want %q", name, s.App.Key, ok, want)
		}
	}
	if _, mistakes, _ := layers.App("y"); len(mistakes) != 1 || mistakes[0].Key != "apps.a.names" {
		t.Errorf("the lost name is told as %v", mistakes)
	}
}

func TestCommandLine(t *testing.T) {
	set := func(value string, path ...string) catalog.Setting { return catalog.Setting{Path: path, Value: value} }
	layers := layersOf("[apps.a]\nswitches = [\"--x\"]\n").With(
		set("--y", "apps", "a", "switches"), set("--z", "apps", "a", "switches"),
		set("false", "apps", "a", "escape", "guards"), set("-5", "apps", "a", "limits", "OOMScoreAdjust"),
		set("1G", "apps", "a", "limits", "MemoryMax"), set("c", "apps", "a", "env", "LANG"),
		set("2G", "defaults", "limits", "MemoryMax"))
	s, mistakes, _ := layers.App("a")
	app := s.App
	got := []any{app.Switches, app.Escape.Guards, *app.OOMScoreAdjust, app.Limits[0].Spelled, app.Env["LANG"], len(mistakes)}
	if diff := cmp.Diff([]any{[]string{"--y", "--z"}, false, -5, "1G", "c", 0}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if s, _ := layers.Default(); s.App.Limits[0].Spelled != "2G" {
		t.Errorf("the default's limits are %v", s.App.Limits)
	}

	_, mistakes = layersOf("").With(set("1X", "defaults", "limits", "MemoryMax"), set("1", "defaults", "heep"), set("x")).Default()
	var told []string
	for _, m := range mistakes {
		told = append(told, m.Error())
	}
	want := []string{`command line: defaults.heep: unknown key`, `command line: defaults.limits.MemoryMax: "1X" is not a size`}
	if diff := cmp.Diff(want, told); diff != "" {
		t.Errorf("mistakes (-want +got):\n%s", diff)
	}
}

func TestUnreadableLayers(t *testing.T) {
	const name = "electroscope/apps.toml"
	tests := []struct {
		about string
		lay   func(path string) error
		want  string
	}{
		{"a folder", func(p string) error { return os.Mkdir(p, 0o755) }, ": is a folder, not a file"},
		{"a FIFO", func(p string) error { return syscall.Mkfifo(p, 0o644) }, ": is not a regular file"},
		{"a device", func(p string) error { return os.Symlink("/dev/zero", p) }, ": is not a regular file"},
		{"a link in a circle", func(p string) error { return os.Symlink(p, p) }, ": cannot be opened: its links go in a circle"},
		{"a link to nothing", func(p string) error { return os.Symlink(p+".none", p) }, ": is a link that points to nothing"},
		{"10 MB", func(p string) error { return os.WriteFile(p, make([]byte, 10<<20), 0o644) }, ": is larger than 1 MiB"},
		{"a NUL", func(p string) error { return os.WriteFile(p, []byte("[apps.a]\nid = \"\x00\""), 0o644) }, ":2:7: holds a NUL byte"},
		{"Latin-1", func(p string) error { return os.WriteFile(p, []byte("# é\n# \xe9"), 0o644) }, ":2:3: is not valid UTF-8"},
		{"UTF-16", func(p string) error { return os.WriteFile(p, []byte("\xff\xfe#\x00"), 0o644) }, ": is UTF-16, and TOML is UTF-8"},
		{"a byte order mark", func(p string) error { return os.WriteFile(p, []byte("\ufeff[apps.a]\nid = \"b\""), 0o644) }, ":1:1: begins with a byte order mark"},
		{"a syntax error", func(p string) error { return os.WriteFile(p, []byte("[apps.a]\nid = b"), 0o644) }, `:2:6: expected value but found "b" instead`},
		{"a duplicate", func(p string) error { return os.WriteFile(p, []byte("[apps.a]\nid = \"b\"\nid = \"c\""), 0o644) }, ":3:1: Key 'apps.a.id' has already been defined."},
	}
	for _, test := range tests {
		home := t.TempDir()
		path := filepath.Join(home, name)
		if err := os.Mkdir(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := test.lay(path); err != nil {
			t.Fatal(err)
		}
		layers := catalog.ReadLayers(environment{"XDG_CONFIG_HOME": home, "XDG_CONFIG_DIRS": home + "/none"}.get, "[apps.a]\nheap = \"1G\"\n")
		s, mistakes, ok := layers.App("a")
		if !ok || s.App.Heap != 1<<30 {
			t.Errorf("%s: the lower layer is lost: %+v", test.about, s.App)
		}
		if len(mistakes) != 1 || mistakes[0].Error() != path+test.want || mistakes[0].Remedy == "" {
			t.Errorf("%s: mistakes %q, want %s%s", test.about, mistakes, path, test.want)
		}
		if (s.App.ID == "b") != (test.about == "a byte order mark") {
			t.Errorf("%s: id is %q", test.about, s.App.ID)
		}
	}
}

func TestFileThatMayNotBeRead(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("root may read every file")
	}
	home := t.TempDir()
	path := filepath.Join(home, "electroscope/apps.toml")
	write(t, path, "")
	if err := os.Chmod(path, 0); err != nil {
		t.Fatal(err)
	}
	_, mistakes := catalog.ReadLayers(environment{"XDG_CONFIG_HOME": home, "XDG_CONFIG_DIRS": "/none"}.get, "").Default()
	if len(mistakes) != 1 || mistakes[0].Error() != path+": cannot be opened: permission denied" {
		t.Error(mistakes)
	}
}

func TestNoConfiguration(t *testing.T) {
	layers := catalog.ReadLayers(environment{"XDG_CONFIG_HOME": "/dev/null", "XDG_CONFIG_DIRS": ":"}.get, "")
	want := []catalog.Source{
		{Kind: catalog.Shipped, Name: "shipped apps.toml"},
		{Kind: catalog.User, Name: "/dev/null/electroscope/apps.toml", Absent: true},
	}
	if diff := cmp.Diff(want, layers.Sources()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if _, mistakes := layers.All(); len(mistakes) > 0 {
		t.Error(mistakes)
	}
}

func TestOrigin(t *testing.T) {
	layers := layersWith(t, electroscope.Apps, map[string]string{
		"electroscope/apps.toml": "[apps.discord]\nheap = \"512M\" # less\nenv.LANG = 'C'\n[apps.discord.limits]\nMemoryMax = \"1X\"\n"})
	layers = layers.With(catalog.Setting{Path: []string{"apps", "discord", "switches"}, Value: "--x"})
	shippedLine := func(text string) int {
		return 1 + strings.Count(electroscope.Apps[:strings.Index(electroscope.Apps, text)], "\n")
	}
	tests := []struct {
		app, path string
		want      catalog.Origin
	}{
		{"discord", "heap", catalog.Origin{Layer: catalog.User, Line: 2, Col: 8, Key: "apps.discord.heap", Source: `"512M"`}},
		{"discord", "env LANG", catalog.Origin{Layer: catalog.User, Line: 3, Col: 12, Key: "apps.discord.env.LANG", Source: `'C'`}},
		{"discord", "limits MemoryMax", catalog.Origin{Layer: catalog.Shipped, File: "shipped apps.toml",
			Line: shippedLine("MemoryMax  = \"3G\"                     #"), Col: 14, Key: "apps.discord.limits.MemoryMax", Source: `"3G"`}},
		{"discord", "limits OOMPolicy", catalog.Origin{Layer: catalog.Shipped, File: "shipped apps.toml",
			Line: shippedLine("OOMPolicy ="), Col: 13, Key: "defaults.limits.OOMPolicy", Source: `"continue"`}},
		{"discord", "switches", catalog.Origin{Layer: catalog.CommandLine, File: "command line", Key: "apps.discord.switches", Source: `["--x"]`}},
		{"", "budget memory", catalog.Origin{Layer: catalog.Shipped, File: "shipped apps.toml",
			Line: shippedLine("memory = \"60%\""), Col: 10, Key: "budget.memory", Source: `"60%"`}},
		{"discord", "slice", catalog.Origin{}},
		{"discord", "heep", catalog.Origin{}},
		{"discord", "limits", catalog.Origin{}},
		{"discord", "env", catalog.Origin{}},
		{"discord", "heap x", catalog.Origin{}},
		{"discord", "", catalog.Origin{}},
		{"nobody", "names", catalog.Origin{}},
	}
	for _, test := range tests {
		got := layers.Origin(test.app, strings.Fields(test.path)...)
		if got.Layer == catalog.User {
			got.File = ""
		}
		if got != test.want {
			t.Errorf("Origin(%s, %s) = %+v, want %+v", test.app, test.path, got, test.want)
		}
	}
}

// What Show writes is a catalogue of the same content.
func TestShow(t *testing.T) {
	layers := layersWith(t, electroscope.Apps, map[string]string{"electroscope/apps.toml": `
[defaults]
env = { "A B" = "\"\\\u0001", C = "é" }
[apps.discord]
heap = "512M"
exec = ["a", "b"]
[apps.mine]
[apps."with space"]
note = 'x'
`})
	text := layers.Show()
	want, _ := layers.All()
	got, mistakes := layersOf(text).All()
	if len(mistakes) > 0 {
		t.Errorf("mistakes %v in:\n%s", mistakes, text)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if line := "heap = \"512M\"  # "; !strings.Contains(text, line) || !strings.Contains(text, "electroscope/apps.toml:5\n") {
		t.Errorf("no origin in:\n%s", text)
	}
}

// Limits that do not hold are shown as such, and what is shown comes to the same.
func TestShowWhatHolds(t *testing.T) {
	tests := []struct {
		user string
		want []string // the lines, apps.toml being the user's
	}{
		{"[apps.a]\nmemory = \"5G\"\ncpus = 2\n", []string{
			`memory = "5G"  # apps.toml:2`, `cpus = 2  # apps.toml:3`,
			`# MemoryHigh = "2G"  # shipped apps.toml:2, not used: memory makes it 4G`,
			`# MemoryMax = "3G"  # shipped apps.toml:3, not used: memory makes it 5G`,
			`# CPUQuota = "150%"  # shipped apps.toml:4, not used: cpus makes it 200%`,
		}},
		{"[apps.a.limits]\nMemoryMax = \"4G\"\n", []string{
			`MemoryHigh = "3276M"  # follows MemoryMax; shipped apps.toml:2 has "2G"`, `MemoryMax = "4G"  # apps.toml:2`,
		}},
		{"[apps.a]\nmemory = \"5G\"\n[apps.a.limits]\nMemoryHigh = \"1G\"\nMemoryMax = \"4G\"\n", []string{
			`# memory = "5G"  # apps.toml:2, not used: the limits are given in full`, `MemoryHigh = "1G"  # apps.toml:4`, `MemoryMax = "4G"  # apps.toml:5`,
		}},
		{"[apps.a]\nmemory = \"5G\"\n[apps.a.limits]\nMemoryMax = \"10G\"\n", []string{
			`memory = "5G"  # apps.toml:2`, `MemoryHigh = "8G"  # follows MemoryMax; shipped apps.toml:2 has "2G"`, `MemoryMax = "10G"  # apps.toml:4`,
		}},
		{"[defaults]\nmemory = \"25%\"\n[defaults.limits]\nMemoryMax = \"1G\"\n", []string{
			`memory = "25%"  # apps.toml:2`, `MemoryMax = "1G"  # apps.toml:4`, `MemoryHigh = "2G"  # shipped apps.toml:2`,
		}},
	}
	for _, test := range tests {
		layers := layersWith(t, pair, map[string]string{"electroscope/apps.toml": test.user})
		text := layers.Show()
		for _, source := range layers.Sources() {
			text = strings.ReplaceAll(text, source.Name, filepath.Base(source.Name))
		}
		for _, line := range test.want {
			if !strings.Contains("\n"+text, "\n"+line+"\n") {
				t.Errorf("%q is not in what comes of %q:\n%s", line, test.user, text)
			}
		}
		want, _, _ := layers.App("a")
		got, mistakes, _ := layersOf(text).App("a")
		for i := range got.App.Limits {
			got.App.Limits[i].From, want.App.Limits[i].From = "", ""
		}
		if diff := cmp.Diff(held(want.App), held(got.App)); diff != "" || len(mistakes) > 0 {
			t.Errorf("%q is shown as something else, mistakes %v (-want +got):\n%s", test.user, mistakes, diff)
		}
	}
}

func TestKeysSayWhatTheyAre(t *testing.T) {
	seen := make(map[string]bool)
	for _, key := range catalog.Keys() {
		if key.Doc == "" || strings.HasSuffix(key.Doc, ".") || key.Allowed() == "" || len(key.Tables) == 0 {
			t.Errorf("%s is not described: %q, allowed %q", key.Name, key.Doc, key.Allowed())
		}
		for _, table := range key.Tables {
			if path := table + "." + key.Name; seen[path] {
				t.Errorf("%s stands twice", path)
			} else {
				seen[path] = true
			}
		}
	}
	if len(slices.Collect(maps.Keys(seen))) < 40 {
		t.Errorf("only %d keys", len(seen))
	}
}
