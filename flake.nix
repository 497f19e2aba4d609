{
  description = "electroscope: desktop apps inside capped systemd scopes, and the machine tuned around them";

  # The stable release, for whoever runs or builds this flake as it is. A configuration gives its own instead, 26.05 or unstable:
  #     inputs.electroscope.inputs.nixpkgs.follows = "nixpkgs";
  # There is no flake.lock: a configuration that follows never reads ours, and one can only be written where nixpkgs can be fetched.
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-26.05";

  outputs =
    { self, nixpkgs }:
    let
      inherit (nixpkgs) lib;
      modules = import ./nix/modules.nix;
      systems = [
        "x86_64-linux"
        "aarch64-linux"
      ];
      forSystems = f: lib.genAttrs systems (system: f nixpkgs.legacyPackages.${system});
    in
    {
      packages = forSystems (pkgs: rec {
        default = electroscope;
        electroscope = pkgs.callPackage ./nix/package.nix { };
      });

      # Nothing applies an overlay by itself. The three that compile for a machine are for the profile generic-x86_64-v3;
      # lib.overlays has them for another.
      overlays = {
        default = import ./nix/overlay.nix;
      }
      // self.lib.overlays self.lib.hardwareProfiles.generic-x86_64-v3;

      # Each is off until its enable option is set; default is all of them.
      nixosModules = modules.nixos // { default = ./nix/nixos; };
      homeModules = modules.home // { default = ./nix/home; };
      homeManagerModules = self.homeModules; # the name of old

      lib = import ./nix/lib.nix { inherit lib; };

      checks = forSystems (pkgs: import ./nix/checks.nix { inherit self nixpkgs pkgs; });
      formatter = forSystems (pkgs: pkgs.nixfmt-tree);
      devShells = forSystems (pkgs: {
        default = pkgs.mkShell {
          packages = [
            pkgs.go
            pkgs.gopls
            pkgs.go-tools # staticcheck
            pkgs.shellcheck
            pkgs.nixfmt-tree
          ];
        };
      });

      templates = rec {
        default = workstation;
        workstation = {
          path = ./nix/templates/workstation;
          description = "NixOS and home-manager for one machine, which both take from one profile";
        };
        home = {
          path = ./nix/templates/home;
          description = "home-manager alone, on another distribution";
        };
      };
    };
}
