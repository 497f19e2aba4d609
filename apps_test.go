package electroscope

import (
	"os"
	"regexp"
	"testing"

	"electroscope/launcher/catalog"
)

// An app that is shipped stands in two files, apps.toml and nix/apps.nix. All else is made
// of these: links, packages, completions, modules.
func TestAppsStandInTwoFiles(t *testing.T) {
	all, _ := catalog.ReadLayers(func(string) string { return "" }, Apps).All()
	text, err := os.ReadFile("nix/apps.nix")
	if err != nil {
		t.Fatal(err)
	}
	inNix := map[string]bool{}
	for _, found := range regexp.MustCompile(`(?m)^  ([a-z0-9-]+) = \{$`).FindAllSubmatch(text, -1) {
		inNix[string(found[1])] = true
	}
	for _, app := range all.Apps {
		if !inNix[app.Key] {
			t.Errorf("apps.%s is in apps.toml, not in nix/apps.nix: add its attribute in nixpkgs (or null) and its program there", app.Key)
		}
		delete(inNix, app.Key)
	}
	for key := range inNix {
		t.Errorf("%s is in nix/apps.nix, not in apps.toml: add its table there", key)
	}
}
