# A module in a file of its own, for what library.nix says of files.
{ lib, ... }:
{
  options.list = lib.mkOption { type = lib.types.listOf lib.types.int; };
  config.list = [ 1 ];
}
