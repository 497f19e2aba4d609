# Cheaper moves between control groups: a launch moves its process into a scope, and without this the kernel makes it wait for all
# processors to have passed a quiet point (an RCU grace period, kernel/cgroup/cgroup.c, cgroup_favor_dynmods).
{ config, lib, pkgs, ... }:
let
  inherit (lib) mkEnableOption mkIf mkMerge versionAtLeast;
  # Linux 6.7 has the parameter (Documentation/admin-guide/kernel-parameters.txt), Linux 6.0 the mount option (cgroup-v2.rst).
  byParameter = versionAtLeast config.boot.kernelPackages.kernel.version "6.7";
in
{
  _class = "nixos";

  options.electroscope.cgroup.favorDynMods = mkEnableOption ''
    favordynmods of the control groups: a process moves to another group at once. On an idle machine a launch waits 15 ms for that
    otherwise, and 1.4 with this (measured on Linux 6.12 in an emulated machine). Its price is a lock that every fork and exit
    then takes. There it was lost in the noise: a fork with its exit took 1.28 ms at the least without this and 1.26 with it, of 200
    batches of 50 each. Takes effect at the next boot'';

  config = mkIf config.electroscope.cgroup.favorDynMods (mkMerge [
    (mkIf byParameter { boot.kernelParams = [ "cgroup_favordynmods=1" ]; })
    (mkIf (!byParameter) {
      systemd.services.electroscope-favordynmods = {
        description = "Cheaper moves between control groups";
        wantedBy = [ "sysinit.target" ];
        before = [ "sysinit.target" ];
        unitConfig.DefaultDependencies = false;
        serviceConfig = {
          Type = "oneshot";
          RemainAfterExit = true;
          # With the options that systemd has mounted it with (src/shared/mount-setup.c): a remount takes those away that it does not name.
          ExecStart = "${pkgs.util-linux}/bin/mount -o remount,nsdelegate,memory_recursiveprot,favordynmods /sys/fs/cgroup";
        };
      };
    })
  ]);
}
