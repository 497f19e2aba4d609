# nix/nixos/oomd.nix: swap is watched, memory pressure is not.
{ lib, nixos, ... }:
let
  on = module: nixos [ { electroscope.oomd.enable = true; } module ];
  # Where oomd kills by pressure: slices of the system, and what NixOS gives every slice of a user's manager.
  pressure =
    evaluation:
    lib.attrNames (lib.filterAttrs (_: text: lib.elem "ManagedOOMMemoryPressure=kill" (lib.splitString "\n" text)) evaluation.text);
in
{
  # On the root slice it took the shell of the desktop (systemd/systemd#25596).
  "oomd watches swap, on the slice of a user's apps and on no other" = {
    actual = lib.attrNames (lib.filterAttrs (_: lib.hasInfix "ManagedOOMSwap") (on { }).text);
    expected = [ "systemd/user/app.slice.d/overrides.conf" ];
  };
  "app.slice.d" = {
    actual = (on { }).text."systemd/user/app.slice.d/overrides.conf";
    golden = "nixos/app.slice.d/overrides.conf";
  };
  "oomd warns where systemd-oomd is off" = {
    actual = map (enable: lib.length (on { systemd.oomd = { inherit enable; }; }).warnings) [ false true ];
    expected = [ 1 0 ];
  };
  "oomd kills no app by memory pressure" = { actual = pressure (on { }); expected = [ ]; };
  "oomd warns where NixOS was told to" = {
    actual = map (module: { warns = (on module).warnings != [ ]; kills = pressure (on module); }) [
      { systemd.oomd.enableSystemSlice = true; }
      { systemd.oomd.enableUserSlices = true; }
      { systemd.oomd.enableRootSlice = true; }
    ];
    expected = [
      { warns = false; kills = [ "systemd/system/system.slice" ]; }
      { warns = true; kills = [ "systemd/system/user.slice" "systemd/user/slice.d/overrides.conf" ]; }
      { warns = true; kills = [ "systemd/system/-.slice" ]; }
    ];
  };
  "oomd gives way to whatever else is said" = {
    actual = map (mark: (on { systemd.user.slices.app.sliceConfig.ManagedOOMSwap = mark "auto"; }).config.systemd.user.slices.app.sliceConfig) [
      lib.id
      lib.mkDefault
    ];
    expected = [ { ManagedOOMSwap = "auto"; } { ManagedOOMSwap = "auto"; } ];
  };
}
