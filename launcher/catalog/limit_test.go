package catalog_test

import (
	"strings"
	"testing"

	"electroscope/launcher/catalog"

	"github.com/google/go-cmp/cmp"
)

// held are an app's limits as people read them, "MemoryMax 5G", with what they come from.
func held(app catalog.App) string {
	var list []string
	for _, l := range app.Limits {
		text := l.Name + " " + l.Text()
		if l.From != "" {
			text += " by " + l.From
		}
		if l.Default {
			text += " of all"
		}
		list = append(list, text)
	}
	return strings.Join(list, ", ")
}

const pair = "[apps.a.limits]\nMemoryHigh = \"2G\"\nMemoryMax = \"3G\"\nCPUQuota = \"150%\"\n"

func TestMemoryAndCPUs(t *testing.T) {
	const quota = ", CPUQuota 150%"
	tests := []struct{ about, lower, user, want string }{
		{"memory alone", "[apps.a]\n", "apps.a.memory = \"5G\"", "MemoryHigh 4G by memory, MemoryMax 5G by memory"},
		{"as 5GB", "[apps.a]\n", "apps.a.memory = \"5GB\"", "MemoryHigh 4G by memory, MemoryMax 5G by memory"},
		{"a share", "[apps.a]\n", "apps.a.memory = \"25%\"", "MemoryHigh 20% by memory, MemoryMax 25% by memory"},
		{"not to the byte", "[apps.a]\n", "apps.a.memory = \"3G\"", "MemoryHigh 2457M by memory, MemoryMax 3G by memory"},
		{"over limits below", pair, "apps.a.memory = \"5G\"", "MemoryHigh 4G by memory, MemoryMax 5G by memory" + quota},
		{"down", pair, "apps.a.memory = \"1G\"", "MemoryHigh 819M by memory, MemoryMax 1G by memory" + quota},
		{"taken off", pair, "apps.a.memory = \"infinity\"", "MemoryHigh infinity by memory, MemoryMax infinity by memory" + quota},
		{"with MemoryMax in full", pair, "apps.a.memory = \"5G\"\napps.a.limits.MemoryMax = \"6G\"", "MemoryHigh 4915M by MemoryMax, MemoryMax 6G" + quota},
		{"with MemoryHigh in full", pair, "apps.a.memory = \"5G\"\napps.a.limits.MemoryHigh = \"3G\"", "MemoryHigh 3G, MemoryMax 5G by memory" + quota},
		{"under limits above", "apps.a.memory = \"5G\"", pair, "MemoryHigh 2G, MemoryMax 3G" + quota},
		{"cpus", pair, "apps.a.cpus = 2", "MemoryHigh 2G, MemoryMax 3G, CPUQuota 200% by cpus"},
		{"cpus with a fraction", pair, "apps.a.cpus = 1.5", "MemoryHigh 2G, MemoryMax 3G, CPUQuota 150% by cpus"},
		{"cpus in quotes", pair, "apps.a.cpus = \"0.25\"", "MemoryHigh 2G, MemoryMax 3G, CPUQuota 25% by cpus"},
		{"cpus taken off", pair, "apps.a.cpus = \"infinity\"", "MemoryHigh 2G, MemoryMax 3G, CPUQuota infinity by cpus"},
		{"cpus with CPUQuota", pair, "apps.a.cpus = 2\napps.a.limits.CPUQuota = \"50%\"", "MemoryHigh 2G, MemoryMax 3G, CPUQuota 50%"},
		{"a mistake", pair, "apps.a.memory = 5", "MemoryHigh 2G, MemoryMax 3G" + quota},
	}
	for _, test := range tests {
		s, _, _ := layersWith(t, test.lower, map[string]string{"electroscope/apps.toml": test.user}).App("a")
		if got := held(s.App); got != test.want {
			t.Errorf("%s:\n got %s\nwant %s", test.about, got, test.want)
		}
	}
}

