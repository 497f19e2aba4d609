# Overlay: the libraries of docs/plan.md, 1.2, compiled for a machine. Whatever depends on one of them is built anew.
#
# stdenv is not: the overlay keeps out of the bootstrap, and so what it cannot change under its own name is in
# `electroscopeLibraries`, beside all others: `git.override { inherit (electroscopeLibraries) pcre2; }`.
{
  lib,
  profile,
  libraries ? (import ./names.nix).libraries,
}:
let
  append = import ./append.nix { inherit lib; } "NIX_CFLAGS_COMPILE" (import ./flags.nix profile).c;
  reach = import ./reach.nix { inherit lib; };
in
_final: prev:
let
  tune = name: (if reach.finished prev then append else lib.id) prev.${name};
  tuned = lib.genAttrs (lib.filter (name: prev ? ${name}) libraries) tune;
in
tuned // { electroscopeLibraries = tuned; }
