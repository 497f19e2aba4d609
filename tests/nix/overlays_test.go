//go:build rig

package nix

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// The overlays' rustc, really built and run: what it hands on to the one before it, here a script that prints its arguments.
func TestRustc(t *testing.T) {
	c := newCheckout(t, "trixie")
	out := c.nix(t, "build", "--no-link", "--print-out-paths", "--impure", "--expr", `
		let
		  lib = import `+c.dir+`/tests/nix/modules;
		  pkgs = import `+c.dir+`/tests/nix/packages { inherit lib; };
		  tuned = pkgs.extend (import `+c.dir+`/overlays { inherit lib; } (import `+c.dir+`/nix/profiles/shoshin.nix)).runtimes;
		in
		pkgs.runCommand "rustc-runs" { } "
		  ${tuned.rustc}/bin/rustc --edition=2024 'a b.rs' >> $out
		  ${tuned.rustc}/bin/rustc -C target-cpu=native a.rs >> $out
		  ${tuned.rustc}/bin/rustc --target wasm32-unknown-unknown a.rs >> $out
		  ${tuned.rustc}/bin/rustc --target=wasm32-unknown-unknown a.rs >> $out
		"`)
	got, err := os.ReadFile(filepath.Join(c.store, strings.TrimSpace(out)))
	const want = `-C target-cpu=skylake --edition=2024 a b.rs
-C target-cpu=skylake -C target-cpu=native a.rs
--target wasm32-unknown-unknown a.rs
--target=wasm32-unknown-unknown a.rs
`
	if err != nil || string(got) != want {
		t.Errorf("rustc was given %v\n%swant\n%s", err, got, want)
	}
}

// What mistake 7 comes to: ld takes -fuse-ld for an option of GCC's and ignores it, whatever linker it names.
func TestLinkerIgnoresFuseLd(t *testing.T) {
	help, err := exec.Command("ld", "--help").Output()
	if err != nil {
		t.Fatalf("ld --help: %v\n(remedy: tests/rig/install.sh lint, or apt-get install binutils)", err)
	}
	for line := range strings.Lines(string(help)) {
		if strings.Contains(line, "-fuse-ld=") {
			if !strings.Contains(line, "Ignored") {
				t.Errorf("ld no longer ignores it: %s", line)
			}
			return
		}
	}
	t.Error("ld --help does not know -fuse-ld")
}

// To go back, docs/plan.md updates the lock file (mistake 17) or removes the configuration. Nothing of ours tells people to
// do so, but for the table of mistakes, and it does tell the commands that go back.
func TestRollbackIsTold(t *testing.T) {
	wrong := []string{"--recreate-lock-file", "rm -rf ~/.config/home-manager"}
	right := map[string]bool{"nixos-rebuild switch --rollback": false, "home-manager switch --rollback": false}
	files := append([]string{"../../README.md"}, walk(t, "../../docs", ".md")...)
	for _, ending := range []string{".nix", ".md"} {
		files = append(files, walk(t, "../../nix", ending)...)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(text)) {
			for _, command := range wrong {
				if strings.Contains(line, command) && !strings.HasPrefix(line, "|") {
					t.Errorf("%s tells people to %q: %s", file, command, line)
				}
			}
			for command := range right {
				right[command] = right[command] || strings.Contains(line, command)
			}
		}
	}
	for command, said := range right {
		if !said {
			t.Errorf("%q is nowhere told", command)
		}
	}
}
