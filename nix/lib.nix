# What a configuration calls: the flake's lib.
{ lib }:
{
  hardwareProfiles = import ./profiles;
  # profile -> { system-libs, system-libs-nixos, runtimes }
  overlays = import ../overlays { inherit lib; };
  # pkgs -> package -> the front of it; a program as { package, program, names } too
  front = pkgs: pkgs.callPackage ./front.nix { electroscope = pkgs.electroscope or (pkgs.callPackage ./package.nix { }); };
}
