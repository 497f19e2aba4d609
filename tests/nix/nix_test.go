//go:build rig

// Package nix tests the Nix tree without nixpkgs: cases in Nix (cases/*.nix), evaluated by Debian's Nix with a module library and an
// options file of our own. README.md tells how a case is written; run.sh builds and runs all this.
package nix

import (
	"bytes"
	"context"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

var update = flag.Bool("update", false, "write the golden files anew")

// suites have a Nix that knows flakes as they are today: 2.26 and 2.34.
var suites = []string{"trixie", "sid"}

// A base is what cases are evaluated with: a Nix and, where they are at hand, the real things in the place of ours.
type base struct {
	name  string   // as the subtest is called
	suite string   // of Debian, whose Nix it is
	given []string // arguments for cases.nix, of the real things: a name, a path, and so on
}

// bases lists what each case must hold with. The variables are told of in run.sh.
func bases() []base {
	all := []base{{name: "trixie", suite: "trixie"}, {name: "sid", suite: "sid"}}
	nixpkgs, home, plasma := os.Getenv("NIX_TEST_NIXPKGS"), os.Getenv("NIX_TEST_HM"), os.Getenv("NIX_TEST_PLASMA")
	if nixpkgs != "" {
		real := base{"real", "sid", []string{"nixpkgs", nixpkgs}}
		if home != "" {
			real.given = append(real.given, "homeManager", home)
		}
		if home != "" && plasma != "" {
			real.given = append(real.given, "plasmaManager", plasma)
		}
		all = append(all, real)
	}
	return all
}

// program returns the path of a command (nix, nix-instantiate, nix-build ...) of that suite's Nix, which tests/rig/nix.sh keeps.
func program(t *testing.T, suite, command string) string {
	t.Helper()
	folder, ok := rigs.Load(suite)
	if !ok {
		rig := exec.Command("bash", "../rig/nix.sh", suite)
		rig.Stderr = os.Stderr
		out, err := rig.Output()
		if err != nil {
			t.Fatalf("tests/rig/nix.sh %s: %v", suite, err)
		}
		folder, _ = rigs.LoadOrStore(suite, strings.TrimSpace(string(out)))
	}
	return filepath.Join(folder.(string), "bin", command)
}

var rigs sync.Map // suite -> folder

// limit bounds a command: one that builds the program, or evaluates all of NixOS, on a busy machine.
func limit() time.Duration {
	if os.Getenv("NIX_TEST_NIXPKGS") != "" {
		return 20 * time.Minute
	}
	return 5 * time.Minute
}

// run runs a command, within the limit, and returns what it wrote.
func run(t *testing.T, name string, args ...string) (stdout, stderr []byte, err error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), limit())
	defer cancel()
	command := exec.CommandContext(ctx, name, args...)
	command.Env = append(os.Environ(), "NO_COLOR=1")
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	command.Cancel = func() error { return syscall.Kill(-command.Process.Pid, syscall.SIGKILL) }
	command.WaitDelay = 5 * time.Second
	var out, said bytes.Buffer
	command.Stdout, command.Stderr = &out, &said
	err = command.Run()
	if ctx.Err() != nil {
		t.Fatalf("%s %q took longer than %v", name, args, limit())
	}
	return out.Bytes(), said.Bytes(), err
}

// message returns the last error that Nix reports, on one line. The trace before it and the place behind it quote source text.
func message(stderr []byte) string {
	text := string(stderr)
	if at := strings.LastIndex(text, "error: "); at >= 0 {
		text = text[at+len("error: "):]
	}
	if at := place.FindStringIndex(text); at != nil {
		text = text[:at[0]]
	}
	return strings.Join(strings.Fields(text), " ")
}

var place = regexp.MustCompile(`(?m)^ +at .+:\d+:\d+:$`)
