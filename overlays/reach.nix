# In which package sets a package is changed: nixpkgs hands overlays to every stage of the bootstrap and every sister set
# (pkgs/top-level/stage.nix). Asked for each package, not for the overlay as a whole: the names in an overlay must not
# depend on stdenv, which another overlay may take from the finished set.
{ lib }:
rec {
  # x86, since the profiles speak of nothing else.
  x86 = prev: prev.stdenv.hostPlatform.isx86;

  # Only the set that people use, not the stages that stdenv is made in: these name their stdenv bootstrap-stage…
  # (pkgs/stdenv/linux/default.nix, stageFun). stdenv then stays the one that the binary cache has.
  finished = prev: x86 prev && !(lib.hasPrefix "bootstrap-" prev.stdenv.name);
}