// A MemoryMax that a later layer sets alone takes the MemoryHigh of a lower one along.
func TestMemoryHighFollows(t *testing.T) {
	tests := []struct{ about, lower, user, want string }{
		{"raised", pair, `MemoryMax = "4G"`, "MemoryHigh 3276M by MemoryMax, MemoryMax 4G"},
		{"raised a little", "apps.a.limits = { MemoryHigh = \"2.9G\", MemoryMax = \"3G\" }", `MemoryMax = "3.2G"`, "MemoryHigh 2.9G, MemoryMax 3.2G"},
		{"raised without end", pair, `MemoryMax = "infinity"`, "MemoryHigh infinity by MemoryMax, MemoryMax infinity"},
		{"raised with a MemoryHigh", pair, "MemoryMax = \"4G\"\nMemoryHigh = \"2.5G\"", "MemoryHigh 2.5G, MemoryMax 4G"},
		{"lowered above it", pair, `MemoryMax = "2.5G"`, "MemoryHigh 2G, MemoryMax 2.5G"},
		{"lowered to it", pair, `MemoryMax = "2G"`, "MemoryHigh 1638M by MemoryMax, MemoryMax 2G"},
		{"lowered below it", pair, `MemoryMax = "1G"`, "MemoryHigh 819M by MemoryMax, MemoryMax 1G"},
		{"set again as it was", pair, `MemoryMax = "3G"`, "MemoryHigh 2G, MemoryMax 3G"},
		{"a share of the RAM", pair, `MemoryMax = "50%"`, "MemoryHigh 40% by MemoryMax, MemoryMax 50%"},
		{"none below", "[apps.a]\n", `MemoryMax = "4G"`, "MemoryMax 4G"},
		{"first MemoryMax", "apps.a.limits.MemoryHigh = \"2G\"", `MemoryMax = "4G"`, "MemoryHigh 2G, MemoryMax 4G"},
		{"first MemoryMax below", "apps.a.limits.MemoryHigh = \"2G\"", `MemoryMax = "1G"`, "MemoryHigh 819M by MemoryMax, MemoryMax 1G"},
		{"first MemoryMax at it", "apps.a.limits.MemoryHigh = \"2G\"", `MemoryMax = "2G"`, "MemoryHigh 1638M by MemoryMax, MemoryMax 2G"},
		{"no MemoryHigh wanted", "apps.a.limits = { MemoryHigh = \"infinity\", MemoryMax = \"3G\" }", `MemoryMax = "4G"`, "MemoryHigh infinity, MemoryMax 4G"},
		{"over [defaults]", "[defaults]\nlimits = { MemoryHigh = \"2G\", MemoryMax = \"3G\" }\n[apps.a]\n", `MemoryMax = "4G"`, "MemoryHigh 3276M by MemoryMax, MemoryMax 4G"},
	}
	for _, test := range tests {
		layers := layersWith(t, test.lower, map[string]string{"electroscope/apps.toml": "[apps.a.limits]\n" + test.user})
		s, mistakes, _ := layers.App("a")
		if got := strings.TrimSuffix(held(s.App), ", CPUQuota 150%"); got != test.want || len(mistakes) > 0 {
			t.Errorf("%s:\n got %s, mistakes %v\nwant %s", test.about, got, mistakes, test.want)
		}
	}
}

// Three layers of files, then what is typed.
func TestMemoryHighFollowsThroughLayers(t *testing.T) {
	layers := layersWith(t, pair, map[string]string{
		"electroscope/apps.toml":     "[apps.a]\nmemory = \"5G\"\n",
		"electroscope/apps.d/1.toml": "[apps.a.limits]\nMemoryMax = \"4.5G\"\n",
		"electroscope/apps.d/2.toml": "[apps.a.limits]\nMemoryMax = \"10G\"\n",
	})
	set := func(value string, path ...string) catalog.Setting {
		return catalog.Setting{Path: append([]string{"apps", "a"}, path...), Value: value}
	}
	for _, test := range []struct {
		set  []catalog.Setting
		want string
	}{
		{nil, "MemoryHigh 8G by MemoryMax, MemoryMax 10G, CPUQuota 150%"},
		{[]catalog.Setting{set("1G", "limits", "MemoryMax")}, "MemoryHigh 819M by MemoryMax, MemoryMax 1G, CPUQuota 150%"},
		{[]catalog.Setting{set("2GiB", "memory"), set("1.5", "cpus")}, "MemoryHigh 1638M by memory, MemoryMax 2G by memory, CPUQuota 150% by cpus"},
	} {
		s, _, _ := layers.With(test.set...).App("a")
		if got := held(s.App); got != test.want {
			t.Errorf("with %v:\n got %s\nwant %s", test.set, got, test.want)
		}
	}
}

