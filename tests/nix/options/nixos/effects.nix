# What NixOS itself sets by the options of the list, as far as it meets what our modules set. Each part names its source in nixos/modules.
# The kernel and its packages are fakes.
{ config, lib, pkgs, ... }:
let
  inherit (lib) mkDefault mkIf mkOptionDefault;
  driver = config.hardware.nvidia;
  onKill = { ManagedOOMMemoryPressure = "kill"; ManagedOOMMemoryPressureLimit = mkDefault "80%"; };
  nvidia = lib.elem "nvidia" config.services.xserver.videoDrivers;
in
{
  _file = "what NixOS itself sets";
  config = lib.mkMerge [
    {
      # config/sysctl.nix
      boot.kernel.sysctl = {
        "fs.inotify.max_user_instances" = mkDefault 524288;
        "fs.inotify.max_user_watches" = mkDefault 524288;
        "kernel.kptr_restrict" = mkDefault 1;
        "vm.max_map_count" = mkDefault 1048576;
      };
      boot.kernelPackages = mkDefault pkgs.fakeKernelPackages;

      # services/display-managers
      services.displayManager.enable = mkDefault (
        with config.services.displayManager;
        sddm.enable || gdm.enable || lemurs.enable || plasma-login-manager.enable || config.services.xserver.displayManager.lightdm.enable
      );
    }

    # config/zram.nix
    (mkIf config.zramSwap.enable {
      services.zram-generator.enable = true;
      services.zram-generator.settings = lib.genAttrs (map (n: "zram${toString n}") (lib.range 0 (config.zramSwap.swapDevices - 1))) (
        _:
        let
          size = "${toString config.zramSwap.memoryPercent} / 100 * ram";
          inherit (config.zramSwap) memoryMax writebackDevice;
        in
        {
          compression-algorithm = config.zramSwap.algorithm;
          swap-priority = config.zramSwap.priority;
          zram-size = if memoryMax == null then size else "min(${size}, ${toString memoryMax} / 1024 / 1024)";
        }
        // lib.optionalAttrs (writebackDevice != null) { writeback-device = toString writebackDevice; }
      );
    })

    # system/boot/systemd/oomd.nix
    (mkIf config.systemd.oomd.enable {
      systemd.slices."-".sliceConfig = mkIf config.systemd.oomd.enableRootSlice onKill;
      systemd.slices.system.sliceConfig = mkIf config.systemd.oomd.enableSystemSlice onKill;
      systemd.slices.user.sliceConfig = mkIf config.systemd.oomd.enableUserSlices onKill;
      systemd.user.units.slice = mkIf config.systemd.oomd.enableUserSlices {
        text = "[Slice]\nManagedOOMMemoryPressure=kill\nManagedOOMMemoryPressureLimit=80%\n";
        overrideStrategy = "asDropin";
      };
    })

    # hardware/video/nvidia.nix
    {
      hardware.nvidia.package = mkOptionDefault config.boot.kernelPackages.nvidiaPackages.${driver.branch};
    }
    (mkIf nvidia {
      assertions = [
        {
          assertion = driver.open != null || lib.versionOlder driver.package.version "560";
          message = "You must configure `hardware.nvidia.open` on NVIDIA driver versions >= 560.";
        }
      ];
      hardware.graphics.extraPackages = mkIf driver.videoAcceleration [ pkgs.nvidia-vaapi-driver ];
      boot.extraModprobeConfig = mkIf driver.modesetting.enable "options nvidia-drm fbdev=1 modeset=1\n";
    })

    # services/display-managers: the unit's name, and how SDDM's settings get there.
    (mkIf (config.services.displayManager.sddm.enable || config.services.displayManager.gdm.enable) {
      systemd.services.display-manager.serviceConfig.Restart = "always";
    })
    (mkIf config.services.displayManager.plasma-login-manager.enable {
      systemd.services.plasmalogin.aliases = [ "display-manager.service" ];
    })
  ];
}
