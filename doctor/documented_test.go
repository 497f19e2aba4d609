package doctor

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestDocument: docs/doctor.md lists every check as it is.
func TestDocument(t *testing.T) {
	text, err := os.ReadFile("../docs/doctor.md")
	if err != nil {
		t.Fatal(err)
	}
	var table strings.Builder
	group := Group("")
	for _, c := range Checks() {
		if c.Group != group {
			group = c.Group
			fmt.Fprintf(&table, "\n### %s\n\n| check | wanted | why |\n|---|---|---|\n", group)
		}
		fmt.Fprintf(&table, "| `%s` | %s | %s |\n", c.Name, c.Wanted, c.Why)
	}
	before, _, found := strings.Cut(string(text), "\n### ")
	before = withFixes(t, before)
	if want := before + table.String(); *update && found {
		if err := os.WriteFile("../docs/doctor.md", []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if diff := cmp.Diff(want, string(text)); diff != "" {
		t.Errorf("docs/doctor.md is behind; go test ./doctor -update writes it anew (-want +got):\n%s", diff)
	}
}

// withFixes has the table of fixes in a text as it is.
func withFixes(t *testing.T, text string) string {
	t.Helper()
	const head = "| check | what `--fix` changes | what makes it take effect |\n|---|---|---|\n"
	before, after, found := strings.Cut(text, head)
	if !found {
		t.Fatalf("docs/doctor.md has no %q", head)
	}
	var rows strings.Builder
	for _, c := range Fixes() {
		fmt.Fprintf(&rows, "| `%s` | %s | %s |\n", c.Name, c.Fix.Changes, or(c.Fix.Then, "nothing: it does at once"))
	}
	_, rest, _ := strings.Cut("\n"+after, "\n\n")
	return before + head + rows.String() + "\n" + rest
}

// TestPlanIsAnswered: the README's table names a check for each question of the plan, and only
// checks that there are.
func TestPlanIsAnswered(t *testing.T) {
	text, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, found := strings.Cut(string(text), "| the plan asks | check |\n|---|---|\n")
	if !found {
		t.Fatal("README.md has no such table")
	}
	table, _, _ = strings.Cut(table, "\n\n")
	names := []string{}
	for _, c := range Checks() {
		names = append(names, c.Name)
	}
	for line := range strings.Lines(table) {
		cells := strings.Split(strings.Trim(line, "|\n"), "|")
		words := strings.Split(cells[1], "`")
		if len(cells) != 2 || len(words) < 3 {
			t.Errorf("%q names no check", line)
		}
		for i := 1; i < len(words); i += 2 {
			if name := words[i]; !slices.Contains(names, name) && !strings.HasPrefix(name, "electroscope ") {
				t.Errorf("%q is not a check", name)
			}
		}
	}
}

// TestModulesAreKnown: the line by which a module is known is in the file that it writes
// (tests/nix/golden).
func TestModulesAreKnown(t *testing.T) {
	const golden = "../tests/nix/golden/nixos/"
	for _, mod := range modules {
		text, err := os.ReadFile(golden + filepath.Base(mod.file))
		if err != nil {
			text, err = os.ReadFile(golden + filepath.Base(filepath.Dir(mod.file)) + "/" + filepath.Base(mod.file))
		}
		if err != nil || !strings.Contains(string(text), mod.text) {
			t.Errorf("%s: %q is not in %s: %v", mod.name, mod.text, mod.file, err)
		}
	}
}
