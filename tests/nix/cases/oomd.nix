# nix/nixos/oomd.nix: swap is watched, memory pressure is not.
{ lib, nixos, ... }:
let
  on = module: nixos [ { electroscope.oomd.enable = true; } module ];
  # Where oomd kills by pressure: slices of the system, and what NixOS gives every slice of a user's manager.
  pressure =
    evaluation:
    lib.attrNames (lib.filterAttrs (_: text: lib.elem "ManagedOOMMemoryPressure=kill" (lib.splitString "\n" text)) evaluation.text);
  settings = evaluation: lib.mapAttrs (_: slice: slice.sliceConfig) evaluation.config.systemd.slices;
in
{
  "oomd watches swap, on the root slice" = {
    actual = lib.filterAttrs (_: of: of != { }) (settings (on { }));
    expected."-" = { ManagedOOMSwap = "kill"; };
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
  "oomd gives way to plain values" = {
    actual = (settings (on { systemd.slices."-".sliceConfig.ManagedOOMSwap = "auto"; }))."-";
    expected.ManagedOOMSwap = "auto";
  };
  "-.slice" = { actual = (on { }).text."systemd/system/-.slice"; golden = "nixos/-.slice"; };
}
