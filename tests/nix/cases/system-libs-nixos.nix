# The overlay of docs/plan.md, 1.1, electroscope.systemLibs on NixOS, and the whole system for a processor.
{
  lib,
  pkgs,
  nixos,
  overlays,
  profiles,
  root,
  ...
}:
let
  flagsOf = package: package.drvAttrs.NIX_CFLAGS_COMPILE or null;
  skylake = "-march=skylake -mtune=skylake -O3 -pipe -fno-semantic-interposition -fno-plt";
  tuned = pkgs.extend (overlays profiles.shoshin).system-libs-nixos;
  same = set: name: set.${name}.drvPath == pkgs.${name}.drvPath;
  machine = settings: {
    electroscope.profile = profiles.shoshin;
    electroscope.systemLibs = settings;
  };
in
{
  "zlib keeps -static-libgcc" = {
    actual = flagsOf tuned.zlib;
    expected = "-static-libgcc ${skylake}";
  };
  "glibc gets the processor and no -O" = {
    actual = flagsOf tuned.glibc;
    expected = "-march=skylake -mtune=skylake -pipe";
  };
  "stdenv is made of the two, so all that it builds changes" = {
    actual = map (same tuned) [ "icu" "openssl" "hello" ];
    expected = [ false false true ]; # the fake hello needs no compiler
  };

  "off, nothing is there" = {
    actual = { inherit (nixos { }) plain; pkgs = same (nixos { }).config.electroscope.systemLibs.pkgs "zlib"; };
    expected = { inherit ((nixos { }).without) plain; pkgs = true; };
  };
  "canary: a set beside the system's, which stays as it is" = {
    actual =
      let
        inherit (nixos (machine { enable = true; canary = [ "curl" ]; })) config;
      in
      {
        inherit (config.nixpkgs) overlays;
        installed = map (package: package.drvPath) config.environment.systemPackages;
      };
    expected = {
      overlays = [ ];
      installed = [ (lib.hiPrio tuned.curl).drvPath ];
    };
  };
  "canary without a name installs nothing" = {
    actual = (nixos (machine { enable = true; })).plain;
    expected = (nixos (machine { })).plain;
  };
  "all: the overlay is the system's" = {
    actual =
      let
        evaluation = nixos (machine { enable = true; stage = "all"; });
      in
      {
        overlays = lib.length evaluation.config.nixpkgs.overlays;
        zlib = evaluation.config.electroscope.systemLibs.pkgs.zlib.drvPath == tuned.zlib.drvPath;
        inherit (evaluation) assertions warnings;
      };
    expected = {
      overlays = 1;
      zlib = true;
      assertions = [ ];
      warnings = [ ];
    };
  };
  "libraries of both kinds, each by its overlay" = {
    actual =
      let
        inherit (nixos (machine { enable = true; libraries = [ "glibc" "sqlite" ]; })) config;
        set = config.electroscope.systemLibs.pkgs;
      in
      map (name: lib.hasInfix "-march" (toString (flagsOf set.${name}))) [ "glibc" "sqlite" "zlib" "openssl" ];
    expected = [ true true false false ];
  };
  "without glibc and zlib stdenv stays" = {
    actual = same (nixos (machine { enable = true; libraries = [ "sqlite" ]; })).config.electroscope.systemLibs.pkgs "icu";
    expected = true;
  };
  "a library that this nixpkgs lacks is told of" = {
    actual =
      (nixos [
        (machine { enable = true; libraries = [ "giflib" "zlib" ]; })
        { _module.args.pkgs = removeAttrs pkgs [ "giflib" ]; }
      ]).warnings;
    expected = [ "electroscope.systemLibs.libraries: this nixpkgs has no giflib; it is left out." ];
  };
  "back from all to canary" = {
    actual =
      (nixos [
        (machine { enable = true; stage = "all"; })
        { electroscope.systemLibs.stage = lib.mkForce "canary"; }
      ]).config.nixpkgs.overlays;
    expected = [ ];
  };
  "a stage that there is not" = {
    actual = (nixos (machine { stage = "everything"; })).config.electroscope.systemLibs.stage;
    error = "electroscope.systemLibs.stage";
  };

  "platform: off, nothing" = {
    actual = (nixos (machine { platform.stage = "build"; })).plain;
    expected = (nixos { }).without.plain;
  };
  "platform: first the daemon is told" = {
    actual =
      let
        inherit (nixos (machine { platform.enable = true; })) config;
      in
      {
        inherit (config.nixpkgs) hostPlatform;
        features = config.nix.settings.system-features;
      };
    expected = {
      hostPlatform = "x86_64-linux"; # the stand-in's default
      features = [ "nixos-test" "benchmark" "big-parallel" "kvm" "gccarch-skylake" ];
    };
  };
  "platform: then all is built for it, whatever hardware-configuration.nix says" = {
    actual =
      (nixos [
        (machine { platform = { enable = true; stage = "build"; }; })
        { nixpkgs.hostPlatform = lib.mkDefault "x86_64-linux"; }
      ]).config.nixpkgs.hostPlatform;
    expected = {
      system = "x86_64-linux";
      gcc = { arch = "skylake"; tune = "skylake"; };
    };
  };
  "platform: with nixpkgs.pkgs it would have no effect" = {
    actual =
      map (lib.hasInfix "nixpkgs.pkgs is set")
        (nixos [
          (machine { platform = { enable = true; stage = "build"; }; })
          { nixpkgs.pkgs = pkgs; }
        ]).assertions;
    expected = [ true ];
  };

  "mistake 11: an overlay on zlib reaches stdenv and everything; ours waits for stage all" = {
    actual =
      let
        plan = pkgs.extend (_: prev: { zlib = prev.zlib.overrideAttrs (old: { env = (old.env or { }) // { NIX_CFLAGS_COMPILE = "-O3"; }; }); });
      in
      {
        plan = same plan "icu";
        ours = map (settings: same (pkgs.appendOverlays (nixos (machine settings)).config.nixpkgs.overlays) "icu") [
          { }
          { enable = true; }
          { enable = true; stage = "all"; }
        ];
      };
    expected = {
      plan = false;
      ours = [ true true false ];
    };
  };
}
