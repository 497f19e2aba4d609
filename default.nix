# Without flakes, for a channel, npins, niv or a checkout:
#
#     imports = [ (import (fetchTarball ...) { }).nixosModules.default ];
#     (import (fetchTarball ...) { inherit pkgs; }).package
#
# A module may not depend on pkgs to be found, so there leave it out: nothing is asked of it for the modules.
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
