# meta, which home-manager takes from nixpkgs' file of this path: here whatever a module says of itself, unread.
{ lib, ... }:
{
  options.meta = lib.mkOption {
    type = lib.mkOptionType {
      name = "whatever";
      merge = _: definitions: map (one: one.value) definitions;
    };
    default = [ ];
    internal = true;
    description = "Maintainers and the manual's chapters.";
  };
}
