# The kernel's memory settings. Two definitions of one sysctl of the same priority are an error in NixOS, even equal ones
# (nixos/modules/config/sysctl.nix), so all are presets: any value elsewhere wins.
{ config, lib, ... }:
let
  inherit (lib) literalExpression mapAttrs mkIf mkOption types;
  preset = import ../preset.nix lib;
in
{
  _class = "nixos";

  options.electroscope.sysctl.enable = mkOption {
    type = types.bool;
    default = config.electroscope.zram.enable or false;
    defaultText = literalExpression "config.electroscope.zram.enable";
    description = ''
      Whether to set seven of the kernel's memory settings. They come with `electroscope.zram`, since a swappiness of 67 is
      meant for swap in RAM. To change one, set it in `boot.kernel.sysctl`; `null` there leaves the kernel's own.
    '';
  };

  config = mkIf config.electroscope.sysctl.enable {
    # https://docs.kernel.org/admin-guide/sysctl/vm.html
    boot.kernel.sysctl = mapAttrs (_: preset) {
      "vm.swappiness" = 67; # of 200; 100 is "swap costs as much as reading a file again"
      "vm.vfs_cache_pressure" = 125;
      "vm.overcommit_memory" = 0;
      "vm.overcommit_ratio" = 50; # counts only where overcommit_memory is 2
      "vm.dirty_ratio" = 10;
      "vm.dirty_background_ratio" = 5;
      "vm.panic_on_oom" = 0;
    };
  };
}
