# home as eval.nix has it, by home-manager's own modules, all of them and with their checks: for NIX_TEST_HM, a folder of its source.
# They get the fake package set with fakes of what they name themselves, and of nixpkgs' modules those in stub/nixpkgs.
# Differs from eval.nix: `text` has every file that home-manager makes (a file is built when it is asked for), and `plain` is the
# derivation of all that a switch would activate. With PLASMA-MANAGER's source there is homeWithPlasmaManager by its modules too.
{ lib, pkgs, root, source, plasmaManager ? null }:
let
  hmLib = import (source + "/modules/lib/stdlib-extended.nix") lib;

  fake = name: final: final.stdenvNoCC.mkDerivation { pname = name; version = "0"; meta.mainProgram = name; };
  anyFormat = final: _: {
    type = lib.types.anything;
    generate = name: value: final.writeText name (builtins.toJSON value);
  };
  # What home-manager's modules name whether they are enabled or not, or do with little of ours enabled.
  named = [
    "bash"
    "desktop-file-utils"
    "diffutils"
    "emptyDirectory"
    "findutils"
    "gettext"
    "glibcLocales"
    "gnugrep"
    "gnused"
    "jq"
    "lndir"
    "man"
    "ncurses"
    "sd-switch"
    "shared-mime-info"
  ];
  forHomeManager =
    final: previous:
    lib.genAttrs named (name: fake name final)
    // {
      path = ./stub/nixpkgs;
      xorg = { inherit (final) lndir; }; # its name in release-25.11
      buildPackages = final;
      stdenv = previous.stdenv // { inherit (previous.stdenv.hostPlatform) isDarwin isLinux; }; # as release-26.05 still asks
      formats =
        previous.formats
        // lib.genAttrs [ "iniWithGlobalSection" "javaProperties" "keyValue" "xml" "yaml" ] (_: anyFormat final)
        // {
          ini = options: previous.formats.ini options // {
            lib.types.atom = lib.types.nullOr (lib.types.oneOf [ lib.types.bool lib.types.int lib.types.float lib.types.str ]);
          };
        };
      replaceVars =
        file: variables:
        final.writeScript (baseNameOf file) (
          builtins.replaceStrings (map (name: "@${name}@") (lib.attrNames variables)) (map toString (lib.attrValues variables)) (
            builtins.readFile file
          )
        );
    };

  base =
    { config, ... }:
    {
      _file = "the user of the tests";
      home = {
        username = lib.mkDefault "user";
        homeDirectory = lib.mkDefault "/home/user";
        stateVersion = lib.mkDefault "25.11";
        enableNixpkgsReleaseCheck = false; # an older release may meet a newer lib here
      };
      manual.manpages.enable = false; # of 7500 options
      _module.args.pkgs = lib.mkForce (
        pkgs.appendOverlays ([ forHomeManager ] ++ (if config.nixpkgs.overlays == null then [ ] else config.nixpkgs.overlays))
      );
    };
  theirs =
    useNixpkgsModule:
    import (source + "/modules/modules.nix") {
      lib = hmLib;
      pkgs = pkgs.extend forHomeManager;
      inherit useNixpkgsModule;
    };

  home =
    { useNixpkgsModule ? true, more ? [ ] }:
    modules:
    let
      evaluate =
        given:
        hmLib.evalModules {
          class = "homeManager";
          modules = theirs useNixpkgsModule ++ more ++ [ base ] ++ given;
          specialArgs.modulesPath = toString (source + "/modules");
        };
      with' = ours: evaluate (ours ++ lib.toList modules);
      # What home-manager installs by itself.
      own = map toString (evaluate [ ]).config.home.packages;
      answer =
        { config, options, ... }:
        {
          inherit config options;
          inherit (config) warnings;
          assertions = map (one: one.message) (lib.filter (one: !one.assertion) config.assertions);
          text = lib.mapAttrs' (
            _: file: lib.nameValuePair file.target (if file.text != null then file.text else builtins.readFile file.source)
          ) (lib.filterAttrs (_: file: file.enable) config.home.file);
          packages = lib.filter (package: !(lib.elem (toString package) own)) config.home.packages;
          plain.activationPackage = builtins.unsafeDiscardStringContext config.home.activationPackage.drvPath;
        };
    in
    answer (with' [ (root + "/nix/home") ]) // { without = answer (with' [ ]); };
in
{
  home = home { };
  homeWithGlobalPkgs = home { useNixpkgsModule = false; };
}
// lib.optionalAttrs (plasmaManager != null) { homeWithPlasmaManager = home { more = [ (plasmaManager + "/modules") ]; }; }
