# One app of programs.electroscope.apps.
{
  known, # ../apps.nix
  pkgs,
  electroscope,
}:
{
  config,
  lib,
  name,
  ...
}:
let
  inherit (lib) literalExpression mkEnableOption mkOption types;
  app = known.${name} or { };
  program = types.strMatching "[A-Za-z0-9_.+-]+";
  front = import ../front.nix { inherit lib electroscope; inherit (pkgs) runCommandLocal; };
in
{
  options = {
    enable = mkEnableOption ''
      starting this app through electroscope. Its front package is installed and, with it, the app; it takes precedence over
      the app's own, where that is installed too'';

    package = mkOption {
      type = types.nullOr types.package;
      default = if app.attribute or null == null then null else pkgs.${app.attribute};
      defaultText = literalExpression "the package of that app in pkgs; none for claude and for apps of your own";
      description = "The app's package.";
    };

    program = mkOption {
      type = program;
      default = config.package.meta.mainProgram or app.program or name;
      defaultText = literalExpression "package.meta.mainProgram";
      example = "Discord";
      description = "The program in the package's `bin` that is the app.";
    };

    names = mkOption {
      type = types.listOf program;
      default = lib.unique ((app.names or [ name ]) ++ [ config.program ]);
      defaultText = literalExpression "the catalogue's names of the app, and program";
      example = [ "discord" "Discord" ];
      description = ''
        The names under which the app is started: what is typed, and what its desktop entries run. Each becomes a link to
        electroscope.
      '';
    };

    runtime = mkOption {
      type = types.enum [ "electron" "chromium" "cef" "native" ];
      default = app.runtime or "native";
      defaultText = literalExpression "the catalogue's; native for an app of your own";
      description = "What the app is built on, which decides the switches it can take. A native one takes none.";
    };

    id = mkOption {
      type = types.str;
      default = app.id or name;
      defaultText = literalExpression "the catalogue's; the name of an app of your own";
      example = "org.example.App";
      description = "The name of the app's desktop entry, without `.desktop`: by it portals and the desktop know the app.";
    };

    limits = mkOption {
      type = types.attrsOf (types.either types.str types.int);
      default = { };
      example = {
        MemoryHigh = "2G";
        MemoryMax = "3G";
        CPUQuota = "150%";
      };
      description = ''
        What one launch of the app may use, as {manpage}`systemd.resource-control(5)` spells it. The catalogue's hold for what
        is not set here; an app of your own has a share of the RAM, `settings.defaults.memory`. For most apps
        `settings.apps.NAME` with memory and cpus is enough.
      '';
    };

    heap = mkOption {
      type = types.nullOr types.str;
      default = null;
      example = "1024M";
      description = "Cap of each V8 heap of the app; it only lowers V8's own of 4G. null leaves the catalogue's.";
    };

    gpu = mkOption {
      type = types.attrsOf (types.either types.bool types.str);
      default = { };
      example = {
        video-decode = true;
        backend = "gl";
      };
      description = ''
        Wishes for the app's graphics: video-decode, video-encode, raster, zero-copy, ignore-blocklist (true or false),
        backend (auto, gl, gles, vulkan, off), ozone (auto, x11, wayland). They become the switches that the app's own
        Chromium knows.
      '';
    };

    extraSwitches = mkOption {
      type = types.listOf types.str;
      default = [ ];
      example = [ "--force-device-scale-factor=1.5" ];
      description = "Raw switches of Chromium, for what no wish covers. Dead and harmful ones are dropped at launch, with a note.";
    };

    front = mkOption {
      type = types.package;
      readOnly = true;
      default =
        if config.package == null then
          throw "programs.electroscope.apps.${name}.package is not set: there is nothing to stand in front of"
        else
          front { inherit (config) package program names; };
      defaultText = literalExpression "the app's package, with links to electroscope as names";
      description = ''
        The package to give to another module that installs the app, so that what it installs starts through electroscope:
        `programs.discord.package = config.programs.electroscope.apps.discord.front`, and the same with nixcord's
        `programs.nixcord.discord.package` and home-manager's `programs.vscodium.package` (`programs.vscode` wants VS Code itself).
        It needs no `enable`, here or of electroscope. What such a module makes of it by `override` starts through electroscope too.
      '';
    };
  };
}
