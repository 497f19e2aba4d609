# Plasma on less: KWin's compositor and effects, the file indexer, and the variables of the session's graphics.
# plasma-manager writes the keys where the user has it; else plasma.sh does at activation, and remembers what was there before.
{
  config,
  lib,
  options,
  pkgs,
  ...
}:
let
  inherit (lib) mkDefault mkEnableOption mkIf mkMerge mkOption mkPackageOption types;
  cfg = config.electroscope.plasma;
  preset = import ../preset.nix lib;
  home = config.home.homeDirectory;
  nvidia = config.electroscope.profile.gpu.vendor == "nvidia";

  # Beside each, where KWin reads it: kwin-x11 6.6.4, unless it says otherwise.
  settings.kwinrc.Compositing = {
    Backend = "OpenGL"; # src/options.cpp; its default
    GLPreferBufferSwap = "a"; # the same: automatic, its default. On X11 only
    WindowsBlockCompositing = true; # the same: a full-screen window may stop the compositor. On X11 only
    GLCore = null; # nothing reads it since KWin 5.24 (kwin 68589fe: the OpenGL 2 and 3 back ends are one)
    GLTextureFilter = null; # read, but nothing asks for it since KWin 5.25 (kwin 683a222: no Lanczos filter)
    AnimationDurationFactor = null; # nothing reads it in this group
  };
  settings.kdeglobals.KDE.AnimationDurationFactor = 0.5; # src/kwin.kcfg; System Settings keeps it there too
  settings.kwinrc.Plugins = {
    blurEnabled = true; # an effect's key is its id and Enabled (src/effect/effectloader.cpp)
    contrastEnabled = false;
    wobblywindowsEnabled = false;
    magiclampEnabled = false;
  };
  # baloo, src/lib/baloosettings.kcfg
  settings.baloofilerc.General = {
    "only basic indexing" = true; # names and types of files, not what is in them
    "index hidden folders" = false;
    "exclude folders" = [
      "${home}/.cache"
      "${home}/.local/share/Trash"
      "${home}/.nix-profile"
      "${home}/.nix-defexpr"
      "/nix/store"
      "${home}/node_modules"
      "${home}/.cargo"
      "${home}/.rustup"
    ];
  };

  sessionVariables = {
    KWIN_OPENGL_INTERFACE = "egl"; # kwin-x11, src/options.cpp
    __GL_YIELD = if nvidia then "USLEEP" else null;
    __GL_MaxFramesAllowed = if nvidia then 1 else null;
  };

  line = types.strMatching "[^\t\n]*" // { description = "string without tabs and newlines"; };
  folder = types.strMatching "/[^\t\n,]*" // { description = "absolute path without commas"; };
  value = types.nullOr (types.oneOf [ types.bool types.int types.float line (types.listOf folder) ]);
  text =
    value:
    if builtins.isList value then
      lib.concatStringsSep "," value
    else if builtins.isString value then
      value
    else
      builtins.toJSON value;

  set = lib.mapAttrs (_: lib.mapAttrs (_: lib.filterAttrs (_: value: value != null))) cfg.settings;
  rows = lib.flatten (
    lib.mapAttrsToList (
      file:
      lib.mapAttrsToList (
        group:
        lib.mapAttrsToList (
          key: value:
          lib.concatStringsSep "\t" [
            file
            group
            key
            (if builtins.isList value then "path" else "string")
            (text value)
          ]
        )
      )
    ) set
  );
  table = pkgs.writeText "electroscope-plasma" (lib.concatMapStrings (row: row + "\n") rows);

  hasPlasmaManager = options ? programs.plasma.configFile;
  byPlasmaManager = hasPlasmaManager && config.programs.plasma.enable;
  forPlasmaManager =
    value: if builtins.isList value then { value = text value; shellExpand = true; } else value;
