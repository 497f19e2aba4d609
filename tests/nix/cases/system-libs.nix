# The overlay of docs/plan.md, 1.2, and electroscope.systemLibs in home-manager.
{
  lib,
  pkgs,
  home,
  homeWithGlobalPkgs,
  overlays,
  profiles,
  root,
  ...
}:
let
  names = import (root + "/overlays/names.nix");
  append = import (root + "/overlays/append.nix") { inherit lib; } "NIX_CFLAGS_COMPILE";
  flagsOf = package: package.drvAttrs.NIX_CFLAGS_COMPILE or null;
  skylake = "-march=skylake -mtune=skylake -O3 -pipe -fno-semantic-interposition -fno-plt";
  tuned = pkgs.extend (overlays profiles.shoshin).system-libs;
  same = set: name: set.${name}.drvPath == pkgs.${name}.drvPath;

  # plan.md 1.2, by the names there.
  ofThePlan = [
    "zstd" "bzip2" "xz" "lz4" "snappy" "brotli" "openssl" "libgcrypt" "libsodium" "sqlite" "curl" "nghttp2" "libssh2" "pcre2"
    "libevent" "libuv" "libjpeg_turbo" "libpng" "libwebp" "giflib" "freetype" "harfbuzz" "fontconfig" "expat" "libxml2" "jansson"
  ];

  # The packages that change: those of the list and whatever needs one of them, by the fake set's own lists of needs.
  isPackage = name: (builtins.tryEval (lib.isDerivation pkgs.${name})).value; # an alias may throw
  packages = lib.filter isPackage (lib.attrNames pkgs);
  above = lib.filter (name: !(lib.elem name names.inStdenv)) names.libraries;
  needs = package: package.drvAttrs.buildInputs or [ ] ++ package.drvAttrs.paths or [ ];
  reached = package: lib.elem package.pname or "" above || lib.filter reached (needs package) != [ ];

  # The overlay as the plan has it.
  plan =
    package:
    package.overrideAttrs (old: {
      env = (old.env or { }) // {
        NIX_CFLAGS_COMPILE = skylake;
        NIX_LDFLAGS = "-fuse-ld=mold";
      };
    });

  # home-manager with the libraries in a stage, from the plan's machine.
  staged = stage: {
    electroscope.profile = profiles.shoshin;
    electroscope.systemLibs = {
      enable = true;
      inherit stage;
      canary = [ "curl" ];
    };
  };
  # What canary installs: it is to win over the same package installed otherwise.
  canaries = config: lib.filter (package: package.meta.priority or 5 == -10) config.home.packages;
