# The machine, by itself: for a configuration that has modules of its own which ask for it.
{
  _class = "nixos";
  imports = [ ../profiles/option.nix ];
}
