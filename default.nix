# Without flakes, for a channel, npins, niv or a checkout:
#
#     electroscope = import (fetchTarball ...) { inherit pkgs; };
#     imports = [ electroscope.nixosModules.default ];
#
# Modules must be known before pkgs is: take them from `import (fetchTarball ...) { pkgs = { }; }`, which asks it for nothing.
{
  pkgs ? import <nixpkgs> { },
}:
let
  modules = import ./nix/modules.nix;
in
{
  package = pkgs.callPackage ./nix/package.nix { };
  lib = import ./nix/lib.nix { inherit (pkgs) lib; };
  overlays.default = import ./nix/overlay.nix;
  nixosModules = modules.nixos // { default = ./nix/nixos; };
  homeModules = modules.home // { default = ./nix/home; };
}
