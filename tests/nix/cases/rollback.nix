# Taking it away: what every NixOS module leaves behind when it is disabled again is nothing.
{ lib, nixos, profiles, ... }:
let
  tuning = [ "zram" "sysctl" "slices" "oomd" "io" "nvidiaVaapi" ];
  parts = tuning ++ [ "systemLibs" ];
  # A machine with something to leave traces on.
  machine = {
    electroscope.profile = profiles.shoshin;
    services.displayManager.sddm.enable = true;
    boot.kernel.sysctl."vm.swappiness" = 10;
  };
  all = parts: lib.genAttrs parts (_: { enable = true; });
  none = parts: lib.genAttrs parts (_: { enable = lib.mkForce false; });

  # What of the configuration is not as it would be without us.
  traces =
    module:
    let
      with' = nixos [ machine module ];
      inherit (nixos (removeAttrs machine [ "electroscope" ])) without;
    in
    lib.attrNames (lib.filterAttrs (name: value: value != without.plain.${name}) with'.plain)
    ++ lib.attrNames (lib.filterAttrs (file: text: text != without.text.${file} or null) with'.text);
in
{
  "rollback: with none enabled nothing is changed" = { actual = traces { }; expected = [ ]; };
  "rollback: with all enabled and disabled again nothing is changed" = {
    actual = traces { imports = [ { electroscope = all parts; } { electroscope = none parts; } ]; };
    expected = [ ];
  };
  # Or the two above could not fail.
  "rollback: each by itself leaves traces while it is enabled" = {
    actual = lib.filter (part: traces { electroscope.${part}.enable = true; } == [ ]) tuning;
    expected = [ ];
  };
  "rollback: each is switched off by itself, and takes its own traces along" = {
    actual = lib.filter (
      part:
      let
        others = traces { electroscope = all tuning // { ${part}.enable = false; }; };
      in
      lib.length others == 0 || lib.length others >= lib.length (traces { electroscope = all tuning; })
    ) tuning;
    expected = [ ];
  };
}
