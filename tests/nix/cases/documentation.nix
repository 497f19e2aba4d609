# What the manuals of NixOS and home-manager are made of: each option of ours, those inside of submodules too, with its texts.
{
  lib,
  home,
  nixos,
  root,
  ...
}:
let
  shown = options: lib.filter (option: option.visible == true && !option.internal && lib.last option.loc != "specialArgs") (lib.optionAttrSetToDocList options);
  ofNixos =
    let
      inherit ((nixos { }).options) electroscope programs;
    in
    shown { inherit electroscope; programs = { inherit (programs) electroscope; }; };
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
  "docs/nix.md is what the modules say" = {
    actual = import (root + "/nix/options.nix") { inherit lib root; nixos = (nixos { }).options; home = (home { }).options; };
    golden = "../../../docs/nix.md";
  };
  "the lists can be written as JSON" = {
    actual = builtins.isString (builtins.toJSON (map (option: removeAttrs option [ "declarations" ]) (ofNixos ++ ofHome)));
    expected = true;
  };
}
