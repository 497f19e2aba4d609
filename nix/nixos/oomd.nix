# systemd-oomd beside apps that have limits of their own. Measured by memory pressure it kills the wrong one: an app that its own
# MemoryHigh slows down raises the pressure of every slice above it, and oomd then kills whichever app below reclaims most, whole.
# The scopes cannot ask to be spared: oomd heeds ManagedOOMPreference of a user's units only below what the same user owns, and
# never when swap runs out (systemd.resource-control(5)). So it watches what means that the machine itself is at its end: swap.
{ config, lib, ... }:
let
  inherit (lib) mkDefault mkEnableOption mkIf optional;
  inherit (config.systemd) oomd;
in
{
  _class = "nixos";

  options.electroscope.oomd.enable = mkEnableOption ''
    systemd-oomd for the whole machine: when both memory and swap are nearly used up (90 %, oomd.conf(5)) it ends the app
    that has the most in swap. It does not act on memory pressure, so that an app which its own MemoryHigh slows down lives'';

  config = mkIf config.electroscope.oomd.enable {
    systemd.oomd.enable = mkDefault true;
    # The root slice, since swap is the whole machine's (systemd-oomd.service(8), Usage Recommendations).
    systemd.slices."-".sliceConfig.ManagedOOMSwap = mkDefault "kill";

    warnings = optional (oomd.enableUserSlices || oomd.enableRootSlice) ''
      electroscope.oomd: systemd.oomd.enableUserSlices or enableRootSlice is on, so systemd-oomd can kill a whole app because
      another one's MemoryHigh slows that down. Turn them off, or electroscope.oomd.
    '';
  };
}
