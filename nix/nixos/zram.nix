# Compressed swap in RAM, through NixOS's own zramSwap: whatever is set there wins.
{ config, lib, ... }:
let
  inherit (lib) mkEnableOption mkIf;
  preset = import ../preset.nix lib;
  inherit (config.electroscope) profile;
in
{
  _class = "nixos";
  imports = [
    ../profiles/option.nix
    ./sysctl.nix
  ];

  options.electroscope.zram.enable = mkEnableOption ''
    compressed swap in RAM: zstd, priority 100, and of the RAM the share that the profile's `memory.zram.percent` tells.
    That is the size before compression; how much RAM it takes is in `zramctl`. To change one of them, set `zramSwap`'s
    `algorithm`, `priority` or `memoryPercent`'';

  config = mkIf config.electroscope.zram.enable {
    zramSwap = {
      enable = preset true;
      algorithm = preset "zstd";
      memoryPercent = preset profile.memory.zram.percent;
      priority = preset 100; # above any swap on disk, which the kernel gives negative ones (swapon(2))
    };
  };
}
