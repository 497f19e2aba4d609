# The libraries above stdenv, compiled for the machine: for one program, or for all that home-manager installs.
{
  config,
  lib,
  options,
  ...
}:
let
  cfg = config.electroscope.systemLibs;
  names = import ../../overlays/names.nix;

  # With home-manager.useGlobalPkgs the options nixpkgs.* are there, hidden, and without effect
  # (home-manager, modules/misc/nixpkgs-disabled.nix).
  systemsPkgs = !(options.nixpkgs.overlays.visible or true);
in
{
  _class = "homeManager";
  imports = [
    (import ../system-libs.nix {
      known = names.libraries;
      preset = names.libraries;
      cost = ''
        stdenv stays the one of the binary cache; all that depends on a listed library and that home-manager installs is
        built here, with its build tools (Python, CMake and git link them too): hours for a few programs, most of a
        desktop for a browser or an office. Programs that come as binaries (Discord, Spotify, Zoom) carry libraries of
        their own and gain nothing. With `home-manager.useGlobalPkgs` "all" is the system's to say, and an error here.
      '';
    })
  ];

  config = lib.mkIf cfg.enable {
    home.packages = cfg.canaryPackages;
    nixpkgs.overlays = lib.mkIf (cfg.stage == "all" && !systemsPkgs) cfg.overlays;

    assertions = [
      {
        assertion = cfg.stage == "all" -> !systemsPkgs;
        message = ''
          electroscope.systemLibs: stage = "all" has no effect with home-manager.useGlobalPkgs, the packages are the system's.
          Set it in the NixOS configuration (nixosModules.system-libs), or stage = "canary" here.
        '';
      }
    ];
  };
}
