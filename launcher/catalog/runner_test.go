package catalog_test

import (
	"strings"
	"testing"

	"electroscope/launcher/catalog"
	"electroscope/launcher/runner"

	"github.com/google/go-cmp/cmp"
)

// Runners are there for every app, whichever layer has them; a later layer changes a
// key of one and leaves the others.
func TestRunners(t *testing.T) {
	layers := catalog.ReadLayers(environment{
		"HOME": "/nonexistent", "XDG_CONFIG_DIRS": "/nonexistent",
		"ELECTROSCOPE_SET": "[runners.vpn]\nexecs = true\n[runners.\"gl-*\"]\n",
	}.get, "[apps.a]\n[apps.b]\n[runners.vpn]\noptions-with-value = [\"-x\", \"--via\"]\noperands = 1\n")
	want := []runner.Runner{{Name: "gl-*"}, {Name: "vpn", Execs: true, Values: []string{"-x", "--via"}, Operands: 1}}
	for _, name := range []string{"a", "b"} {
		s, mistakes, ok := layers.App(name)
		if diff := cmp.Diff(want, s.App.Runners); diff != "" || !ok || len(mistakes) > 0 {
			t.Errorf("%s: %v %v, -want +got\n%s", name, ok, mistakes, diff)
		}
	}
	s, _ := layers.Default()
	if diff := cmp.Diff(want, s.App.Runners); diff != "" {
		t.Errorf("a program without a table: -want +got\n%s", diff)
	}
	shown := layers.Show()
	for _, line := range []string{"[runners.\"gl-*\"]\n", "[runners.vpn]\nexecs = true  # ", "options-with-value = [\"-x\", \"--via\"]  # shipped apps.toml:4\n"} {
		if !strings.Contains(shown, line) {
			t.Errorf("Show does not have %q:\n%s", line, shown)
		}
	}
}

func TestRunnerMistakes(t *testing.T) {
	for text, want := range map[string]string{
		"[runners]\nnice = true":                        `nice: wrong type: is true or false, not a table`,
		"runners = 1":                                   `runners: wrong type: is a whole number, not a table`,
		"[runners.\"/usr/bin/vpn\"]":                    `"/usr/bin/vpn" is a path, not a name`,
		"[runners.\"*\"]":                               `"*" is every program`,
		"[runners.\"a*b\"]":                             `"a*b" has a * before its end`,
		"[runners.vpn]\nexec = true":                    `runners.vpn.exec: unknown key`,
		"[runners.vpn]\nexecs = 1":                      `runners.vpn.execs: wrong type`,
		"[runners.vpn]\noperands = 9":                   `9 is out of range`,
		"[runners.vpn]\noptions-with-value = [\"via\"]": `"via" is not an option`,
		"[runners.vpn]\noptions-with-value = [\"-v=\"]": `"-v=" has its value with it`,
	} {
		layers := catalog.ReadLayers(environment{"XDG_CONFIG_DIRS": "/nonexistent"}.get, text+"\n")
		_, mistakes := layers.All()
		if len(mistakes) != 1 || !strings.Contains(mistakes[0].Error(), want) {
			t.Errorf("%q: %v, want %q", text, mistakes, want)
		}
	}
}
