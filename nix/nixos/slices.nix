# What a logged-in user may take of the machine, and what is kept for the display manager.
{ config, lib, ... }:
let
  inherit (lib)
    filterAttrs
    literalMD
    mapAttrs
    mkEnableOption
    mkIf
    mkMerge
    mkOption
    optional
    optionalAttrs
    types
    ;
  inherit (config.electroscope.profile) cpu memory;
  cfg = config.electroscope.slices;
  preset = import ../preset.nix lib;

  limits = settings: mapAttrs (_: preset) (filterAttrs (_: value: value != null) settings);
  size = mib: if mib / 1024 * 1024 == mib then "${toString (mib / 1024)}G" else "${toString mib}M";

  # systemd.resource-control(5): bytes with K, M, G, T, a percentage of the RAM, or infinity.
  memorySize = types.nullOr (types.strMatching "infinity|[0-9]+(\\.[0-9]+)?[KMGT%]?");

  # The display managers that have a unit of their own. display-manager.service is a mere alias then, and what is set on that name
  # is lost: the alias' link takes its place (nixpkgs' nixos/lib/systemd-lib.nix).
  displayManagers = config.services.displayManager;
  displayManager =
    if displayManagers.plasma-login-manager.enable or false then
      "plasmalogin"
    else if config.services.greetd.enable or false then
      "greetd"
    else if displayManagers.enable then
      "display-manager"
    else
      null;
in
{
  _class = "nixos";
  imports = [ ../profiles/option.nix ];

  options.electroscope.slices = {
    enable = mkEnableOption ''
      limits on each logged-in user, relative to the RAM and threads of the machine, and memory that is kept for the display
      manager'';

    memoryHigh = mkOption {
      type = memorySize;
      default = if memory.ram == null then "75%" else size (memory.ram * 768); # 75 % in MiB
      defaultText = literalMD "75 % of `electroscope.profile.memory.ram`, or of the RAM that systemd finds";
      example = "10G";
      description = ''
        From here on all of a user's programs together are slowed down and their memory is swapped out. Without swap they
        come to a standstill instead. null sets no such limit.
      '';
    };

    memoryMax = mkOption {
      type = memorySize;
      default = if memory.ram == null then "87.5%" else size (memory.ram * 896); # 87.5 %
      defaultText = literalMD "87.5 % of `electroscope.profile.memory.ram`, or of the RAM that systemd finds";
      example = "12G";
      description = "Beyond this the kernel kills one of the user's processes. null sets no such limit.";
    };

    cpuQuota = mkOption {
      type = types.nullOr (types.strMatching "[0-9]+%");
      default = if cpu.threads == null then null else "${toString (cpu.threads * 75)}%";
      defaultText = literalMD "75 % of `electroscope.profile.cpu.threads`; none if the profile does not say how many there are";
      example = "400%";
      description = "CPU time for all of a user's programs together; 100% is one thread. null sets no such limit.";
    };

    displayManager = {
      unit = mkOption {
        type = types.nullOr types.str;
        default = displayManager;
        defaultText = literalMD "the unit of the display manager that is enabled";
        description = ''
          The display manager's service, without `.service`. 512M of memory are kept for it, and systemd-oomd takes it last.
          null leaves it alone.
        '';
      };

      capped = mkOption {
        type = types.bool;
        default = false;
        description = ''
          Whether to set OOMScoreAdjust=-900, MemoryHigh=512M and MemoryMax=1G on the display manager too. **This can end your
          session**: under X11 the X server runs in that unit, and at 1G the kernel kills it, with all that is open. What the
          display manager starts, the session among it, inherits the score, so that the kernel kills other things first.
        '';
      };
    };
  };

  config = mkIf cfg.enable (mkMerge [
    {
      # A drop-in for every user's slice (systemd.slice(5)). NixOS would write a unit file of this name, which systemd refuses.
      systemd.slices."user-" = {
        overrideStrategy = "asDropin";
        sliceConfig = limits {
          MemoryHigh = cfg.memoryHigh;
          MemoryMax = cfg.memoryMax;
          CPUQuota = cfg.cpuQuota;
        };
      };

      warnings = optional (cfg.memoryHigh != null && !config.zramSwap.enable && config.swapDevices == [ ]) ''
        electroscope.slices: there is no swap, so a user who reaches MemoryHigh=${cfg.memoryHigh} has a session at a standstill.
        Enable electroscope.zram, or set electroscope.slices.memoryHigh = null.
      '';
    }

    (mkIf (cfg.displayManager.unit != null) {
      # Memory is kept for a unit only where it is kept for the slices above it too (systemd.resource-control(5), MemoryLow=).
      systemd.slices.system.sliceConfig = limits { MemoryLow = "512M"; };
      systemd.services.${cfg.displayManager.unit}.serviceConfig = limits (
        {
          MemoryLow = "512M";
          ManagedOOMPreference = "avoid";
        }
        // optionalAttrs cfg.displayManager.capped {
          OOMScoreAdjust = -900;
          MemoryHigh = "512M";
          MemoryMax = "1G";
        }
      );
    })
  ]);
}
