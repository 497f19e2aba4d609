# systemd-oomd beside apps that have limits of their own. Measured by memory pressure it kills the wrong one: an app that its own
# MemoryHigh slows down raises the pressure of every slice above it, and oomd then kills whichever app below reclaims most, whole.
# The scopes cannot ask to be spared: oomd heeds ManagedOOMPreference of a user's units only below what the same user owns, and
# never when swap runs out (systemd.resource-control(5)). So it watches what means that the machine itself is at its end: swap.
#
# It watches that on the slice of the user's apps, not on the root slice, as its man page proposes: with zram it took the desktop's
# shell there (systemd/systemd#25596). Plasma and GNOME run theirs in session.slice.
{ config, lib, ... }:
let
  inherit (lib) mkEnableOption mkIf optional;
  preset = import ../preset.nix lib;
  inherit (config.systemd) oomd;
in
{
  _class = "nixos";

  options.electroscope.oomd.enable = mkEnableOption ''
    systemd-oomd for the users' apps: when both memory and swap are nearly used up (90 %, oomd.conf(5)) it ends the app in a
    user's app.slice that has the most in swap. The compositor and the system's services are not in there. It does not act on memory
    pressure, so that an app which its own MemoryHigh slows down lives'';

  config = mkIf config.electroscope.oomd.enable {
    systemd.oomd.enable = preset true;
    # A drop-in: systemd has a unit of this name (systemd.special(7)).
    systemd.user.slices.app = {
      overrideStrategy = preset "asDropin";
      sliceConfig.ManagedOOMSwap = preset "kill";
    };

    warnings =
      optional (oomd.enableUserSlices || oomd.enableRootSlice) ''
        electroscope.oomd: systemd.oomd.enableUserSlices or enableRootSlice is on, so systemd-oomd can kill a whole app because
        another one's MemoryHigh slows that down. Turn them off, or electroscope.oomd.
      ''
      ++ optional (!oomd.enable) ''
        electroscope.oomd: systemd.oomd.enable is off, so nothing ends an app when memory and swap are used up.
        Turn it on, or electroscope.oomd off.
      '';
  };
}
