# nix/package.nix: what it is built from and with. That it builds is shown by flake_package_test.go.
{ lib, pkgs, root, ... }:
let
  channel = import root { inherit pkgs; };
  package = pkgs.callPackage (root + "/nix/package.nix");
  # What buildGoModule is given: where the building machine can run what it builds, and where not.
  attributesOn = canExecute: attributes { stdenv = pkgs.stdenv // { buildPlatform = pkgs.stdenv.buildPlatform // { inherit canExecute; }; }; };
  attributes = given: pkgs.callPackage (root + "/nix/package.nix") ({ buildGoModule = definition: lib.fix definition; } // given);
  arm = import (root + "/tests/nix/packages") { inherit lib; system = "aarch64-linux"; };
in
{
  # Cross-built there is nobody to run it; that Nix can be without man pages, but not without the build.
  "what is built for another machine is not run" = {
    actual = map (of: { checked = of.doInstallCheck; runs = lib.hasInfix "electroscope link" of.postInstall; }) [
      (attributesOn (_: true))
      (attributesOn (_: false))
    ];
    expected = [ { checked = true; runs = true; } { checked = false; runs = false; } ];
  };
  "an edit of the docs, the modules or the rigs rebuilds nothing" = {
    actual = builtins.attrNames (builtins.readDir "${(package { }).src}");
    expected = [ "VERSION" "apps.toml" "baseline" "cmd" "compare" "desktop" "doctor" "embed.go" "go.mod" "go.sum" "launcher" "monitor" "tests" ];
  };
  "the program is static, and for any x86-64" = {
    actual = (attributes { }).env;
    expected = { CGO_ENABLED = 0; };
  };
  "the program is for the level of a profile" = {
    actual = (attributes { goamd64 = "v3"; }).env;
    expected = { CGO_ENABLED = 0; GOAMD64 = "v3"; };
  };
  "a level of x86-64 is nothing to another processor" = {
    actual = (arm.callPackage (root + "/nix/package.nix") { goamd64 = "v3"; }).env;
    expected = { CGO_ENABLED = 0; };
  };
  "without flakes there is the same" = {
    actual = {
      inherit (channel.package) pname;
      nixos = lib.attrNames channel.nixosModules;
      home = lib.attrNames channel.homeModules;
      front = (channel.lib.front pkgs pkgs.discord).name;
      machines = channel.lib.hardwareProfiles ? shoshin;
      overlay = (pkgs.extend channel.overlays.default).electroscopeFront pkgs.discord ? electroscopeFront;
    };
    expected = {
      pname = "electroscope";
      nixos = [ "cgroup" "default" "electroscope" "io" "nvidia-vaapi" "oomd" "profile" "slices" "sysctl" "system-libs" "zram" ];
      home = [ "default" "electroscope" "plasma" "profile" "system-libs" ];
      front = "discord-electroscope";
      machines = true;
      overlay = true;
    };
  };
  # Modules are asked for before there are packages.
  "without flakes the modules want no packages" = {
    actual = builtins.pathExists (import root { pkgs = throw "asked for"; }).nixosModules.default;
    expected = true;
  };
  "nix run starts electroscope" = {
    actual = lib.getExe (package { }) == "${package { }}/bin/electroscope";
    expected = true;
  };
}
