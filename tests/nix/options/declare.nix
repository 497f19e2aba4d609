# From a list of options, as in nixos/options.nix, to a module that declares them. A renamed one warns and hands on, a removed one
# fails an assertion, as in NixOS and home-manager.
{ lib, options, renamed ? { }, removed ? { }, ... }:
let
  path = lib.splitString ".";
  declare =
    name:
    { type, source, since ? null, default ? null, ... }@option:
    lib.setAttrByPath (path name) (
      lib.mkOption (
        builtins.removeAttrs option [ "source" "since" ] // { description = "Transcribed from ${source}."; }
      )
    );
in
{
  _file = "the options file of the tests";
  imports =
    lib.mapAttrsToList (from: to: lib.mkRenamedOptionModule (path from) (path to)) renamed
    ++ lib.mapAttrsToList (name: lib.mkRemovedOptionModule (path name)) removed;
  options = lib.foldl' lib.recursiveUpdate { } (lib.mapAttrsToList declare options);
}
