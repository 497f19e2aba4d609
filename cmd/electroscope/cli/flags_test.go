package cli

import (
	"slices"
	"testing"
)

// Every command that changes something or starts a program can say beforehand what it would
// do, by the same two names.
func TestDryRunOption(t *testing.T) {
	for _, name := range []string{"run", "shell", "install", "uninstall", "link", "unlink", "set"} {
		if !slices.ContainsFunc(find(name).options(), func(o option) bool { return o.name == "--dry-run" && o.short == "-n" }) {
			t.Errorf("%s has no -n, --dry-run", name)
		}
	}
}