in
{
  _class = "homeManager";
  imports = [ ../profiles/option.nix ];

  options.electroscope.plasma = {
    enable = mkEnableOption ''
      lighter settings for KDE Plasma 6.

      The keys in {option}`electroscope.plasma.settings` are written through plasma-manager where
      {option}`programs.plasma.enable` is on, else by {command}`kwriteconfig6` at activation, which leaves all other keys
      alone. They take effect at the next login.

      Home Manager runs nothing of a module that is off. So run `~/.local/state/electroscope/plasma/restore` before or after
      you switch this off, or roll back to a generation without it: it gives each key back what it had before, but for those
      you changed in the meantime'';

    settings = mkOption {
      type = types.attrsOf (types.attrsOf (types.attrsOf value));
      default = { };
      example = lib.literalExpression ''
        {
          kwinrc.Plugins.blurEnabled = false;
          baloofilerc."Basic Settings".Indexing-Enabled = false; # no file indexer at all
          baloofilerc.General."exclude folders" = null;
        }
      '';
      description = ''
        Keys of KDE's configuration files by file (below {env}`XDG_CONFIG_HOME`), group and key. A list is one of absolute paths.
        null leaves a key alone, and one that was set here before gets back what it had. Preset are the keys of KWin and the
        file indexer that this module is about: each can be overridden by itself.
      '';
    };

    sessionVariables = mkOption {
      type = types.attrsOf (types.nullOr (types.either types.int types.str));
      default = { };
      example = {
        KWIN_OPENGL_INTERFACE = null;
      };
      description = ''
        Variables of the session, as {option}`systemd.user.sessionVariables` takes them; null leaves one unset. They are read
        when the user's service manager starts, so log out of all sessions once. Preset are:

        - `KWIN_OPENGL_INTERFACE=egl`: on X11 KWin draws by EGL, not GLX. Where its log then has "eglPostSubBufferNV not
          supported" it draws without vertical synchronisation: set it to null there. On Wayland it draws by EGL anyway.
        - `__GL_YIELD=USLEEP` and `__GL_MaxFramesAllowed=1`, where the profile's card is NVIDIA's: its driver sleeps while it
          waits, and prepares one frame ahead. Both hold for every program that draws by OpenGL, not KWin alone.
      '';
    };

    package = mkPackageOption pkgs [ "kdePackages" "kconfig" ] { };
  };

  config = mkIf cfg.enable (mkMerge [
    {
      electroscope.plasma.settings = lib.mapAttrs (_: lib.mapAttrs (_: lib.mapAttrs (_: mkDefault))) settings;
      electroscope.plasma.sessionVariables = lib.mapAttrs (_: mkDefault) sessionVariables;

      # environment.d(5): the user's manager has them, and startplasma takes them over from it for the whole session
      # (plasma-workspace, startkde/startplasma.cpp, importSystemdEnvrionment). home.sessionVariables are the shells' only.
      systemd.user.sessionVariables = lib.mapAttrs (_: preset) (
        lib.filterAttrs (_: value: value != null) cfg.sessionVariables
      );
    }
    (mkIf (!byPlasmaManager) {
      home.activation.electroscopePlasma = lib.hm.dag.entryAfter [ "writeBoundary" ] ''
        run env XDG_CONFIG_HOME=${lib.escapeShellArg config.xdg.configHome} XDG_STATE_HOME=${lib.escapeShellArg config.xdg.stateHome} \
          bash ${./plasma.sh} ${table} ${dirOf (lib.getExe' cfg.package "kwriteconfig6")} \
          || warnEcho "electroscope: not all of Plasma's settings are written; the activation goes on"
      '';
    })
    (lib.optionalAttrs hasPlasmaManager {
      programs.plasma.configFile = mkIf byPlasmaManager (
        lib.mapAttrs (_: lib.mapAttrs (_: lib.mapAttrs (_: value: preset (forPlasmaManager value)))) set
      );
    })
  ]);
}
