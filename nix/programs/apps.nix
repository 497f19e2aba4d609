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
  known = import ../apps.nix;
  enabled = filterAttrs (_: app: app.enable) cfg.apps;

  # What is set for an app; the rest is left to the catalogue inside the program.
  set =
    app:
    filterAttrs (_: value: value != null && value != { } && value != [ ]) {
      inherit (app) heap limits gpu;
      switches = app.extraSwitches;
    };
  # Its table in apps.toml. What is started the front says.
  table = app: mapAttrs (_: mkDefault) { inherit (app) names runtime id; } // set app;

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
  options.programs.electroscope = {
    apps = mkOption {
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

    enabled = mkOption {
      type = types.attrsOf types.raw;
      internal = true;
      readOnly = true;
      default = enabled;
      description = "The apps that are enabled.";
    };

    fronts = mkOption {
      type = types.listOf types.package;
      internal = true;
      readOnly = true;
      default = map (app: app.front) (attrValues enabled);
      description = "Their fronts.";
    };
  };

  config = {
    programs.electroscope.apps = mapAttrs (_: _: { }) known; # so that each is there, with its front, though nobody sets it

    assertions = mkIf cfg.enable (concatLists (mapAttrsToList mistakes enabled));
    # Another module may install the front of an app that is not enabled.
    programs.electroscope.settings.apps = mapAttrs (_: table) (filterAttrs (_: app: app.enable || set app != { }) cfg.apps);
  };
}
