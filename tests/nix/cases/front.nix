# nix/front.nix and nix/apps.nix: what a front tells of itself. What is in it is for front_test.go.
{
  lib,
  pkgs,
  home,
  root,
  ...
}:
let
  with' = settings: (home [ { programs.electroscope.enable = true; } settings ]).config;
  front = name: (with' { }).programs.electroscope.apps.${name}.front;
  make = pkgs.callPackage (root + "/nix/front.nix") { electroscope = pkgs.callPackage (root + "/nix/package.nix") { }; };
  known = import (root + "/nix/apps.nix");
  catalogue = (fromTOML (builtins.readFile (root + "/apps.toml"))).apps;
in
{
  "each app of the catalogue is known" = {
    actual = lib.attrNames known;
    expected = lib.attrNames catalogue;
  };
  "each known app has its package" = {
    actual = lib.filterAttrs (_: app: app.attribute != null && !(pkgs ? ${app.attribute})) known;
    expected = { };
  };
  "what is the app is what its package says" = {
    actual = lib.mapAttrs (_: app: pkgs.${app.attribute}.meta.mainProgram) (lib.filterAttrs (_: app: app.attribute != null) known);
    expected = lib.mapAttrs (_: app: app.program) (lib.filterAttrs (_: app: app.attribute != null) known);
  };

  "a front is the app to whoever reads it" = {
    actual = {
      inherit (front "codium") pname version executableName longName;
      inherit ((front "codium").meta) mainProgram priority description;
      exe = lib.hasSuffix "-vscodium-electroscope/bin/codium" (lib.getExe (front "codium"));
      unwrapped = (front "codium").unwrapped == pkgs.vscodium;
    };
    expected = {
      inherit (pkgs.vscodium) pname version executableName longName;
      inherit (pkgs.vscodium.meta) mainProgram description;
      priority = 0;
      exe = true;
      unwrapped = true;
    };
  };
  # What modules look at before they call it: nixpkgs' makeOverridable keeps the arguments' names.
  "a front made anew is a front, above the one it was made of" = {
    actual = map (front: { inherit (front) pname; inherit (front.meta) priority; fronts = front ? electroscopeFront; }) [
      (front "discord")
      ((front "discord").override { commandLineArgs = "x"; })
      ((front "discord").overrideAttrs (_: { version = "x"; }))
      (((front "discord").override { commandLineArgs = "x"; }).overrideAttrs (_: { version = "x"; }))
      (lib.hiPrio (front "discord"))
    ];
    expected =
      let
        of = priority: { pname = "discord"; inherit priority; fronts = true; };
      in
      [ (of 0) (of (-1)) (of (-1)) (of (-1)) (of (-11)) ];
  };
  "a front says which arguments its app takes" = {
    actual = (lib.functionArgs (front "discord").override) ? commandLineArgs;
    expected = true;
  };
  "a front of a package that cannot be overridden cannot be either" = {
    actual = (make (removeAttrs pkgs.hello [ "override" "overrideAttrs" ])) ? override;
    expected = false;
  };
  "a front of a front is one of the app" = {
    actual = (make (make pkgs.discord)).app == pkgs.discord;
    expected = true;
  };
  "a package is known by its name or its main program, and any other is an app of one's own" = {
    actual = map (package: (make package).names) [ pkgs.discord pkgs.zoom-us pkgs.vscodium pkgs.hello ];
    expected = [ [ "discord" "Discord" ] [ "zoom" "zoom-us" ] [ "codium" "vscodium" ] [ "hello" ] ];
  };
  "a front has one output, whatever the app has" = {
    actual =
      let
        package = pkgs.hello // { meta = pkgs.hello.meta // { outputsToInstall = [ "out" "man" ]; }; };
      in
      (with' { programs.electroscope.apps.mine = { inherit package; }; }).programs.electroscope.apps.mine.front.meta.outputsToInstall or [ "out" ];
    expected = [ "out" ];
  };
  "a front of no package says so" = {
    actual = (front "claude").name;
    error = "programs.electroscope.apps.claude.package is not set";
  };
  "a front cannot be set" = {
    actual = (with' { programs.electroscope.apps.discord.front = pkgs.hello; }).programs.electroscope.apps.discord.front.name;
    error = "programs.electroscope.apps.discord.front";
  };
  "a front serves another module" = {
    actual = builtins.sort builtins.lessThan (
      map (package: package.name)
        (home [
          { programs.electroscope.enable = true; }
          (
            { config, ... }:
            {
              programs.discord = {
                enable = true;
                package = config.programs.electroscope.apps.discord.front;
              };
            }
          )
        ]).packages
    );
    expected = [ "discord-electroscope" "electroscope-${lib.removeSuffix "\n" (builtins.readFile (root + "/VERSION"))}" ];
  };

  # docs/plan.md, 3: one script under the typed name. Desktop entries run another name, and it has none itself (front_test.go builds both).
  "mistake 2: what a desktop entry runs is a name of the front" = {
    actual = lib.mapAttrs (_: app: lib.elem app.program app.names) known;
    expected = lib.mapAttrs (_: _: true) known;
  };
  # docs/plan.md, 3: `discord -> Discord (FIXED)`, that is one name of two.
  "mistake 3: discord is fronted by both its names" = {
    actual = (with' { }).programs.electroscope.apps.discord.names;
    expected = [ "discord" "Discord" ];
  };
}
