# The overlay of docs/plan.md, 2.
{
  lib,
  pkgs,
  home,
  nixos,
  overlays,
  profiles,
  root,
  ...
}:
let
  flagsOf = package: package.drvAttrs.NIX_CFLAGS_COMPILE or null;
  skylake = "-march=skylake -mtune=skylake -O3 -pipe -fno-semantic-interposition -fno-plt";
  tuned = pkgs.extend (overlays profiles.shoshin).runtimes;
  same = set: name: set.${name}.drvPath == pkgs.${name}.drvPath;
  runtimes = more: import (root + "/overlays/runtimes") ({ inherit lib; profile = profiles.shoshin; } // more);
in
{
  "Node.js: what is compiled has the flags, and the links lead to it" = {
    actual = {
      flags = flagsOf tuned.nodejs-slim_24;
      links = same tuned "nodejs_24";
    };
    expected = { flags = skylake; links = false; };
  };
  "Node.js of a nixpkgs without nodejs-slim_24" = {
    actual =
      let
        older = pkgs.extend (_: _: { nodejs_24 = pkgs.libuv; });
        set = runtimes { runtimes = [ "nodejs_24" ]; } { } (removeAttrs older [ "nodejs-slim_24" ]);
      in
      { names = lib.attrNames set; flags = flagsOf set.nodejs_24; };
    expected = { names = [ "nodejs_24" ]; flags = skylake; };
  };
  "Python has the flags, and no PGO unless asked" = {
    actual = {
      flags = flagsOf tuned.python313;
      configure = tuned.python313.drvAttrs.configureFlags;
      pgo = (pkgs.extend (runtimes { pythonPgo = true; })).python313.drvAttrs.configureFlags;
      both = flagsOf (pkgs.extend (runtimes { pythonPgo = true; })).python313;
    };
    expected = {
      flags = skylake;
      configure = [ ];
      pgo = [ "--enable-optimizations" ];
      both = skylake;
    };
  };
  "Go compiles for the profile's level, the one that builds nixpkgs' programs stays" = {
    actual = {
      go = tuned.go.env.GOAMD64;
      same = same tuned "go_1_25";
    };
    expected = { go = "v3"; same = true; };
  };
  "Go without a level in the profile stays" = {
    actual = same (pkgs.extend (overlays (profiles.shoshin // { build = removeAttrs profiles.shoshin.build [ "goamd64" ]; })).runtimes) "go";
    expected = true;
  };
  "rustc compiles for the profile's processor" = {
    # TestRustc runs it.
    actual = map (lib.hasInfix "target-cpu=skylake") [
      tuned.rustc.drvAttrs.buildCommand
      pkgs.rustc.drvAttrs.buildCommand
    ];
    expected = [ true false ];
  };
  "only the four change, and what needs them" = {
    actual = lib.filter (
      name: (builtins.tryEval (lib.isDerivation pkgs.${name})).value && !(same tuned name) # an alias may throw
    ) (lib.attrNames pkgs);
    expected = [ "go" "nodejs-slim_24" "nodejs_24" "python3" "python313" "rustc" ];
  };
  "with the libraries too, Node.js is built with tuned ones" = {
    actual =
      let
        set = pkgs.appendOverlays [ (overlays profiles.shoshin).system-libs (overlays profiles.shoshin).runtimes ];
        library = name: lib.head (lib.filter (need: need.pname == name) set.nodejs-slim_24.drvAttrs.buildInputs);
      in
      map (name: flagsOf (library name)) [ "openssl" "libuv" "zlib" ];
    expected = [ skylake skylake "-static-libgcc" ]; # zlib is stdenv's
  };

  "off until asked for, in both" = {
    actual = map (evaluate: same (evaluate { electroscope.systemLibs.enable = true; }).config.electroscope.systemLibs.pkgs "python313") [
      (settings: nixos [ settings { electroscope.systemLibs.libraries = [ ]; } ])
      (settings: home [ settings { electroscope.systemLibs.libraries = [ ]; } ])
    ];
    expected = [ true true ];
  };
  "asked for, in both" = {
    actual = map (
      evaluate:
      flagsOf
        (evaluate {
          electroscope.profile = profiles.shoshin;
          electroscope.systemLibs = {
            enable = true;
            libraries = [ ];
            runtimes.enable = true;
          };
        }).config.electroscope.systemLibs.pkgs.python313
    ) [ nixos home ];
    expected = [ skylake skylake ];
  };
}
