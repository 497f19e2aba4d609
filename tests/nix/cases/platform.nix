# nix/nixos/platform.nix where NixOS lets nobody say what the packages are: every VM test, and nixosModules.readOnlyPkgs. There a second
# definition is an error though its condition is false.
{ lib, root, ... }:
let
  # nixos/modules/misc/nixpkgs/read-only.nix, as far as it meets ours.
  readOnly = {
    options = {
      nixpkgs.hostPlatform = lib.mkOption { type = lib.types.raw; readOnly = true; };
      nixpkgs.overlays = lib.mkOption { type = lib.types.unique { message = "read-only"; } lib.types.raw; };
      nixpkgs.pkgs = lib.mkOption { type = lib.types.raw; };
      nix.settings.system-features = lib.mkOption { type = lib.types.listOf lib.types.str; default = [ ]; };
      assertions = lib.mkOption { type = lib.types.listOf lib.types.raw; default = [ ]; };
    };
    config.nixpkgs = {
      hostPlatform = "the test's";
      overlays = "the test's";
      pkgs = { };
    };
  };
  with' = module: (lib.evalModules { modules = [ (root + "/nix/nixos/platform.nix") readOnly module ]; }).config;
in
{
  "platform: off is absent" = {
    actual = (with' { }).nixpkgs.hostPlatform;
    expected = "the test's";
  };
  "platform: announced, it is still not ours to say" = {
    actual = (with' { electroscope.systemLibs.platform.enable = true; }).nixpkgs.hostPlatform;
    expected = "the test's";
  };
  "platform: built, an assertion says why it cannot be" = {
    actual = map (one: one.assertion) (with' { electroscope.systemLibs.platform = { enable = true; stage = "build"; }; }).assertions;
    expected = [ false ];
  };
}
