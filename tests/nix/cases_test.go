//go:build rig

package nix

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A kind tells what a case is to come to: an error that holds this text, the text of a golden file, or else its own `expected`.
type kind struct{ Golden, Error *string }

type value struct{ Actual, Expected any }

// TestCases evaluates each file of cases/ with every base.
func TestCases(t *testing.T) {
	for _, file := range caseFiles(t) {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".nix"), func(t *testing.T) {
			for _, base := range bases() {
				t.Run(base.name, func(t *testing.T) {
					t.Parallel()
					cases{base, file}.check(t)
				})
			}
		})
	}
}

// TestOldNix sees that our own library runs on Nix 2.8 too.
func TestOldNix(t *testing.T) {
	for _, file := range []string{"cases/library.nix", "cases/functions.nix"} {
		cases{base{name: "bookworm", suite: "bookworm"}, file}.check(t)
	}
}

func caseFiles(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("cases/*.nix")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases/*.nix here: %v", err)
	}
	return files
}

// cases is a file of them on one base.
type cases struct {
	base base
	file string
}

func (c cases) check(t *testing.T) {
	kinds := c.kinds(t)
	values := c.values(t)
	for name, kind := range kinds {
		t.Run(name, func(t *testing.T) {
			switch {
			case kind.Error != nil:
				c.checkError(t, name, *kind.Error)
			case kind.Golden != nil:
				c.checkGolden(t, c.value(t, values, name).Actual, *kind.Golden)
			default:
				value := c.value(t, values, name)
				if diff := cmp.Diff(value.Expected, value.Actual); diff != "" {
					t.Errorf("- expected, + actual:\n%s", diff)
				}
			}
		})
	}
}

// eval evaluates one attribute of cases.nix into `into`, or returns Nix's error.
func (c cases) eval(t *testing.T, attribute string, into any) (failure string) {
	t.Helper()
	path, err := filepath.Abs(c.file)
	if err != nil {
		t.Fatal(err)
	}
	args := []string{"--eval", "--strict", "--json", "--read-write-mode", "cases.nix", "-A", attribute, "--argstr", "file", path}
	for given := c.base.given; len(given) > 0; given = given[2:] {
		args = append(args, "--argstr", given[0], given[1])
	}
	stdout, stderr, err := run(t, program(t, c.base.suite, "nix-instantiate"), args...)
	if err != nil {
		return message(stderr)
	}
	if err := json.Unmarshal(stdout, into); err != nil {
		t.Fatalf("%s of %s: %v", attribute, c.file, err)
	}
	return ""
}

func (c cases) kinds(t *testing.T) map[string]kind {
	t.Helper()
	var kinds map[string]kind
	if failure := c.eval(t, "kinds", &kinds); failure != "" {
		t.Fatalf("cannot read %s: %s", c.file, failure)
	}
	if len(kinds) == 0 {
		t.Fatalf("%s has no cases", c.file)
	}
	return kinds
}

// values evaluates all values of the file at once. If one of them fails there are none, and each is evaluated by itself.
func (c cases) values(t *testing.T) map[string]value {
	t.Helper()
	var values map[string]value
	if failure := c.eval(t, "values", &values); failure != "" {
		return nil
	}
	return values
}

func (c cases) value(t *testing.T, all map[string]value, name string) value {
	t.Helper()
	if one, ok := all[name]; ok {
		return one
	}
	var one value
	if failure := c.eval(t, `values."`+escape(name)+`"`, &one); failure != "" {
		t.Fatalf("evaluation failed: %s", failure)
	}
	return one
}

func (c cases) checkError(t *testing.T, name, want string) {
	t.Helper()
	var got any
	failure := c.eval(t, `cases."`+escape(name)+`".actual`, &got)
	if failure == "" {
		t.Fatalf("evaluation was to fail with %q, and gave %v", want, got)
	}
	if !strings.Contains(failure, strings.Join(strings.Fields(want), " ")) {
		t.Errorf("the error does not hold %q:\n%s", want, failure)
	}
}

// escape makes a name fit for an attribute path on Nix's command line.
func escape(name string) string {
	return strings.ReplaceAll(name, `"`, `\"`)
}

// checkGolden compares a text with tests/nix/golden/NAME. What the real NixOS writes has more lines: it is to have the golden ones.
func (c cases) checkGolden(t *testing.T, actual any, name string) {
	t.Helper()
	text, ok := actual.(string)
	if !ok || len(c.base.given) == 0 {
		checkGolden(t, actual, name)
		return
	}
	golden, err := os.ReadFile(filepath.Join("golden", filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	written := strings.Split(text, "\n")
	for line := range strings.Lines(string(golden)) {
		if line = strings.TrimSuffix(line, "\n"); !slices.Contains(written, line) {
			t.Errorf("golden/%s has %q, which is not in\n%s", name, line, text)
		}
	}
}

// checkGolden compares a text with tests/nix/golden/NAME.
func checkGolden(t *testing.T, actual any, name string) {
	t.Helper()
	text, ok := actual.(string)
	if !ok {
		t.Fatalf("a golden case needs a text, this is a %T", actual)
	}
	path := filepath.Join("golden", filepath.FromSlash(name))
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v\n(remedy: tests/nix/run.sh -update)", err)
	}
	if diff := cmp.Diff(string(want), text); diff != "" {
		t.Errorf("%s, - golden, + actual:\n%s", path, diff)
	}
}
