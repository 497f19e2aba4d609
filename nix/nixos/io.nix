# The I/O scheduler of the kind of device that the system lies on, and of no other.
# A rule of our own, since hardware.block.scheduler matches names alone and takes a disk for an SSD.
{ config, lib, ... }:
let
  inherit (lib) literalExpression mkEnableOption mkIf mkOption types;
  inherit (config.electroscope) profile;
  cfg = config.electroscope.io;

  # Partitions have no queue, hence the type.
  disk = ''SUBSYSTEM=="block", ENV{DEVTYPE}=="disk"'';
  match = {
    nvme = ''KERNEL=="nvme[0-9]*n[0-9]*"'';
    ssd = ''KERNEL=="sd[a-z]*|vd[a-z]*|mmcblk[0-9]*", ATTR{queue/rotational}=="0"'';
    disk = ''KERNEL=="sd[a-z]*|vd[a-z]*", ATTR{queue/rotational}=="1"'';
  };
in
{
  _class = "nixos";
  imports = [ ../profiles/option.nix ];

  options.electroscope.io = {
    enable = mkEnableOption "the profile's I/O scheduler for the kind of device that the system lies on (nvme, ssd or disk)";

    scheduler = mkOption {
      type = types.nullOr (types.enum [ "none" "mq-deadline" "kyber" "bfq" ]);
      default = profile.storage.scheduler;
      defaultText = literalExpression "config.electroscope.profile.storage.scheduler";
      description = "The scheduler, one of those in /sys/block/DEVICE/queue/scheduler. null leaves the kernel's choice.";
    };
  };

  config = mkIf (cfg.enable && cfg.scheduler != null) {
    # udev(7)
    services.udev.extraRules = ''
      ACTION=="add|change", ${disk}, ${match.${profile.storage.kind}}, ATTR{queue/scheduler}="${cfg.scheduler}"
    '';
  };
}
