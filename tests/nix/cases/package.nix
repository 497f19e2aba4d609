# nix/package.nix: what it is built from and with. That it builds is shown by flake_package_test.go.
{ lib, pkgs, root, ... }:
let
  package = pkgs.callPackage (root + "/nix/package.nix");
  arm = import (root + "/tests/nix/packages") { inherit lib; system = "aarch64-linux"; };
in
{
  "an edit of the docs, the modules or the rigs rebuilds nothing" = {
    actual = builtins.attrNames (builtins.readDir "${(package { }).src}");
    expected = [ "VERSION" "apps.toml" "cmd" "compare" "desktop" "embed.go" "go.mod" "go.sum" "launcher" "monitor" "tests" ];
  };
  "the program is static, and for any x86-64" = {
    actual = (package { }).env;
    expected = { CGO_ENABLED = 0; };
  };
  "the program is for the level of a profile" = {
    actual = (package { goamd64 = "v3"; }).env;
    expected = { CGO_ENABLED = 0; GOAMD64 = "v3"; };
  };
  "a level of x86-64 is nothing to another processor" = {
    actual = (arm.callPackage (root + "/nix/package.nix") { goamd64 = "v3"; }).env;
    expected = { CGO_ENABLED = 0; };
  };
  "nix run starts electroscope" = {
    actual = lib.getExe (package { }) == "${package { }}/bin/electroscope";
    expected = true;
  };
}
