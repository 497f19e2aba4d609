package cli

import (
	"slices"
	"testing"
)

// Every command that changes something or starts a program can say beforehand what it would
// do, by the same two names.
func TestDryRunOption(t *testing.T) {
	reads := []string{"explain", "apps", "config", "completion", "version", "help"}
	for _, c := range commands() {
		has := slices.ContainsFunc(c.options(), func(o option) bool { return o.name == "--dry-run" && o.short == "-n" })
		if has == slices.Contains(reads, c.name) {
			t.Errorf("%s has -n, --dry-run: %v", c.name, has)
		}
	}
}
