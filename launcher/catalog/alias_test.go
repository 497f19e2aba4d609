package catalog_test

import (
	"strings"
	"testing"

	"electroscope/launcher/catalog"

	"github.com/google/go-cmp/cmp"
)

func TestEarlierSpellings(t *testing.T) {
	const rewrite, remove = "write the new spelling; the earlier one still works", "remove the earlier spelling"
	tests := []struct {
		about, text string
		refuses     bool
		keeps       bool
		told        []string // each mistake and, after a |, its remedy
	}{
		{"today's", "[apps.a]\non-failure = \"refuse\"\nmemory-high-without-swap = \"keep\"\n", true, true, nil},
		{"a key", "[apps.a]\non_failure = \"refuse\"\n", true, false,
			[]string{`:2:1: apps.a.on_failure: on_failure is now on-failure|` + rewrite}},
		{"a key and its word", "[apps.a]\nmemory_high = \"always\"\n", false, true,
			[]string{`:2:1: apps.a.memory_high: memory_high = "always" is now memory-high-without-swap = "keep"|` + rewrite}},
		{"the default's word", "[apps.a]\nmemory_high = \"auto\"\n", false, false,
			[]string{`:2:1: apps.a.memory_high: memory_high = "auto" is now memory-high-without-swap = "skip"|` + rewrite}},
		{"a word of today under the earlier key", "[defaults]\nmemory_high = \"keep\"\n[apps.a]\n", false, true,
			[]string{`:2:1: defaults.memory_high: memory_high is now memory-high-without-swap|` + rewrite}},
		{"an earlier word under today's key", "[defaults]\nmemory-high-without-swap = \"always\"\n[apps.a]\n", false, true,
			[]string{`:2:1: defaults.memory-high-without-swap: memory-high-without-swap = "always" is now memory-high-without-swap = "keep"|` + rewrite}},
		{"one warning for a file", "[defaults]\nmemory_high = \"always\"\non_failure = \"run\"\n[apps.a]\non_failure = \"refuse\"\n", true, true,
			[]string{`:2:1: defaults.memory_high: memory_high = "always" is now memory-high-without-swap = "keep" (line 2); on_failure is now on-failure (lines 3, 5)|` +
				rewrite + " (lines 2, 3, 5)"}},
		{"both in one table", "[apps.a]\non-failure = \"refuse\"\non_failure = \"run\"\n", true, false,
			[]string{`:3:1: apps.a.on_failure: on_failure is not used, for on-failure is in the same table|` + remove}},
		{"both, in an inline table", "apps.a = { memory_high = \"auto\", memory-high-without-swap = \"keep\" }\n", false, true,
			[]string{`:1:12: apps.a.memory_high: memory_high is not used, for memory-high-without-swap is in the same table|` + remove}},
		{"each in a table of its own", "[defaults]\non-failure = \"refuse\"\n[apps.a]\non_failure = \"run\"\n", false, false,
			[]string{`:4:1: apps.a.on_failure: on_failure is now on-failure|` + rewrite}},
		{"a wrong value", "[apps.a]\non_failure = \"never\"\n", false, false,
			[]string{`:2:1: apps.a.on_failure: on_failure is now on-failure|` + rewrite,
				`:2:14: apps.a.on_failure: "never" is not one of its words|allowed: "run" or "refuse"`}},
		{"another app's", "[apps.a]\n[apps.b]\non_failure = \"refuse\"\n", false, false, nil},
	}
	for _, test := range tests {
		s, mistakes, ok := layersOf(test.text).App("a")
		var told []string
		for _, m := range mistakes {
			told = append(told, strings.TrimPrefix(m.Error(), "shipped apps.toml")+"|"+m.Remedy)
			if m.Warning != (strings.Contains(m.Reason, " is now ") || strings.Contains(m.Reason, " is not used")) {
				t.Errorf("%s: %v is a warning: %v", test.about, m, m.Warning)
			}
		}
		if diff := cmp.Diff(test.told, told); diff != "" {
			t.Errorf("%s: mistakes (-want +got):\n%s", test.about, diff)
		}
		refuses, keeps := s.App.OnFailure == catalog.Refuse, s.App.MemoryHighWithoutSwap == catalog.KeepHigh
		if !ok || refuses != test.refuses || keeps != test.keeps {
			t.Errorf("%s: refuses %v, keeps MemoryHigh %v", test.about, refuses, keeps)
		}
	}
}

// Each layer has a warning of its own, and a later layer wins by whichever spelling.
func TestEarlierSpellingsOfLayers(t *testing.T) {
	layers := layersOf("[apps.a]\non-failure = \"refuse\"\n").With(
		catalog.Setting{Path: []string{"apps", "a", "on_failure"}, Value: "run"},
		catalog.Setting{Path: []string{"apps", "a", "memory_high"}, Value: "always"})
	s, mistakes, _ := layers.App("a")
	if s.App.OnFailure != catalog.Run || s.App.MemoryHighWithoutSwap != catalog.KeepHigh {
		t.Errorf("the command line does not win: %+v", s.App)
	}
	want := []catalog.Diagnostic{{
		File: "command line", Key: "apps.a.memory_high", Warning: true,
		Reason: `memory_high = "always" is now memory-high-without-swap = "keep"; on_failure is now on-failure`,
		Remedy: "write the new spelling; the earlier one still works",
	}}
	if diff := cmp.Diff(want, mistakes); diff != "" {
		t.Errorf("mistakes (-want +got):\n%s", diff)
	}
}

// What is set by an earlier spelling has its place in the text, and is shown in today's.
func TestEarlierSpellingsAreFound(t *testing.T) {
	layers := layersOf("[apps.a]\nid = \"x\"\nmemory_high = \"always\"\n")
	want := catalog.Origin{Layer: catalog.Shipped, File: "shipped apps.toml", Line: 3, Col: 15, Key: "apps.a.memory_high", Source: `"always"`}
	if diff := cmp.Diff(want, layers.Origin("a", "memory-high-without-swap")); diff != "" {
		t.Errorf("origin (-want +got):\n%s", diff)
	}
	if text := layers.Show(); !strings.Contains(text, "memory-high-without-swap = \"keep\"  # shipped apps.toml:3\n") {
		t.Errorf("shown as:\n%s", text)
	}
}

func TestKeysAreKebabCase(t *testing.T) {
	for _, key := range catalog.Keys() {
		theirs := strings.HasSuffix(key.Tables[0], ".limits") || strings.HasSuffix(key.Tables[0], ".entry")
		if strings.ContainsAny(key.Name, "_ ") || !theirs && key.Name != strings.ToLower(key.Name) {
			t.Errorf("%s is not in kebab-case", key.Name)
		}
	}
}
