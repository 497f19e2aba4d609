# Overlay: glibc and zlib, compiled for a machine. stdenv is made of them, so everything is built anew, the compiler
# included, and nothing comes from a binary cache.
{
  lib,
  profile,
  libraries ? (import ./names.nix).bootstrap,
}:
let
  append = import ./append.nix { inherit lib; } "NIX_CFLAGS_COMPILE";
  flags = import ./flags.nix profile;
  reach = import ./reach.nix { inherit lib; };
in
_final: prev:
let
  tune = name: (if reach.x86 prev then append (flags.${name} or flags.c) else lib.id) prev.${name};
in
lib.genAttrs (lib.filter (name: prev ? ${name}) libraries) tune
