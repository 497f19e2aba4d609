package catalog_test

import (
	"testing"

	"electroscope"
	"electroscope/launcher/catalog"
	"electroscope/launcher/chromium"
)

func shipped() catalog.Layers {
	return catalog.ReadLayers(func(name string) string {
		if name == "XDG_CONFIG_DIRS" {
			return "/nonexistent"
		}
		return ""
	}, electroscope.Apps)
}

// TestShippedApps: each app of apps.toml has what the launch, install and the modules of
// Nix need of it, and limits that can hold. Which limits it has is for apps.toml to say.
func TestShippedApps(t *testing.T) {
	layers := shipped()
	all, mistakes := layers.All()
	if len(mistakes) > 0 {
		t.Fatalf("apps.toml has mistakes: %v", mistakes)
	}
	if len(all.Apps) == 0 {
		t.Fatal("no app is shipped")
	}
	for _, app := range all.Apps {
		for _, name := range app.Names {
			if s, mistakes, ok := layers.App(name); !ok || len(mistakes) > 0 || s.App.Key != app.Key {
				t.Errorf("the name %q of apps.%s leads to %q, %v", name, app.Key, s.App.Key, mistakes)
			}
		}
		if app.Runtime == "" || app.ID == "" || len(app.Exec) == 0 {
			t.Errorf("apps.%s lacks one of runtime, id and exec: apps.toml is where they stand", app.Key)
		}
		if native := app.Runtime == chromium.Native; native != (app.Heap == 0) {
			t.Errorf("apps.%s is %s and has a heap of %d", app.Key, app.Runtime, app.Heap)
		}
		if app.OOMPolicy != "continue" || *app.OOMScoreAdjust != -100 || !app.Escape.Guards {
			t.Errorf("apps.%s changes what [defaults] has for all", app.Key)
		}
		amounts := make(map[string]uint64)
		for _, l := range app.Limits {
			amounts[l.Name] = l.Amount.Of(0) // 0 is the RAM: a share of it is none
		}
		high, most := amounts["MemoryHigh"], amounts["MemoryMax"]
		if high < 1<<30 || high >= most || app.Heap > high || amounts["CPUQuota"] < 1_000_000 {
			t.Errorf("apps.%s: heap %d, MemoryHigh %d, MemoryMax %d, CPUQuota %d do not go together", app.Key, app.Heap, high, most, amounts["CPUQuota"])
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
	if got := s.Budget.CPUs; got.Unit != catalog.Auto {
		t.Errorf("cpus is %+v", got)
	}
	if s.App.OOMPolicy != "continue" || s.App.OnFailure != catalog.Run || s.App.Key != "" || len(s.App.Names) > 0 {
		t.Errorf("defaults are %+v", s.App)
	}
}
