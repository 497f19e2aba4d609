# The two options that home-manager takes from nixpkgs' file of this path.
{ lib, ... }:
let
  internal =
    type:
    lib.mkOption {
      inherit type;
      default = [ ];
      internal = true;
      description = "What is to be true, and what to be told, at the switch.";
    };
in
{
  options.assertions = internal (lib.types.listOf lib.types.unspecified);
  options.warnings = internal (lib.types.listOf lib.types.str);
}
