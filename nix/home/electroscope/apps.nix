# programs.electroscope.apps: which apps are started through electroscope, and how.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  inherit (lib) attrValues concatLists filterAttrs literalExpression mapAttrs mapAttrsToList mkDefault mkIf mkOption types;
  cfg = config.programs.electroscope;
  known = import ../../apps.nix;
  enabled = filterAttrs (_: app: app.enable) cfg.apps;

  # An app's table in apps.toml. What is not set is left to the catalogue inside the program.
  table =
    app:
    mapAttrs (_: mkDefault) {
      inherit (app) names runtime id;
      exec = [ (lib.getExe' app.package app.program) ]; # the path, so that no PATH can lead back to the front
    }
    // filterAttrs (_: value: value != null && value != { } && value != [ ]) {
      inherit (app) heap limits gpu;
      switches = app.extraSwitches;
    };

  mistakes = name: app: [
    {
      assertion = app.package != null;
      message = ''
        programs.electroscope.apps.${name}.package is not set${
          if known ? ${name} then ", and nixpkgs has no package of that app" else ""
        }.
        Set it to the app's package.
      '';
    }
    {
      assertion = app.runtime != "native" || app.heap == null && app.gpu == { } && app.extraSwitches == [ ];
      message = ''
        programs.electroscope.apps.${name}: heap, gpu and extraSwitches are for apps built on Chromium, and runtime is "native".
        Leave them out${if known ? ${name} then "" else ", or set runtime (electron, chromium, cef)"}; limits hold for every app.
      '';
    }
  ];
in
{
  _class = "homeManager";

  options.programs.electroscope.apps = mkOption {
    type = types.attrsOf (types.submodule (import ./app.nix {
      inherit known pkgs;
      electroscope = cfg.package;
    }));
    default = { };
    example = literalExpression ''
      {
        discord.enable = true;
        codium = {
          enable = true;
          limits.MemoryMax = "6G";
        };
        claude = {
          enable = true;
          package = inputs.llm-agents.packages.x86_64-linux.claude-desktop;
        };
        element = {                      # an app of your own
          enable = true;
          package = pkgs.element-desktop;
          runtime = "electron";
          id = "element-desktop";        # its desktop entry, without .desktop: the scope is named by it
          limits.MemoryMax = "2G";
        };
      }
    '';
    description = ''
      The apps that are started through electroscope. Known are ${lib.concatStringsSep ", " (lib.attrNames known)}; any other
      name is an app of your own, which needs a package. What apps.toml has beyond these options is set by
      {option}`programs.electroscope.settings`, for instance `settings.apps.discord.env`.
    '';
  };

  config = {
    programs.electroscope.apps = mapAttrs (_: _: { }) known; # so that each is there, with its front, though nobody sets it

    assertions = mkIf cfg.enable (concatLists (mapAttrsToList mistakes enabled));
    home.packages = mkIf cfg.enable (map (app: app.front) (attrValues enabled));
    programs.electroscope.settings.apps = mapAttrs (_: table) enabled;
  };
}
