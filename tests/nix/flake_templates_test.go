//go:build rig

package nix

import (
	"path/filepath"
	"testing"
)

// What every NixOS has beside the template's files.
const configuration = `
{
  nixpkgs.hostPlatform = "x86_64-linux";
  fileSystems."/" = { device = "/dev/disk/by-label/nixos"; fsType = "ext4"; };
  boot.loader.systemd-boot.enable = true;
  networking.hostName = "shoshin";
  system.stateVersion = "26.05";
}
`

// inTemplate makes a folder of a template, as a newcomer would, with stand-ins for the flake's inputs.
func inTemplate(t *testing.T, suite, name string) (c *checkout, dir string) {
	t.Helper()
	c = newCheckout(t, suite)
	dir = c.in
	// flake init fetches the inputs and takes no other ones.
	change(t, filepath.Join(c.dir, "flake.nix"), `"github:NixOS/nixpkgs/nixos-26.05"`, `"`+c.ref+`?dir=tests/nix/stub/nixpkgs"`)
	if _, err := c.run(t, "flake", "init", "--offline", "-t", c.ref+"#"+name); err != nil {
		t.Fatal(err)
	}
	c.options = append(c.options,
		"--override-input", "electroscope", c.ref,
		"--override-input", "home-manager", c.ref+"?dir=tests/nix/stub/home-manager",
	)
	return c, dir
}

func TestWorkstationTemplate(t *testing.T) {
	for _, suite := range suites {
		t.Run(suite, func(t *testing.T) {
			t.Parallel()
			c, dir := inTemplate(t, suite, "workstation")
			write(t, filepath.Join(dir, "configuration.nix"), configuration)

			c.checkJSON(t, "path:"+dir+"#nixosConfigurations.shoshin", `system: {
				inherit (system) arguments assertions warnings;
				platform = system.config.nixpkgs.hostPlatform;
				zram = { inherit (system.config.zramSwap) enable algorithm memoryPercent priority; };
				swappiness = system.config.boot.kernel.sysctl."vm.swappiness";
				users = system.config.systemd.slices."user-".sliceConfig;
				driver = system.config.hardware.nvidia.package.version;
			}`, `{
				"arguments": ["modules"], "assertions": [], "warnings": [],
				"platform": "x86_64-linux",
				"zram": {"enable": true, "algorithm": "zstd", "memoryPercent": 75, "priority": 100},
				"swappiness": 67,
				"users": {"CPUQuota": "600%", "MemoryHigh": "12G", "MemoryMax": "14G"},
				"driver": "580.126.09"
			}`)

			c.checkJSON(t, "path:"+dir+"#homeConfigurations.alice", `home: {
				inherit (home) arguments assertions warnings;
				apps = builtins.attrNames (builtins.mapAttrs (_: app: app.exec) home.config.programs.electroscope.settings.apps);
				inherit (home.config.programs.electroscope.settings) budget;
				inherit (home.config.electroscope.profile.cpu) threads;
				overlays = home.config.nixpkgs.overlays;
			}`, `{
				"arguments": ["modules", "pkgs"], "assertions": [], "warnings": [],
				"apps": ["codium", "discord", "signal"],
				"budget": {"cpus": "50%", "memory": "60%"},
				"threads": 8,
				"overlays": null
			}`)
		})
	}
}

func TestHomeTemplate(t *testing.T) {
	t.Parallel()
	c, dir := inTemplate(t, "sid", "home")
	c.checkJSON(t, "path:"+dir+"#homeConfigurations.alice", `home: {
		inherit (home) assertions warnings;
		apps = builtins.attrNames home.config.programs.electroscope.settings.apps;
		machine = home.config.electroscope.profile.name;
		elsewhere = home.config.targets.genericLinux.enable;
		whole = builtins.isString home.activationPackage.drvPath;
	}`, `{
		"assertions": [], "warnings": [],
		"apps": ["codium", "discord", "signal"],
		"machine": "laptop-amd",
		"elsewhere": true,
		"whole": true
	}`)
}

// One file is the machine for both configurations.
func TestTemplateSharesTheProfile(t *testing.T) {
	t.Parallel()
	c, dir := inTemplate(t, "sid", "workstation")
	write(t, filepath.Join(dir, "configuration.nix"), configuration)
	system, home := "path:"+dir+"#nixosConfigurations.shoshin", "path:"+dir+"#homeConfigurations.alice"

	profile := filepath.Join(dir, "profile.nix")
	change(t, profile, "ram = 16;", "ram = 32;")
	change(t, profile, "zram.percent = 75;", "zram.percent = 50;")
	change(t, profile, `memory = "60%";`, `memory = "40%";`)
	c.checkJSON(t, system, `system: {
		inherit (system.config.zramSwap) memoryPercent;
		inherit (system.config.systemd.slices."user-".sliceConfig) MemoryHigh;
	}`, `{"memoryPercent": 50, "MemoryHigh": "24G"}`)
	c.checkJSON(t, home, `home: {
		inherit (home.config.electroscope.profile.memory) ram zram;
		inherit (home.config.programs.electroscope.settings.budget) memory;
	}`, `{"ram": 32, "zram": {"percent": 50}, "memory": "40%"}`)

	change(t, profile, `vendor = "nvidia";`, `vendor = "amd";`)
	c.refuses(t, `electroscope.nvidiaVaapi: the profile shoshin has gpu.vendor "amd"`, "eval", system+".config.system.build.toplevel.drvPath")

	change(t, profile, "threads = 8;", "thread = 8;")
	c.refuses(t, "electroscope.profile.cpu.thread", "eval", system+".config.system.build.toplevel.drvPath")
	c.refuses(t, "electroscope.profile.cpu.thread", "eval", home+".config.electroscope.profile.cpu")
}
