# What the manuals of NixOS and home-manager are made of: each option of ours, those inside of submodules too, with its texts.
{ lib, home, nixos, ... }:
let
  shown = options: lib.filter (option: option.visible == true && !option.internal && lib.last option.loc != "specialArgs") (lib.optionAttrSetToDocList options);
  ofNixos = shown { inherit ((nixos { }).options) electroscope; };
  ofHome =
    let
      inherit ((home { }).options) electroscope programs;
    in
    shown {
      inherit electroscope;
      programs = { inherit (programs) electroscope; };
    };
  blank = option: if option.description == null then true else builtins.match "[[:space:]]*" (option.description.text or option.description) != null;
  undescribed = options: map (option: option.name) (lib.filter blank options);
in
{
  "NixOS: each option has a description" = {
    actual = { without = undescribed ofNixos; some = lib.length ofNixos > 20; };
    expected = { without = [ ]; some = true; };
  };
  "home: each option has a description" = {
    actual = { without = undescribed ofHome; some = lib.length ofHome > 20; };
    expected = { without = [ ]; some = true; };
  };
  "the lists can be written as JSON" = {
    actual = builtins.isString (builtins.toJSON (map (option: removeAttrs option [ "declarations" ]) (ofNixos ++ ofHome)));
    expected = true;
  };
}
