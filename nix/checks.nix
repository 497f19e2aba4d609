# What `nix flake check` does: builds the program, reads the catalogue with it, and evaluates a whole NixOS for each shipped profile
# with every module on. Only so is it certain that the options we set are there in the nixpkgs in use. No system is built.
{
  self,
  nixpkgs,
  pkgs,
}:
let
  inherit (pkgs) lib;
  inherit (pkgs.stdenv.hostPlatform) system;
  inherit (self.packages.${system}) electroscope;

  nixos =
    profile:
    nixpkgs.lib.nixosSystem {
      modules = [
        self.nixosModules.default
        {
          nixpkgs.hostPlatform = system;
          nixpkgs.config.allowUnfree = true; # NVIDIA's driver
          fileSystems."/".device = "/dev/disk/by-label/nixos";
          fileSystems."/".fsType = "ext4";
          boot.loader.systemd-boot.enable = true;
          system.stateVersion = "26.05";
          electroscope = {
            inherit profile;
            zram.enable = true;
            sysctl.enable = true;
            slices.enable = true;
            oomd.enable = true;
            io.enable = true;
            nvidiaVaapi.enable = profile.gpu.vendor == "nvidia";
          };
        }
      ];
    };

  # Asking for the path of the system's derivation evaluates all of it, failed assertions included; without context, nothing is built.
  evaluated =
    name: profile:
    let
      inherit (nixos profile) config;
    in
    pkgs.writeText "nixos-${name}" ''
      system ${builtins.unsafeDiscardStringContext config.system.build.toplevel.drvPath}
      zram   ${toString config.zramSwap.memoryPercent} % ${config.zramSwap.algorithm}
    '';
in
{
  inherit electroscope;

  catalogue = pkgs.runCommand "catalogue" { } ''
    mkdir -p config/electroscope
    cp ${../apps.toml} config/electroscope/apps.toml
    XDG_CONFIG_HOME=$PWD/config HOME=$PWD ${lib.getExe electroscope} config check
    touch $out
  '';
}
# The profiles are of x86-64 machines.
// lib.optionalAttrs pkgs.stdenv.hostPlatform.isx86_64 (
  lib.mapAttrs' (name: profile: lib.nameValuePair "nixos-${name}" (evaluated name profile)) self.lib.hardwareProfiles
)
