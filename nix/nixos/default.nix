# Every NixOS module of ours. All are off until enabled.
{
  _class = "nixos";
  imports = [
    ./profile.nix
    ./electroscope.nix
    ./zram.nix
    ./sysctl.nix
    ./slices.nix
    ./oomd.nix
    ./io.nix
    ./nvidia-vaapi.nix
    ./system-libs.nix
  ];
}
