# A fake package set, in the place of nixpkgs, which is not to be had here: fake packages, made with functions that follow nixpkgs' rules.
# As there, a set is made in stages: overlays act in each, and what stdenv is made of comes forward from the stage before, behind all
# overlays (pkgs/top-level/stage.nix, pkgs/stdenv/linux/default.nix). Two stages stand for nixpkgs' eight.
# Derivations are real, and those of builders.nix and apps.nix really build: with bash and coreutils in the sandbox, no compiler.
# lib -> pkgs, with extend and appendOverlays.
{ lib, system ? "x86_64-linux" }:
let
  build =
    overlays:
    let
      stage =
        stdenv: broughtForward:
        lib.fix (
          lib.foldl' (lib.flip lib.extends) (
            final:
            lib.foldl' (set: file: set // import file lib final) {
              inherit lib system overlays;
              pkgs = final;
              _type = "pkgs";
              config = { };
              fakeStage = stdenv;
              extend = overlay: build (overlays ++ [ overlay ]);
              appendOverlays = more: build (overlays ++ more);
              callPackage = lib.callPackageWith final;
            } [
              ./stdenv.nix
              ./builders.nix
              ./formats.nix
              ./libraries.nix
              ./apps.nix
            ]
          ) (overlays ++ [ (_: _: broughtForward) ])
        );
      bootstrap = stage { name = "bootstrap-stage3-stdenv-linux"; } { };
      parts = { inherit (bootstrap) glibc zlib bzip2 xz pcre2; };
    in
    stage {
      name = "stdenv-linux";
      parts = lib.attrValues parts;
    } parts;
in
build [ ]
