# nixos and home as eval.nix has them, by the real modules of NixOS, home-manager and plasma-manager with the real package set: for
# NIX_TEST_NIXPKGS, NIX_TEST_HM and NIX_TEST_PLASMA, folders of their sources. Nothing is built but texts that are asked for.
# Differs from eval.nix: `plain` is the derivation of all that a switch would activate.
{ nixpkgs, root, homeManager ? null, plasmaManager ? null }:
let
  pkgs = import nixpkgs {
    system = "x86_64-linux";
    config.allowUnfree = true;
    config.nvidia.acceptLicense = true; # for the branch of a Kepler card
    overlays = [ ];
  };
  inherit (pkgs) lib;

  answer = config: options: {
    inherit config options;
    inherit (config) warnings;
    assertions = map (one: one.message) (lib.filter (one: !one.assertion) config.assertions);
  };
  drv = package: builtins.unsafeDiscardStringContext package.drvPath;

  nixos =
    let
      base = {
        _file = "the machine of the tests";
        fileSystems."/" = lib.mkDefault { device = "/dev/disk/by-label/nixos"; fsType = "ext4"; };
        boot.loader.systemd-boot.enable = lib.mkDefault true;
        system.stateVersion = "26.05";
        nixpkgs.hostPlatform = lib.mkDefault "x86_64-linux";
        nixpkgs.config = { inherit (pkgs.config) allowUnfree nvidia; };
      };
      evaluate =
        modules:
        let
          inherit (import (nixpkgs + "/nixos/lib/eval-config.nix") { system = null; modules = [ base ] ++ modules; }) config options;
        in
        answer config options
        // {
          text = import ./options/nixos/files.nix { inherit lib config; };
          packages = config.environment.systemPackages;
          plain.toplevel = drv config.system.build.toplevel;
        };
    in
    more: evaluate ([ (root + "/nix/nixos") ] ++ lib.toList more) // { without = evaluate (lib.toList more); };

  homeWith =
    { useNixpkgsModule ? true, modules ? [ ], arguments ? { } }:
    let
      hmLib = import (homeManager + "/modules/lib/stdlib-extended.nix") lib;
      base =
        { config, ... }:
        {
          _file = "the user of the tests";
          home = {
            username = lib.mkDefault "user";
            homeDirectory = lib.mkDefault "/home/user";
            stateVersion = lib.mkDefault "26.05";
            enableNixpkgsReleaseCheck = false; # an older release may meet a newer nixpkgs here
          };
          manual.manpages.enable = false; # of 7500 options
          _module.args.pkgs = lib.mkForce (
            pkgs.appendOverlays (if config.nixpkgs.overlays == null then [ ] else config.nixpkgs.overlays)
          );
        };
      evaluate =
        given:
        let
          inherit
            (hmLib.evalModules {
              class = "homeManager";
              modules =
                import (homeManager + "/modules/modules.nix") { inherit pkgs useNixpkgsModule; lib = hmLib; } ++ modules ++ [ base ] ++ given;
              specialArgs = { modulesPath = toString (homeManager + "/modules"); } // arguments;
            })
            config
            options
            ;
        in
        answer config options
        // {
          text = lib.mapAttrs' (
            _: file: lib.nameValuePair file.target (if file.text != null then file.text else builtins.readFile file.source)
          ) (lib.filterAttrs (_: file: file.enable) config.home.file);
          packages = lib.filter (package: !(lib.elem (toString package) own)) config.home.packages;
          plain.activationPackage = drv config.home.activationPackage;
        };
      own = map toString (evaluate [ ]).config.home.packages; # what home-manager installs by itself
    in
    more: evaluate ([ (root + "/nix/home") ] ++ lib.toList more) // { without = evaluate (lib.toList more); };
in
{
  inherit lib pkgs nixos;
}
// lib.optionalAttrs (homeManager != null) {
  home = homeWith { };
  homeIn = osConfig: homeWith { arguments = { inherit osConfig; }; };
  homeWithGlobalPkgs = homeWith { useNixpkgsModule = false; };
}
// lib.optionalAttrs (homeManager != null && plasmaManager != null) {
  homeWithPlasmaManager = homeWith { modules = [ (plasmaManager + "/modules") ]; };
}
