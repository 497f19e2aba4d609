# home-manager alone, on Debian, Fedora, Arch, ... with Nix. Change what is marked CHANGE.
#
#     mkdir -p ~/.config/home-manager && cd ~/.config/home-manager
#     nix flake init -t ELECTROSCOPE#home                 # ELECTROSCOPE: where its flake lies, as below
#     nix run home-manager/release-26.05 -- switch        # later: home-manager switch
#
# What needs the system, zram, sysctl and the driver, is not in it: those modules are for NixOS.
{
  description = "My home: desktop apps inside limits";

  inputs = {
    nixpkgs.url = "github:NixOS/nixpkgs/nixos-26.05"; # or nixos-unstable, and home-manager's master
    home-manager.url = "github:nix-community/home-manager/release-26.05";
    home-manager.inputs.nixpkgs.follows = "nixpkgs"; # one nixpkgs for all, or each brings its own
    electroscope.url = "git+file:///path/to/electroscope"; # CHANGE
    electroscope.inputs.nixpkgs.follows = "nixpkgs";
  };

  outputs =
    {
      nixpkgs,
      home-manager,
      electroscope,
      ...
    }:
    {
      # home-manager takes the one that is called as the user, or alice@machine. CHANGE
      homeConfigurations.alice = home-manager.lib.homeManagerConfiguration {
        pkgs = nixpkgs.legacyPackages.x86_64-linux; # or aarch64-linux
        modules = [
          electroscope.homeModules.default
          # A machine that is shipped, or a file of yours: the workstation template has one to copy.
          { electroscope.profile = electroscope.lib.hardwareProfiles.laptop-amd; } # CHANGE
          ./home.nix
        ];
      };
    };
}
