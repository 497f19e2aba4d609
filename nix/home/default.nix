# All that home-manager can be given; every part is off until it is enabled.
{
  _class = "homeManager";
  imports = [
    ./profile.nix
    ./electroscope.nix
    ./plasma.nix
    ./system-libs.nix
  ];
}
