# All that home-manager can be given; every part is off until it is enabled.
{
  _class = "homeManager";
  imports = builtins.attrValues (import ../modules.nix).home;
}
