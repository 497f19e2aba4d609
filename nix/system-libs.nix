# The options of electroscope.systemLibs and the package set behind them, alike on NixOS and in home-manager.
# known: the libraries there are; preset: those taken by default; cost: what they make to be built anew.
{
  known,
  preset,
  cost,
}:
{
  config,
  lib,
  pkgs,
  ...
}:
let
  inherit (lib) mkEnableOption mkOption types;
  inherit (config.electroscope) profile;
  cfg = config.electroscope.systemLibs;
  names = import ../overlays/names.nix;

  isBootstrap = name: lib.elem name names.bootstrap;
  of = overlay: libraries: lib.optional (libraries != [ ]) (import overlay { inherit lib profile libraries; });

  overlays =
    of ../overlays/system-libs-nixos.nix (lib.filter isBootstrap cfg.libraries)
    ++ of ../overlays/system-libs.nix (lib.filter (name: !isBootstrap name) cfg.libraries)
    ++ lib.optional cfg.runtimes.enable (
      import ../overlays/runtimes {
        inherit lib profile;
        inherit (cfg.runtimes) pythonPgo;
      }
    );

  # The tuned one first: a library that stdenv is made of has no other name.
  canary =
    name:
    cfg.pkgs.electroscopeLibraries.${name} or cfg.pkgs.${name}
      or (throw "electroscope.systemLibs.canary: nixpkgs has no package ${name}");
in
{
  imports = [ ./profiles/option.nix ];

  options.electroscope.systemLibs = {
    enable = mkEnableOption ''
      libraries compiled for the machine in `electroscope.profile`. In stage "canary", the default, this alone builds
      nothing: `canary` names what is taken'';

    stage = mkOption {
      type = types.enum [
        "canary"
        "all"
      ];
      default = "canary";
      description = ''
        For whom. "canary": a second package set, `electroscope.systemLibs.pkgs`, stands beside the usual one, and only
        what is taken from it is built, with what that needs. "all": the overlays go into `nixpkgs.overlays`. ${cost}

        Begin with "canary" and a program or two. Back again: `stage = "canary"`, or the generation before
        (`nixos-rebuild switch --rollback`, `home-manager switch --rollback`).
      '';
    };

    libraries = mkOption {
      type = types.listOf (types.enum known);
      default = preset;
      description = ''
        Which libraries, by their names in nixpkgs. A shorter list is less to build. Of a Plasma system's 5,900 builds
        openssl alone makes 2,600 anew, freetype, giflib and libsodium some 850 each, jansson 134. No gain is promised and none was measured:
        OpenSSL, libgcrypt, libjpeg-turbo, glibc and others choose their hot code by the processor at run time anyway.
      '';
    };

    canary = mkOption {
      type = types.listOf types.str;
      default = [ ];
      example = [
        "ffmpeg"
        "nodejs_24"
      ];
      description = ''
        Packages to install from `electroscope.systemLibs.pkgs`, by their names there. They win over the same package
        installed otherwise. Each is built on this machine, with all that it needs and that a listed library is in.
      '';
    };

    runtimes = {
      enable = mkEnableOption ''
        the languages too: Node.js 24 and Python 3.13 compiled for the machine, a Go and a Rust that compile for it.
        Builds Node.js (an hour and more on four cores), Python and Go anew, and in stage "all" whatever needs one of them
        to be built, which is most of nixpkgs through Python'';

      pythonPgo = mkEnableOption ''
        profile-guided optimization of Python. Its build trains on Python's own tests, takes several times as long, and
        gives other bytes each time'';
    };

    overlays = mkOption {
      type = types.listOf types.raw;
      readOnly = true;
      default = overlays;
      defaultText = lib.literalMD "the overlays of `libraries` and `runtimes`";
      description = "The overlays, for other places: another `nixpkgs.overlays`, or `pkgs.appendOverlays`.";
    };

    pkgs = mkOption {
      type = types.raw;
      readOnly = true;
      default = if cfg.enable && cfg.stage == "canary" then pkgs.appendOverlays cfg.overlays else pkgs;
      defaultText = lib.literalExpression "pkgs.appendOverlays config.electroscope.systemLibs.overlays";
      example = lib.literalExpression "config.electroscope.systemLibs.pkgs.ffmpeg";
      description = ''
        The package set with the overlays: `programs.mpv.package = config.electroscope.systemLibs.pkgs.mpv`. In its
        `electroscopeLibraries` is every library above stdenv that was compiled so, which is the cheapest way to use one:
        `pkgs.git.override { inherit (config.electroscope.systemLibs.pkgs.electroscopeLibraries) pcre2; }` builds the
        library's own needs, the library and git. bzip2, xz and pcre2 are there only: stdenv's own take their names.
        The set is a second evaluation of nixpkgs, some 130 MB of memory while evaluating.
      '';
    };

    canaryPackages = mkOption {
      type = types.listOf types.raw;
      internal = true;
      readOnly = true;
      default = map (name: lib.hiPrio (canary name)) cfg.canary;
      description = "The packages that `canary` names.";
    };
  };

  config.warnings = lib.optionals cfg.enable (
    map (name: "electroscope.systemLibs.libraries: this nixpkgs has no ${name}; it is left out.") (
      lib.filter (name: !(pkgs ? ${name})) cfg.libraries
    )
  );
}
