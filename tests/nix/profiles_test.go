//go:build rig

package nix

import (
	"encoding/json"
	"testing"

	"electroscope"

	"github.com/BurntSushi/toml"
	"github.com/google/go-cmp/cmp"
)

// The budget of the machine that docs/plan.md is for is the one that the program has built in, so that a launch without any Nix has the same.
func TestProfileAgreesWithAppsToml(t *testing.T) {
	var shipped struct{ Budget map[string]string }
	if _, err := toml.Decode(electroscope.Apps, &shipped); err != nil {
		t.Fatal(err)
	}
	stdout, stderr, err := run(t, program(t, "trixie", "nix-instantiate"), "--eval", "--strict", "--json",
		"--expr", "(import ../../nix/profiles/shoshin.nix).budget")
	if err != nil {
		t.Fatalf("shoshin's budget: %v %s", err, message(stderr))
	}
	var profile map[string]string
	if err := json.Unmarshal(stdout, &profile); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(shipped.Budget, profile); diff != "" || len(profile) == 0 {
		t.Errorf("- apps.toml, + nix/profiles/shoshin.nix:\n%s", diff)
	}
}
