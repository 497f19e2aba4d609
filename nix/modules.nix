# The modules, by the names that the flake and default.nix have them under. Each is off until its enable option is set.
{
  nixos = {
    electroscope = ./nixos/electroscope.nix;
    zram = ./nixos/zram.nix;
    sysctl = ./nixos/sysctl.nix;
    slices = ./nixos/slices.nix;
    oomd = ./nixos/oomd.nix;
    io = ./nixos/io.nix;
    cgroup = ./nixos/cgroup.nix;
    nvidia-vaapi = ./nixos/nvidia-vaapi.nix;
    system-libs = ./nixos/system-libs.nix;
    profile = ./nixos/profile.nix;
  };
  home = {
    electroscope = ./home/electroscope.nix;
    plasma = ./home/plasma.nix;
    system-libs = ./home/system-libs.nix;
    profile = ./home/profile.nix;
  };
}
