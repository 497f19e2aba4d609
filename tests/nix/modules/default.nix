# A module library of our own, in the place of nixpkgs' lib, of which no copy is at hand in CI. It holds what our modules use of lib,
# under the same names and with the same answers and messages (cases/library.nix, cases/functions.nix; NIX_TEST_NIXPKGS runs them on the real one).
# Names: the NixOS manual, "Writing NixOS Modules", and the Nixpkgs manual, "Nixpkgs Library Functions".
let
  lib = builtins.foldl' (all: file: all // import file lib) { } [
    ./lists.nix
    ./attrsets.nix
    ./strings.nix
    ./functions.nix
    ./packages.nix
    ./priorities.nix
    ./options.nix
    ./definitions.nix
    ./collect.nix
    ./evaluate.nix
    ./renamed.nix
  ]
  // {
    lists = import ./lists.nix lib;
    attrsets = import ./attrsets.nix lib;
    strings = import ./strings.nix lib;
    types = import ./types.nix lib;
    generators = import ./generators.nix lib;
    fileset = import ./fileset.nix;
  };
in
lib
