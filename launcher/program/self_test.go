package program

import (
	"debug/buildinfo"
	"os"
	"testing"

	"electroscope/tests/tree"
)

// The test's own program has electroscope for its main module, and Go's reader
// says so too.
func TestIsElectroscope(t *testing.T) {
	self, err := os.Executable()
	check(t, err)
	info, err := buildinfo.ReadFile(self)
	check(t, err)
	if got, want := IsElectroscope(self), info.Main.Path == "electroscope"; got != want || !want {
		t.Errorf("the test itself: %v, by debug/buildinfo %q", got, info.Main.Path)
	}
	data, err := os.ReadFile(self)
	check(t, err)
	copied := t.TempDir() + "/discord"
	check(t, os.WriteFile(copied, data, 0o755))
	if !IsElectroscope(copied) {
		t.Error("a copy is not recognised")
	}
	root := tree.Make(t, map[string]string{"app": "ELF x\nmod\telectroscope\t(devel)\n", "script": "#!/bin/sh\n", "dir": "dir"})
	for _, name := range []string{"app", "script", "dir", "gone"} {
		if IsElectroscope(root + "/" + name) {
			t.Errorf("%s is taken for electroscope", name)
		}
	}
}
