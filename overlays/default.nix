# The overlays for one machine, by name: `import ./overlays { inherit lib; } profile`. None does anything until it is put
# into `nixpkgs.overlays` or given to `pkgs.extend`.
{ lib }:
profile:
let
  arguments = {
    inherit lib;
    profile = import ../nix/profiles/check.nix { inherit lib; } profile;
  };
in
{
  system-libs = import ./system-libs.nix arguments;
  system-libs-nixos = import ./system-libs-nixos.nix arguments;
  runtimes = import ./runtimes arguments;
}
