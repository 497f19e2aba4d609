package catalog_test

import (
	"testing"

	"electroscope"
	"electroscope/launcher/catalog"
	"electroscope/launcher/chromium"

	"github.com/google/go-cmp/cmp"
)

const mib = 1 << 20

// planned is the table of docs/plan.md, 3, and Obsidian, which is not in it.
var planned = []struct {
	app             string
	names           []string
	runtime         chromium.Runtime
	id              string
	heap, high, max uint64 // MiB
	quota           uint64 // µs of CPU time per second
	escape          catalog.EscapeEnv
}{
	{"teams", []string{"teams", "teams-for-linux"}, chromium.Electron, "teams-for-linux", 1536, 2560, 4096, 2_000_000, catalog.EscapeAuto},
	{"discord", []string{"discord", "Discord"}, chromium.Electron, "discord", 1024, 2048, 3072, 1_500_000, catalog.EscapeAuto},
	{"spotify", []string{"spotify"}, chromium.CEF, "spotify", 512, 2048, 3072, 1_000_000, catalog.EscapeAuto},
	{"codium", []string{"codium", "vscodium"}, chromium.Electron, "codium", 2048, 4096, 5120, 2_000_000, catalog.EscapeAuto},
	{"claude", []string{"claude-desktop"}, chromium.Electron, "com.anthropic.Claude", 2048, 4096, 6144, 2_000_000, catalog.EscapeAuto},
	{"signal", []string{"signal", "signal-desktop"}, chromium.Electron, "signal", 768, 1536, 2048, 1_000_000, catalog.EscapeAuto},
	{"zoom", []string{"zoom", "zoom-us"}, chromium.Native, "Zoom", 0, 2560, 4096, 2_500_000, catalog.EscapeAlways},
	{"obsidian", []string{"obsidian"}, chromium.Electron, "obsidian", 1024, 2048, 3072, 1_500_000, catalog.EscapeAuto},
}

func shipped() catalog.Layers {
	return catalog.ReadLayers(func(name string) string {
		if name == "XDG_CONFIG_DIRS" {
			return "/nonexistent"
		}
		return ""
	}, electroscope.Apps)
}

func TestShippedAppsHaveThePlansLimits(t *testing.T) {
	layers := shipped()
	all, mistakes := layers.All()
	if len(mistakes) > 0 {
		t.Fatalf("the shipped catalogue has mistakes: %v", mistakes)
	}
	if len(all.Apps) != len(planned) {
		t.Errorf("%d apps are shipped, %d planned", len(all.Apps), len(planned))
	}
	for _, want := range planned {
		for _, name := range want.names {
			s, mistakes, ok := layers.App(name)
			if !ok || len(mistakes) > 0 {
				t.Errorf("App(%q): ok %v, mistakes %v", name, ok, mistakes)
				continue
			}
			app := s.App
			got := []any{app.Key, app.Names, app.Runtime, app.ID, app.Heap, app.Escape.Env, app.Escape.Guards, app.OOMPolicy, *app.OOMScoreAdjust}
			if diff := cmp.Diff([]any{want.app, want.names, want.runtime, want.id, want.heap * mib, want.escape, true, "continue", -100}, got); diff != "" {
				t.Errorf("App(%q) (-want +got):\n%s", name, diff)
			}
			amounts := make(map[string]uint64)
			for _, l := range app.Limits {
				amounts[l.Name] = l.Amount.Of(0)
			}
			if diff := cmp.Diff(map[string]uint64{"MemoryHigh": want.high * mib, "MemoryMax": want.max * mib, "CPUQuota": want.quota}, amounts); diff != "" {
				t.Errorf("limits of %q (-want +got):\n%s", name, diff)
			}
		}
	}
}

func TestShippedBudget(t *testing.T) {
	s, mistakes := shipped().Default()
	if len(mistakes) > 0 {
		t.Error(mistakes)
	}
	if got := s.Budget.Memory.Of(16 << 30); got != 16<<30*60/100 {
		t.Errorf("memory of 16G is %d", got)
	}
	if got := s.Budget.CPUs.Of(8 * 1_000_000); got != 4_000_000 {
		t.Errorf("cpus of 8 threads is %d", got)
	}
	if s.App.OOMPolicy != "continue" || s.App.OnFailure != catalog.Run || s.App.Key != "" || len(s.App.Names) > 0 {
		t.Errorf("defaults are %+v", s.App)
	}
}
