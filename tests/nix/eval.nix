# What the cases are given: nixos and home evaluate our modules with others beside them, against the options file.
#
# nixos modules, home modules -> {
#   config, options   as any evaluation has them
#   warnings          the messages
#   assertions        the messages of those that fail (a real switch would stop there)
#   text              the files written, by path below /etc (NixOS) or the home (home-manager): units, drop-ins, sysctl.d, environment.d ...
#   packages          what is installed, but home-manager's own
#   plain             the whole configuration but our own options, as data: to compare
#   without           the same evaluation without our modules
# }
# modules: one or a list. homeIn takes the NixOS configuration that the home is part of before them. homeWithPlasmaManager is home for users who have that too, homeWithGlobalPkgs for those who set
# home-manager.useGlobalPkgs: nixpkgs.overlays is there then, hidden and without effect (modules/misc/nixpkgs-disabled.nix).
{ lib, pkgs, root }:
let
  declare = options: import ./options/declare.nix ({ inherit lib; } // options);
  listed = {
    nixos = import ./options/nixos/options.nix lib;
    home = import ./options/home/options.nix lib;
  };
  withPkgs = { config, ... }: {
    _file = "the fake package set";
    _module.args.pkgs = lib.mkDefault (pkgs.appendOverlays (if config.nixpkgs.overlays == null then [ ] else config.nixpkgs.overlays));
  };

  # A configuration as data: packages are their store paths, functions and the like only told.
  data =
    value:
    if lib.isDerivation value then
      builtins.unsafeDiscardStringContext value.drvPath
    else if lib.isAttrs value then
      if value._type or "" == "pkgs" then "<pkgs>" else builtins.mapAttrs (_: data) value
    else if lib.isList value then
      map data value
    else if lib.isFunction value then
      "<function>"
    else
      value;

  # Options with a value that are neither ours, nor the module system's, nor an old name of another.
  ours = loc: lib.elem "electroscope" (lib.take 2 loc);
  named = option: lib.nameValuePair (lib.showOption option.loc) (data option.value);
  counts = option: option.isDefined && option.visible or true && lib.head option.loc != "_module" && !ours option.loc;

  evaluate =
    { class, base, modules, files, lib, given ? { } }:
    more:
    let
      with' = tree: lib.evalModules { inherit class; modules = base ++ tree ++ lib.toList more; specialArgs = { inherit lib; } // given; };
      answer =
        evaluation:
        let
          inherit (evaluation) config options;
        in
        {
          inherit config options;
          inherit (config) warnings;
          assertions = map (one: one.message) (lib.filter (one: !one.assertion) config.assertions);
          text = lib.filterAttrs (_: text: text != "") (files { inherit lib config; });
          packages = config.home.packages or config.environment.systemPackages;
          plain = lib.listToAttrs (map named (lib.filter counts (lib.collect lib.isOption options)));
        };
    in
    answer (with' modules) // { without = answer (with' [ ]); };

  ourHome =
    options: given:
    evaluate {
      class = "homeManager";
      inherit given;
      lib = lib // { hm = { dag = import ./options/home/dag.nix; assertions = import ./options/home/assertions.nix lib; }; };
      base = [ (declare (listed.home // { inherit options; })) ./options/home/effects.nix withPkgs ];
      modules = [ (root + "/nix/home") ];
      files = import ./options/home/files.nix;
    };
in
{
  inherit listed;

  nixos = evaluate {
    class = "nixos";
    inherit lib;
    base = [ (declare listed.nixos) ./options/nixos/effects.nix withPkgs ];
    modules = [ (root + "/nix/nixos") ];
    files = import ./options/nixos/files.nix;
  };

  home = ourHome listed.home.options { };
  homeIn = osConfig: ourHome listed.home.options { inherit osConfig; };
  homeWithPlasmaManager = ourHome (listed.home.options // listed.home.plasma) { };
  homeWithGlobalPkgs = ourHome (
    listed.home.options // { "nixpkgs.overlays" = listed.home.options."nixpkgs.overlays" // { visible = false; }; }
  ) { };
}
