//go:build rig

package nix

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"electroscope"
)

// outputs are the names that a user of the flake finds, by their place in it.
var outputs = map[string][]string{
	"packages.x86_64-linux":  {"default", "electroscope"},
	"packages.aarch64-linux": {"default", "electroscope"},
	"overlays":               {"default", "runtimes", "system-libs", "system-libs-nixos"},
	"nixosModules":           {"cgroup", "default", "electroscope", "io", "nvidia-vaapi", "oomd", "profile", "slices", "sysctl", "system-libs", "zram"},
	"homeModules":            {"default", "electroscope", "plasma", "profile", "system-libs"},
	"homeManagerModules":     {"default", "electroscope", "plasma", "profile", "system-libs"},
	"lib":                    {"front", "hardwareProfiles", "overlays"},
	"lib.hardwareProfiles":   {"generic-x86_64-v3", "laptop-amd", "shoshin"},
	"checks.x86_64-linux": {"catalogue", "electroscope", "nixos-generic-x86_64-v3", "nixos-gnome", "nixos-laptop-amd", "nixos-plasma",
		"nixos-proposals", "nixos-read-only", "nixos-shoshin", "vm"},
	"checks.aarch64-linux":    {"catalogue", "electroscope"},
	"devShells.aarch64-linux": {"default"},
	"templates":               {"default", "home", "workstation"},
}

func TestFlake(t *testing.T) {
	for _, suite := range suites {
		t.Run(suite, func(t *testing.T) {
			t.Parallel()
			c := newCheckout(t, suite)
			c.nix(t, "flake", "check", "--no-build", c.ref)
			c.nix(t, "flake", "show", "--all-systems", c.ref)
			for place, want := range outputs {
				var got []string
				c.eval(t, c.ref+"#"+place, "builtins.attrNames", &got)
				if !slices.Equal(got, want) {
					t.Errorf("%s has %q, want %q", place, got, want)
				}
			}
		})
	}
}

// What a configuration does with the overlays: ours for any machine, or made for its own, in a package set beside the system's.
func TestFlakeOverlays(t *testing.T) {
	t.Parallel()
	c := newCheckout(t, "sid")
	write(t, filepath.Join(c.in, "flake.nix"), `{
		inputs.nixpkgs.url = "`+c.ref+`?dir=tests/nix/stub/nixpkgs";
		inputs.electroscope.url = "`+c.ref+`";
		inputs.electroscope.inputs.nixpkgs.follows = "nixpkgs";
		outputs = { nixpkgs, electroscope, ... }:
			let
				pkgs = nixpkgs.legacyPackages.x86_64-linux;
				with' = overlay: pkgs.extend overlay;
				march = pkgs: builtins.head (builtins.match ".*-march=([^ ]*).*" pkgs.zstd.env.NIX_CFLAGS_COMPILE);
				mine = electroscope.lib.hardwareProfiles.shoshin // { name = "mine"; };
			in
			{
				answer = {
					program = (with' electroscope.overlays.default).electroscope.name;
					shipped = march (with' electroscope.overlays.system-libs);
					mine = march (with' (electroscope.lib.overlays mine).system-libs);
				};
				misspelt = march (with' (electroscope.lib.overlays (mine // { memry.ram = 16; })).system-libs);
			};
	}`)
	c.options = []string{"--offline", "--no-write-lock-file"}
	c.checkJSON(t, "path:"+c.in+"#answer", "answer: answer", fmt.Sprintf(`{"program": "electroscope-%s", "shipped": "x86-64-v3", "mine": "skylake"}`, strings.TrimSpace(electroscope.Version)))
	c.refuses(t, "memry", "eval", "path:"+c.in+"#misspelt")
}

// A module that is lost, or a flake that names a file which git does not know, must not pass for a good one.
func TestFlakeWithoutAModule(t *testing.T) {
	t.Parallel()
	c := newCheckout(t, "trixie")
	if err := os.Remove(filepath.Join(c.dir, "nix/nixos/zram.nix")); err != nil {
		t.Fatal(err)
	}
	c.refuses(t, "zram.nix", "flake", "check", "--no-build", c.ref)
}

// A checkout with git: what git does not know is not there.
func TestGitCheckout(t *testing.T) {
	t.Parallel()
	c := newCheckout(t, "sid")
	git(t, c.dir, "init", "--quiet")
	git(t, c.dir, "add", ".")
	place := "git+file://" + c.dir + "#lib.hardwareProfiles"
	c.checkJSON(t, place, "builtins.attrNames", `["generic-x86_64-v3", "laptop-amd", "shoshin"]`)

	git(t, c.dir, "rm", "--quiet", "--cached", "nix/profiles/shoshin.nix")
	c.refuses(t, "shoshin.nix", "eval", place+".shoshin.name")
	if _, err := os.Stat(filepath.Join(c.dir, "nix/profiles/shoshin.nix")); err != nil {
		t.Error(err)
	}
}

func git(t *testing.T, dir string, args ...string) {
	t.Helper()
	if out, err := exec.Command("git", append([]string{"-C", dir}, args...)...).CombinedOutput(); err != nil {
		t.Fatalf("git %s: %v\n%s", strings.Join(args, " "), err, out)
	}
}
