//go:build rig

package nix

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A checkout is a copy of this one, of what a commit of it would hold, with a Nix and an empty store to try it in.
type checkout struct {
	dir     string // the copy
	ref     string // its address as a flake
	program string // nix
	store   string
	in      string   // where commands are run
	sandbox []string // what a build sees of the machine, "IN=OUTSIDE"
	options []string // of every command: no network, no lock file, and the stand-ins for the inputs
}

func newCheckout(t *testing.T, suite string) *checkout {
	t.Helper()
	c := &checkout{
		dir:     filepath.Join(t.TempDir(), "electroscope"),
		program: program(t, suite, "nix"),
		store:   t.TempDir(),
		in:      t.TempDir(),
	}
	c.ref = "path:" + c.dir
	c.options = []string{
		"--offline", "--no-write-lock-file",
		"--override-input", "nixpkgs", c.ref + "?dir=tests/nix/stub/nixpkgs",
	}
	c.copyFiles(t)
	return c
}

// copyFiles takes what git knows or would take up: neither .git nor what was built.
func (c *checkout) copyFiles(t *testing.T) {
	t.Helper()
	list, err := exec.Command("git", "-C", "../..", "ls-files", "-z", "--cached", "--others", "--exclude-standard").Output()
	if err != nil {
		t.Fatalf("git ls-files: %v", err)
	}
	for name := range strings.SplitSeq(strings.TrimSuffix(string(list), "\x00"), "\x00") {
		from, to := filepath.Join("../..", name), filepath.Join(c.dir, name)
		text, err := os.ReadFile(from)
		if errors.Is(err, fs.ErrNotExist) {
			continue // removed, and the removal not yet committed
		}
		if err == nil {
			err = os.MkdirAll(filepath.Dir(to), 0o755)
		}
		if err == nil {
			err = os.WriteFile(to, text, 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

func write(t *testing.T, file, text string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// change replaces a piece of a file, which must be there once.
func change(t *testing.T, file, old, new string) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(text), old); n != 1 {
		t.Fatalf("%s has %q %d times, not once", file, old, n)
	}
	write(t, file, strings.Replace(string(text), old, new, 1))
}

// run gives what a nix command prints, and as an error what it complains of.
func (c *checkout) run(t *testing.T, args ...string) (string, error) {
	t.Helper()
	command := []string{
		"--chdir", c.in,
		"NIX_STORE_ROOT=" + c.store,
		"XDG_CACHE_HOME=" + filepath.Join(c.store, "cache"),
		"NIX_CONFIG=extra-sandbox-paths = " + strings.Join(c.sandbox, " "),
		c.program,
	}
	out, said, err := run(t, "env", append(command, args...)...)
	if err != nil {
		err = fmt.Errorf("nix %s: %w\n%s", strings.Join(args, " "), err, said)
	}
	return string(out), err
}

// nix runs a command that must succeed.
func (c *checkout) nix(t *testing.T, args ...string) string {
	t.Helper()
	out, err := c.run(t, append(args, c.options...)...)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// eval puts apply of the value at a place of a flake into want.
func (c *checkout) eval(t *testing.T, place, apply string, got any) {
	t.Helper()
	out := c.nix(t, "eval", "--json", place, "--apply", apply)
	if err := json.Unmarshal([]byte(out), got); err != nil {
		t.Fatalf("%s: %v in %q", place, err, out)
	}
}

// checkJSON compares what apply makes of the value at a place of a flake with want, both as JSON.
func (c *checkout) checkJSON(t *testing.T, place, apply, want string) {
	t.Helper()
	var got, wanted any
	c.eval(t, place, apply, &got)
	if err := json.Unmarshal([]byte(want), &wanted); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(wanted, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", place, diff)
	}
}

// refuses runs a command that must fail, and say why.
func (c *checkout) refuses(t *testing.T, why string, args ...string) {
	t.Helper()
	out, err := c.run(t, append(args, c.options...)...)
	if err == nil {
		t.Errorf("%s succeeds, and prints %s", strings.Join(args, " "), out)
	} else if !strings.Contains(err.Error(), why) {
		t.Errorf("the complaint does not contain %q:\n%v", why, err)
	}
}
