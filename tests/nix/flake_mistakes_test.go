//go:build rig

package nix

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Mistakes of docs/plan.md that are made in a flake.nix; the others are cases. The plan's form is first, ours second.

// Mistake 18: an input that is a flake brings all of its own inputs into the lock file; flake = false, or an exported profile, brings none.
func TestMistake18FlakeForOneFile(t *testing.T) {
	t.Parallel()
	c := newCheckout(t, "sid")
	workspace, system := t.TempDir(), t.TempDir()
	write(t, filepath.Join(workspace, "profile.nix"), `{ name = "mine"; }`)
	write(t, filepath.Join(workspace, "flake.nix"), `{
		inputs.nixpkgs.url = "`+c.ref+`?dir=tests/nix/stub/nixpkgs";
		inputs.home-manager.url = "`+c.ref+`?dir=tests/nix/stub/home-manager";
		inputs.home-manager.inputs.nixpkgs.follows = "nixpkgs";
		outputs = _: { };
	}`)
	locked := func(flake string) []string {
		write(t, filepath.Join(system, "flake.nix"), flake)
		var metadata struct {
			Locks struct{ Nodes map[string]any }
		}
		out, err := c.run(t, "flake", "metadata", "--json", "--offline", "--no-write-lock-file", "path:"+system)
		if err == nil {
			err = json.Unmarshal([]byte(out), &metadata)
		}
		if err != nil {
			t.Fatal(err)
		}
		return slices.Sorted(maps.Keys(metadata.Locks.Nodes))
	}

	plan := `{ inputs.hm-workspace.url = "path:` + workspace + `"; outputs = { self, hm-workspace }: { name = (import "${hm-workspace}/profile.nix").name; }; }`
	if got, want := locked(plan), []string{"hm-workspace", "home-manager", "nixpkgs", "root"}; !slices.Equal(got, want) {
		t.Errorf("the plan's form locks %q, and was to lock %q", got, want)
	}
	ours := strings.Replace(plan, `"; outputs`, `"; inputs.hm-workspace.flake = false; outputs`, 1)
	if got, want := locked(ours), []string{"hm-workspace", "root"}; !slices.Equal(got, want) {
		t.Errorf("ours locks %q, want %q", got, want)
	}
	if out, err := c.run(t, "eval", "--offline", "--no-write-lock-file", "--raw", "path:"+system+"#name"); err != nil || out != "mine" {
		t.Errorf("ours gives the name %q, %v", out, err)
	}
}

// Mistake 22: nixosSystem is given no system: the hardware's module says nixpkgs.hostPlatform, and who leaves it out is told.
func TestMistake22SystemArgument(t *testing.T) {
	t.Parallel()
	c, dir := inTemplate(t, "sid", "workstation")
	write(t, filepath.Join(dir, "configuration.nix"), strings.Replace(configuration, "x86_64-linux", "aarch64-linux", 1))
	c.checkJSON(t, "path:"+dir+"#nixosConfigurations.shoshin", `system: { inherit (system) arguments; inherit (system.config.nixpkgs) hostPlatform; }`,
		`{"arguments": ["modules"], "hostPlatform": "aarch64-linux"}`)

	change(t, filepath.Join(dir, "flake.nix"), "nixpkgs.lib.nixosSystem {", `nixpkgs.lib.nixosSystem { system = "x86_64-linux";`)
	c.checkJSON(t, "path:"+dir+"#nixosConfigurations.shoshin", `system: system.arguments`, `["modules", "system"]`)
}

// Mistake 17: to go back, the plan makes the lock file anew. That fetches what is newest; the generation before is what was there.
func TestMistake17RecreatedLock(t *testing.T) {
	t.Parallel()
	c := newCheckout(t, "sid")
	inputs, flake, profile := t.TempDir(), "path:"+c.in, filepath.Join(t.TempDir(), "profile")
	write(t, filepath.Join(c.in, "flake.nix"), `{
		inputs.newest = { url = "path:`+inputs+`"; flake = false; };
		outputs = { self, newest }: {
			packages = builtins.mapAttrs (system: _: {
				default = derivation {
					inherit system;
					name = "home-of-" + builtins.readFile "${newest}/version";
					builder = "/bin/sh";
					args = [ "-c" "echo > $out" ];
				};
			}) { x86_64-linux = 0; aarch64-linux = 0; };
		};
	}`)
	nix := func(args ...string) {
		t.Helper()
		if _, err := c.run(t, append(args, "--offline")...); err != nil {
			t.Fatal(err)
		}
	}
	now := func(want string) {
		t.Helper()
		generation, err := os.Readlink(profile)
		if err == nil {
			generation, err = os.Readlink(filepath.Join(filepath.Dir(profile), generation))
		}
		if err != nil || !strings.HasSuffix(generation, want) {
			t.Errorf("the profile is %q, %v, want %s", generation, err, want)
		}
	}
	version := filepath.Join(inputs, "version")

	write(t, version, "1")
	nix("build", flake, "--profile", profile)
	write(t, version, "2")
	nix("flake", "update", "--flake", flake)
	nix("build", flake, "--profile", profile)
	now("home-of-2")

	write(t, version, "3")
	nix("build", flake, "--recreate-lock-file", "--no-write-lock-file", "--profile", profile+"-of-the-plan")
	nix("profile", "rollback", "--profile", profile)
	now("home-of-1")
	profile += "-of-the-plan"
	now("home-of-3")
}