in
{
  "all libraries of the plan are in the list, and more than thirty" = {
    actual = {
      missing = lib.filter (name: !(lib.elem name names.libraries)) ofThePlan;
      many = lib.length names.libraries > 30;
      twice = lib.length (lib.unique names.libraries) != lib.length names.libraries;
      inStdenv = lib.filter (name: !(lib.elem name names.libraries)) names.inStdenv;
    };
    expected = {
      missing = [ ];
      many = true;
      twice = false;
      inStdenv = [ ];
    };
  };

  "every library of the list has the flags behind its own" = {
    actual = lib.filter (
      name: flagsOf tuned.electroscopeLibraries.${name} != lib.removePrefix " " "${toString (flagsOf pkgs.${name})} ${skylake}"
    ) names.libraries;
    expected = [ ];
  };
  "flags follow the profile" = {
    actual = flagsOf (pkgs.extend (overlays profiles.generic-x86_64-v3).system-libs).zstd;
    expected = "-march=x86-64-v3 -mtune=generic -O2 -pipe -fno-semantic-interposition -fno-plt";
  };
  "flags at the top level, a string or a list, stay there" = {
    actual = map (package: flagsOf (append [ "-O3" ] package)) [
      pkgs.fakeWithTopLevelFlags
      pkgs.fakeWithListOfFlags
      pkgs.libuv
    ];
    expected = [ "-DTOP -O3" "-DONE -DTWO -O3" "-O3" ];
  };
  "a package stays overridable after it was tuned" = {
    actual = flagsOf (tuned.sqlite.override { }) == flagsOf tuned.sqlite;
    expected = true;
  };

  "only the libraries and what needs them change" = {
    actual = lib.filter (name: same tuned name == reached pkgs.${name}) packages;
    expected = [ ];
  };
  "something changes, and something does not" = {
    actual = map (same tuned) [ "sqlite" "curl" "python313" "hello" "libva" "glibc" "zlib" ];
    expected = [ false false false true true true true ];
  };
  "one library alone" = {
    actual =
      let
        set = pkgs.extend (import (root + "/overlays/system-libs.nix") { inherit lib; profile = profiles.shoshin; libraries = [ "giflib" ]; });
      in
      lib.filter (name: !(same set name)) packages;
    expected = [ "giflib" "libwebp" ];
  };
  "a library that this nixpkgs lacks is left out" = {
    actual = (pkgs.extend (import (root + "/overlays/system-libs.nix") { inherit lib; profile = profiles.shoshin; libraries = [ "none" "giflib" ]; })).electroscopeLibraries ? none;
    expected = false;
  };
  "another processor family is left alone" = {
    actual =
      let
        arm = import (root + "/tests/nix/packages") { inherit lib; system = "aarch64-linux"; };
        set = arm.appendOverlays (lib.attrValues (overlays profiles.shoshin));
      in
      lib.filter (name: set.${name}.drvPath != arm.${name}.drvPath) packages;
    expected = [ ];
  };
  "an overlay that takes stdenv from the finished set is no endless loop" = {
    actual = flagsOf ((pkgs.extend (final: prev: { stdenv = final.otherStdenv; otherStdenv = pkgs.stdenv; })).extend (overlays profiles.shoshin).system-libs).zstd;
    expected = skylake;
  };

  "off, nothing is there" = {
    actual = { inherit (home { }) plain; pkgs = same (home { }).config.electroscope.systemLibs.pkgs "curl"; };
    expected = { inherit ((home { }).without) plain; pkgs = true; };
  };
  "canary: a set beside the system's, which stays as it is" = {
    actual =
      let
        inherit (home (staged "canary")) config;
      in
      {
        inherit (config.nixpkgs) overlays;
        installed = map (package: package.drvPath) (canaries config);
        others = config.electroscope.systemLibs.pkgs.hello.drvPath;
      };
    expected = {
      overlays = null;
      installed = [ (lib.hiPrio tuned.curl).drvPath ];
      others = pkgs.hello.drvPath;
    };
  };
  "canary: what stdenv is made of comes tuned too" = {
    actual = map flagsOf (canaries (home [ (staged "canary") { electroscope.systemLibs.canary = lib.mkForce [ "xz" ]; } ]).config);
    expected = [ skylake ];
  };
  "canary: a name that nixpkgs has not" = {
    actual = (home [ (staged "canary") { electroscope.systemLibs.canary = [ "no-such" ]; } ]).plain;
    error = "electroscope.systemLibs.canary: nixpkgs has no package no-such";
  };
  "all: the overlay is everybody's" = {
    actual =
      let
        evaluation = home (staged "all");
      in
      {
        overlays = lib.length evaluation.config.nixpkgs.overlays;
        curl = evaluation.config.electroscope.systemLibs.pkgs.curl.drvPath == tuned.curl.drvPath;
        inherit (evaluation) assertions warnings;
      };
    expected = {
      overlays = 1;
      curl = true;
      assertions = [ ];
      warnings = [ ];
    };
  };
  "glibc is not home-manager's to change" = {
    actual = (home { electroscope.systemLibs.libraries = [ "glibc" ]; }).config.electroscope.systemLibs.libraries;
    error = "electroscope.systemLibs.libraries";
  };

  "mistake 5: the plan's flags take the place of the package's own" = {
    actual = {
      plan = lib.hasInfix "FTS5" (flagsOf (plan pkgs.sqlite));
      ours = lib.hasInfix "FTS5" (flagsOf tuned.sqlite);
    };
    expected = { plan = false; ours = true; };
  };
  "mistake 6: the plan's flags clash with those at the top level" = {
    actual = (plan pkgs.fakeWithTopLevelFlags).drvPath;
    error = "The following attributes are overlapping";
  };
  "mistake 6: ours do not, string or list" = {
    actual = map (package: lib.hasSuffix skylake (flagsOf (append (lib.splitString " " skylake) package))) [
      pkgs.fakeWithTopLevelFlags
      pkgs.fakeWithListOfFlags
    ];
    expected = [ true true ];
  };
  "mistake 6: a list in env" = {
    actual = (pkgs.libuv.overrideAttrs { env.NIX_CFLAGS_COMPILE = [ "-O3" ]; }).drvPath;
    error = "can only contain derivation, string, boolean or integer";
  };
  "mistake 7: the plan hands -fuse-ld to the linker, ours hands it nothing" = {
    actual = {
      plan = (plan pkgs.libuv).drvAttrs.NIX_LDFLAGS;
      ours = lib.filter (
        name: tuned.${name}.drvAttrs ? NIX_LDFLAGS || lib.hasInfix "fuse-ld" (toString (flagsOf tuned.${name}))
      ) names.libraries;
    };
    expected = { plan = "-fuse-ld=mold"; ours = [ ]; }; # what ld makes of it: TestLinkerIgnoresFuseLd
  };
  "mistake 12: the plan's overlay is in stdenv, so every package changes; ours keeps out of it" = {
    actual =
      let
        theirs = pkgs.extend (_: prev: lib.genAttrs names.inStdenv (name: plan prev.${name}));
      in
      {
        plan = same theirs "icu";
        ours = same tuned "icu";
      };
    expected = { plan = false; ours = true; };
  };
  "mistake 12: with useGlobalPkgs the overlays would have no effect: said, and not set" = {
    actual =
      let
        evaluation = homeWithGlobalPkgs (staged "all");
      in
      {
        inherit (evaluation.config.nixpkgs) overlays;
        told = map (lib.hasInfix "home-manager.useGlobalPkgs") evaluation.assertions;
      };
    expected = { overlays = null; told = [ true ]; };
  };
  "with useGlobalPkgs the canary works" = {
    actual =
      let
        evaluation = homeWithGlobalPkgs (staged "canary");
      in
      {
        inherit (evaluation) assertions;
        installed = map flagsOf (canaries evaluation.config);
      };
    expected = { assertions = [ ]; installed = [ skylake ]; };
  };
}
