# Every NixOS module of ours. All are off until enabled.
{
  _class = "nixos";
  imports = builtins.attrValues (import ../modules.nix).nixos;
}
