# glibc and zlib, and if asked any other library, compiled for the machine: for one program or for the whole system.
{
  config,
  lib,
  ...
}:
let
  cfg = config.electroscope.systemLibs;
  names = import ../../overlays/names.nix;
in
{
  _class = "nixos";
  imports = [
    ./platform.nix
    (import ../system-libs.nix {
      known = names.bootstrap ++ names.libraries;
      preset = names.bootstrap;
      cost = ''
        With glibc or zlib in the list that is the whole system, compilers and browsers included, and nothing comes from
        the binary cache: days on four cores, and again at each update. Without the two, stdenv stays, and all that
        depends on a listed library is built, most of a desktop.
      '';
    })
  ];

  config = lib.mkIf cfg.enable {
    environment.systemPackages = cfg.canaryPackages;
    nixpkgs.overlays = lib.mkIf (cfg.stage == "all") cfg.overlays;
  };
}
