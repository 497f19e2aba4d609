# The budget of all apps together, as systemd has it before the first launch.
#
# A drop-in, no unit file, and that of a slice of our own: app.slice is systemd's. What switches generations looks for unit files
# that changed or went, to stop them, and with a slice all that runs in it would end.
{ config, lib, ... }:
let
  inherit (lib) literalExpression mkIf mkOption optionalAttrs types;
  inherit (config.electroscope) profile;
  cfg = config.programs.electroscope;
  inherit (cfg.settings.budget) memory cpus;

  inherit (profile.cpu) threads;
  share = builtins.match "(0|[1-9][0-9]*(\\.[0-9]+)?)%" (toString cpus); # else a word, or a mistake that the check names
  quota = # in per cent of one thread
    if threads == null then null
    else if share != null then threads * builtins.fromJSON (builtins.head share)
    else if cpus == "auto" then lib.max (threads * 50) 200
    else null;
in
{
  _class = "homeManager";

  options.programs.electroscope.slice.enable = mkOption {
    type = types.bool;
    default = threads != null;
    defaultText = literalExpression "config.electroscope.profile.cpu.threads != null";
    description = ''
      Whether to give {file}`app-electron.slice`, where all apps run, the budget of the profile: MemoryHigh, which wants swap or
      zram (without it the apps stand still where they reach it), and CPUQuota, from the profile's number of threads. Without
      this each launch sees to it, by the RAM, the swap and the threads that it finds.
    '';
  };

  config = mkIf (cfg.enable && cfg.slice.enable) {
    xdg.configFile."systemd/user/app-electron.slice.d/10-electroscope.conf".text = lib.generators.toINI { } {
      Unit.Description = "Apps that electroscope starts";
      Slice =
        optionalAttrs (memory != "infinity") { MemoryHigh = memory; }
        // optionalAttrs (quota != null) { CPUQuota = "${builtins.toJSON quota}%"; };
    };
  };
}
