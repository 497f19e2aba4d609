# NixOS and home-manager for one machine. Put it beside your configuration.nix, which stays as it is, and change what is marked CHANGE:
#
#     cd /etc/nixos
#     sudo nix flake init -t ELECTROSCOPE#workstation     # ELECTROSCOPE: where its flake lies, as below
#     sudo nixos-rebuild switch --flake .#shoshin
#     home-manager switch --flake .#alice                 # or: nix run home-manager/release-26.05 -- switch --flake .#alice
{
  description = "My workstation: NixOS and home-manager, from one profile";

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
      # nixos-rebuild takes the one that is called as the machine (networking.hostName).
      nixosConfigurations.shoshin = nixpkgs.lib.nixosSystem {
        # No `system` here: hardware-configuration.nix sets nixpkgs.hostPlatform.
        modules = [
          ./configuration.nix # as nixos-generate-config wrote it, with hardware-configuration.nix
          electroscope.nixosModules.default
          ./machine.nix
        ];
      };

      # home-manager takes the one that is called as the user, or alice@shoshin.
      homeConfigurations.alice = home-manager.lib.homeManagerConfiguration {
        pkgs = nixpkgs.legacyPackages.x86_64-linux;
        modules = [
          electroscope.homeModules.default
          ./home.nix
        ];
      };
    };
}
