//go:build rig

package nix

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A unit is what systemd is asked about: the golden files, put where NixOS writes them, that make it up.
type unit struct {
	name  string            // as systemd-analyze is given it
	files map[string]string // place below the folder of units -> golden file
}

// others are units that are not ours, of which our modules write a part.
var others = map[string]string{
	"display-manager.service": "[Service]\nExecStart=/bin/true\n",
	"app.slice":               "[Unit]\nDescription=User Application Slice\n", // systemd's own
}

var rendered = []unit{
	{"user-1000.slice", map[string]string{"user-.slice.d/overrides.conf": "nixos/user-.slice.d/overrides.conf"}},
	{"system.slice", map[string]string{"system.slice": "nixos/system.slice"}},
	{"app.slice", map[string]string{"app.slice.d/overrides.conf": "nixos/app.slice.d/overrides.conf"}},
	{"display-manager.service", map[string]string{"display-manager.service.d/overrides.conf": "nixos/display-manager.service"}},
	{"display-manager.service", map[string]string{"display-manager.service.d/overrides.conf": "nixos/capped/display-manager.service"}},
}

// TestRendered has every unit that our NixOS modules render read by systemd 252, 257 and 262, which must find nothing to say.
func TestRendered(t *testing.T) {
	for _, suite := range []string{"bookworm", "trixie", "sid"} {
		t.Run(suite, func(t *testing.T) {
			for _, unit := range rendered {
				if said, err := unit.verify(t, suite, strings.NewReplacer()); err != nil || said != "" {
					t.Errorf("systemd on %v: %v\n%s", unit.files, err, said)
				}
			}
			misspelt := strings.NewReplacer("MemoryMax=", "MemoryMaximum=")
			if said, _ := rendered[0].verify(t, suite, misspelt); !strings.Contains(said, "MemoryMaximum") {
				t.Errorf("systemd says nothing of a misspelt setting, so that it says nothing above means nothing: %q", said)
			}
			// Mistake 4, seen by systemd itself.
			plan := unit{"user-.slice", map[string]string{"user-.slice": "nixos/plan/user-.slice"}}
			if said, err := plan.verify(t, suite, strings.NewReplacer()); err == nil || !strings.Contains(said, "Invalid argument") {
				t.Errorf("systemd takes the plan's user-.slice: %v, %q", err, said)
			}
		})
	}
}

// verify has a suite's systemd read the unit, each golden file changed by edit, and returns what it says (systemd-analyze(1), verify).
func (u unit) verify(t *testing.T, suite string, edit *strings.Replacer) (said string, err error) {
	t.Helper()
	folder := t.TempDir()
	files := map[string]string{}
	for place, golden := range u.files {
		text, err := os.ReadFile(filepath.Join("golden", golden))
		if err != nil {
			t.Fatal(err)
		}
		files[place] = edit.Replace(string(text))
	}
	if text, ok := others[u.name]; ok {
		files[u.name] = text
	}
	for place, text := range files {
		path := filepath.Join(folder, place)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	stdout, stderr, err := run(t, "bash", "../rig/session.sh", "--suite", suite, "--no-manager", "--quiet", "--bind", folder, "--",
		"env", "SYSTEMD_UNIT_PATH="+folder+":", "systemd-analyze", "verify", "--man=no", filepath.Join(folder, u.name))
	return string(stdout) + string(stderr), err
}