// [defaults] has a cap for apps that have none of their own.
func TestDefaultCap(t *testing.T) {
	const defaults = "[defaults]\nmemory = \"25%\"\n"
	const ofAll = "MemoryHigh 20% by memory of all, MemoryMax 25% by memory of all"
	tests := []struct {
		about, app, want string
		limited          bool
	}{
		{"no limits", "[apps.a]\n", ofAll, false},
		{"cpus of all", "[defaults]\ncpus = 1\n[apps.a]\n", ofAll + ", CPUQuota 100% by cpus of all", false},
		{"other limits", "[apps.a]\ncpus = 2\n", ofAll + ", CPUQuota 200% by cpus", true},
		{"MemoryMax", "[apps.a.limits]\nMemoryMax = \"1G\"", "MemoryMax 1G", true},
		{"MemoryHigh", "[apps.a.limits]\nMemoryHigh = \"1G\"", "MemoryHigh 1G", true},
		{"memory", "[apps.a]\nmemory = \"1G\"", "MemoryHigh 819M by memory, MemoryMax 1G by memory", true},
		{"taken off for one", "[apps.a]\nmemory = \"infinity\"", "MemoryHigh infinity by memory, MemoryMax infinity by memory", true},
		{"taken off for all", "[defaults]\nmemory = \"infinity\"\n[apps.a]\n", "", false},
		{"limits of all", "[defaults.limits]\nTasksMax = 500\n[apps.a]\n", ofAll + ", TasksMax 500", true},
	}
	for _, test := range tests {
		s, mistakes, _ := layersWith(t, defaults, map[string]string{"electroscope/apps.toml": test.app}).App("a")
		if got := held(s.App); got != test.want || s.App.IsLimited() != test.limited || len(mistakes) > 0 {
			t.Errorf("%s:\n got %s, limited %v, mistakes %v\nwant %s", test.about, got, s.App.IsLimited(), mistakes, test.want)
		}
	}

	// What is typed for a program outside the catalogue is its own.
	typed := catalog.Setting{Path: []string{"defaults", "memory"}, Value: "1G"}
	if s, _ := layersOf(defaults).With(typed).Default(); held(s.App) != "MemoryHigh 819M by memory, MemoryMax 1G by memory" || !s.App.IsLimited() {
		t.Errorf("with --memory=1G: %s, limited %v", held(s.App), s.App.IsLimited())
	}
	if s, _ := layersOf(defaults).Default(); held(s.App) != ofAll || s.App.IsLimited() {
		t.Errorf("of no app: %s, limited %v", held(s.App), s.App.IsLimited())
	}
}

func TestHeapWithinMemoryMax(t *testing.T) {
	const gib = 1 << 30
	for _, test := range []struct {
		text string
		want uint64
	}{
		{"heap = \"1G\"", gib},
		{"heap = \"1G\"\nmemory = \"512M\"", gib / 2},
		{"heap = \"1G\"\nlimits.MemoryMax = \"512M\"", gib / 2},
		{"heap = \"1G\"\nlimits.MemoryMax = \"10%\"", 819 << 20},
		{"heap = \"1G\"\nlimits.MemoryMax = \"infinity\"", gib},
		{"heap = \"1G\"\nlimits.MemoryMax = \"0.01%\"", gib}, // that MemoryMax is left out
		{"memory = \"512M\"", 0},
	} {
		s, mistakes, _ := layersOf("[apps.a]\n" + test.text).App("a")
		if got := s.App.HeapIn(8 * gib); got != test.want || len(mistakes) > 0 {
			t.Errorf("%q: %d, mistakes %v; want %d", test.text, got, mistakes, test.want)
		}
	}
}

func TestExecBelowHome(t *testing.T) {
	const text = "[apps.a]\nexec = [\"~/Apps/a\", \"a\", \"/opt/a b/a\"]\n"
	for home, want := range map[string][]string{
		"/home/me":  {"/home/me/Apps/a", "a", "/opt/a b/a"},
		"/home/me/": {"/home/me/Apps/a", "a", "/opt/a b/a"},
		"":          {"~/Apps/a", "a", "/opt/a b/a"},
	} {
		layers := catalog.ReadLayers(environment{"HOME": home, "XDG_CONFIG_HOME": "/nonexistent", "XDG_CONFIG_DIRS": "/nonexistent"}.get, text)
		s, mistakes, _ := layers.With(catalog.Setting{Path: []string{"apps", "a", "note"}, Value: "x"}).App("a")
		if diff := cmp.Diff(want, s.App.Exec); diff != "" || len(mistakes) > 0 {
			t.Errorf("with HOME %q: mistakes %v (-want +got):\n%s", home, mistakes, diff)
		}
		if show := layers.Show(); !strings.Contains(show, `"~/Apps/a"`) {
			t.Errorf("shown as:\n%s", show)
		}
	}
}

func TestEnabled(t *testing.T) {
	layers := layersOf("[apps.a]\nenabled = false\n[apps.b]\nenabled = true\n[apps.c]\n")
	for name, want := range map[string]bool{"a": true, "b": false, "c": false} {
		if s, _, _ := layers.App(name); s.App.Disabled != want {
			t.Errorf("%s is disabled: %v", name, s.App.Disabled)
		}
	}
}
