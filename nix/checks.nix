# What `nix flake check` does: builds the program, reads the catalogue with it, and evaluates whole systems with every module on. Only
# so is it certain that the options we set are there in the nixpkgs in use. No system is built, and only `vm` starts one.
{
  self,
  nixpkgs,
  pkgs,
}:
let
  inherit (pkgs) lib;
  inherit (pkgs.stdenv.hostPlatform) system;
  inherit (self.packages.${system}) electroscope;

  machine = {
    nixpkgs.hostPlatform = lib.mkDefault system;
    nixpkgs.config.allowUnfree = true; # NVIDIA's driver
    fileSystems."/".device = lib.mkDefault "/dev/disk/by-label/nixos";
    fileSystems."/".fsType = lib.mkDefault "ext4";
    boot.loader.systemd-boot.enable = true;
    system.stateVersion = "26.05";
  };
  everything = profile: {
    electroscope = {
      inherit profile;
      zram.enable = true;
      sysctl.enable = true;
      slices.enable = true;
      oomd.enable = true;
      io.enable = true;
      cgroup.favorDynMods = true;
      nvidiaVaapi.enable = profile.gpu.vendor == "nvidia";
    };
    programs.electroscope.enable = true;
  };
  nixos = modules: nixpkgs.lib.nixosSystem { modules = [ self.nixosModules.default ] ++ modules; };
  inherit (self.lib) hardwareProfiles;

  # What is found beside us in configurations.
  desktops = {
    plasma = {
      services.desktopManager.plasma6.enable = true;
      services.displayManager.sddm.enable = true;
    };
    gnome = {
      services.desktopManager.gnome.enable = true;
      services.displayManager.gdm.enable = true;
    };
    # Values of theirs in options that we set too: as nixos-hardware, disko, impermanence and people's own modules propose them.
    proposals = {
      boot.kernel.sysctl."vm.swappiness" = lib.mkDefault 10;
      zramSwap.memoryPercent = lib.mkDefault 30;
      hardware.graphics.enable = lib.mkDefault true;
      fileSystems."/" = {
        device = "none";
        fsType = "tmpfs";
      };
      fileSystems."/persist" = {
        device = "/dev/mapper/root";
        fsType = "btrfs";
        neededForBoot = true;
      };
    };
  };

  # Asking for the path of the system's derivation evaluates all of it, failed assertions included; without context, nothing is built.
  evaluated =
    name: modules:
    let
      inherit (nixos modules) config;
    in
    pkgs.writeText "nixos-${name}" ''
      system ${builtins.unsafeDiscardStringContext config.system.build.toplevel.drvPath}
      zram   ${toString config.zramSwap.memoryPercent} % ${config.zramSwap.algorithm}
    '';
  all = prefix: lib.mapAttrs' (name: lib.nameValuePair "${prefix}-${name}");
in
{
  inherit electroscope;
  inherit (electroscope.tests) catalogue;
}
# The profiles are of x86-64 machines.
// lib.optionalAttrs pkgs.stdenv.hostPlatform.isx86_64 (
  all "nixos" (lib.mapAttrs (name: profile: evaluated name [ machine (everything profile) ]) hardwareProfiles)
  // all "nixos" (
    lib.mapAttrs (name: desktop: evaluated name [ machine (everything hardwareProfiles.shoshin) desktop ]) desktops
  )
  // {
    # Imported and off, where the packages are not to be touched.
    nixos-read-only = evaluated "read-only" [
      nixpkgs.nixosModules.readOnlyPkgs
      (removeAttrs machine [ "nixpkgs" ])
      { nixpkgs = { inherit pkgs; }; }
    ];
    vm = import ./vm-test.nix { inherit pkgs; inherit (self) nixosModules; };
  }
)
