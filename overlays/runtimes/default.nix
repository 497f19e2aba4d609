# Overlay: the languages of docs/plan.md, 2, for a machine. A file here for each, named as nixpkgs names it: the package set
# before in, what takes its place out. Whatever is written in such a language or built with it is built anew.
{
  lib,
  profile,
  runtimes ? (import ../names.nix).runtimes,
  pythonPgo ? false,
}:
let
  reach = import ../reach.nix { inherit lib; };
  arguments = {
    inherit lib pythonPgo;
    flags = import ../flags.nix profile;
    append = import ../append.nix { inherit lib; };
  };
in
_final: prev:
let
  present = lib.filter (name: prev ? ${name}) runtimes;
  tuned = map (name: import (./. + "/${name}.nix") arguments prev) present;
in
lib.mapAttrs (name: one: if reach.finished prev then one else prev.${name}) (
  lib.foldl' (set: one: set // one) { } tuned
)
