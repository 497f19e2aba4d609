# nix/home/plasma.nix: the keys it writes, and by whom; the session's variables. What becomes of the files: plasma_test.go.
{ lib, home, homeWithPlasmaManager, profiles, ... }:
let
  enabled = { electroscope.plasma.enable = true; };
  shoshin = { electroscope.profile = profiles.shoshin; };
  on = modules: home ([ enabled ] ++ lib.toList modules);

  # The rows of the table that plasma.sh gets: here they stand where a store path would name their file.
  rows =
    module:
    let
      script = (on [ module { nixpkgs.overlays = [ (_: _: { writeText = _: text: "\n${text}"; }) ]; } ]).config.home.activation.electroscopePlasma.data;
    in
    lib.filter (line: builtins.match ".*\t.*" line != null) (lib.splitString "\n" script);
  key = row: lib.concatStringsSep " " (lib.filter (cell: cell != "") (lib.splitString "\t" row));

  variables =
    evaluation:
    lib.filterAttrs (name: _: !lib.hasPrefix "LOCALE_ARCHIVE" name) evaluation.config.systemd.user.sessionVariables; # home-manager's own
  byActivation = evaluation: evaluation.config.home.activation ? electroscopePlasma;
  compositing = module: (on { electroscope.plasma.settings.kwinrc.Compositing = module; }).config.electroscope.plasma.settings.kwinrc.Compositing;
in
{
  "plasma: the table of what is written" = {
    actual = lib.concatMapStrings (row: row + "\n") (rows { });
    golden = "home/plasma/table";
  };
  "plasma: each key gives way to a plain value, null leaves it alone, others come along" = {
    actual = map key (rows {
      electroscope.plasma.settings = {
        kwinrc.Compositing = lib.genAttrs [ "Backend" "GLPreferBufferSwap" "WindowsBlockCompositing" ] (_: null);
        kwinrc.Plugins = { blurEnabled = false; contrastEnabled = null; wobblywindowsEnabled = null; magiclampEnabled = true; slideEnabled = false; };
        kdeglobals.KDE.AnimationDurationFactor = 0;
        baloofilerc.General = { "only basic indexing" = null; "index hidden folders" = null; "exclude folders" = [ "/srv" "/home/user/My Files" ]; };
        baloofilerc."Basic Settings".Indexing-Enabled = false;
      };
    });
    expected = [
      "baloofilerc Basic Settings Indexing-Enabled string false"
      "baloofilerc General exclude folders path /srv,/home/user/My Files"
      "kdeglobals KDE AnimationDurationFactor string 0"
      "kwinrc Plugins blurEnabled string false"
      "kwinrc Plugins magiclampEnabled string true"
      "kwinrc Plugins slideEnabled string false"
    ];
  };
  "plasma: keys that KWin 6 does not heed are there to be set, and are not" = {
    actual = {
      preset = lib.filterAttrs (_: value: value == null) (compositing { });
      set = (compositing { GLCore = true; GLTextureFilter = 1; AnimationDurationFactor = 0.5; }).GLCore;
    };
    expected = { preset = { GLCore = null; GLTextureFilter = null; AnimationDurationFactor = null; }; set = true; };
  };
  "plasma refuses a value that the table cannot hold" = {
    actual = rows { electroscope.plasma.settings.kwinrc.Windows.Title = "a\tb"; };
    error = "electroscope.plasma.settings.kwinrc.Windows.Title";
  };
  "plasma refuses a folder that is not absolute" = {
    actual = rows { electroscope.plasma.settings.baloofilerc.General."exclude folders" = [ "$HOME/.cache" ]; };
    error = "electroscope.plasma.settings.baloofilerc.General.\"exclude folders\"";
  };
  "plasma: the keys are written after home-manager has checked all" = {
    actual = { inherit ((on { }).config.home.activation.electroscopePlasma) after before; };
    expected = { after = [ "writeBoundary" ]; before = [ ]; };
  };

  "plasma: plasma-manager writes them where it is on" = {
    actual =
      let
        evaluation = homeWithPlasmaManager [ enabled { programs.plasma.enable = true; } ];
        inherit (evaluation.config.programs.plasma) configFile;
        plain = value: value.value or value; # plasma-manager makes each a set
      in
      {
        byActivation = byActivation evaluation;
        kwinrc = lib.mapAttrs (_: lib.mapAttrs (_: plain)) configFile.kwinrc;
        kdeglobals = plain configFile.kdeglobals.KDE.AnimationDurationFactor;
        excluded = { inherit (configFile.baloofilerc.General."exclude folders") shellExpand; };
      };
    expected = {
      byActivation = false;
      kwinrc = {
        Compositing = { Backend = "OpenGL"; GLPreferBufferSwap = "a"; WindowsBlockCompositing = true; };
        Plugins = { blurEnabled = true; contrastEnabled = false; magiclampEnabled = false; wobblywindowsEnabled = false; };
      };
      kdeglobals = 0.5;
      excluded.shellExpand = true;
    };
  };
  "plasma: the user's own settings for plasma-manager come first" = {
    actual = (homeWithPlasmaManager [ enabled { programs.plasma = { enable = true; configFile.kwinrc.Plugins.blurEnabled.value = false; }; } ]).config.programs.plasma.configFile.kwinrc.Plugins.blurEnabled.value;
    expected = false;
  };
  "plasma: the activation does where plasma-manager is off, or not there" = {
    actual = map byActivation [ (homeWithPlasmaManager enabled) (on { }) ];
    expected = [ true true ];
  };

  "plasma: environment.d of shoshin" = {
    actual = (on shoshin).text.".config/environment.d/10-home-manager.conf";
    golden = "home/plasma/10-home-manager.conf";
  };
  "plasma: NVIDIA's variables are for NVIDIA's cards, and each gives way" = {
    actual = map variables [
      (on { electroscope.profile = profiles.laptop-amd; })
      (on [ shoshin { electroscope.plasma.sessionVariables = { KWIN_OPENGL_INTERFACE = null; __GL_YIELD = "NOTHING"; }; } ])
      (on [ shoshin { systemd.user.sessionVariables = { KWIN_OPENGL_INTERFACE = "glx"; __GL_MaxFramesAllowed = 2; }; } ])
      (on [ shoshin { systemd.user.sessionVariables = lib.mapAttrs (_: lib.mkDefault) { KWIN_OPENGL_INTERFACE = "glx"; __GL_MaxFramesAllowed = 2; }; } ])
    ];
    expected = [
      { KWIN_OPENGL_INTERFACE = "egl"; }
      { __GL_YIELD = "NOTHING"; __GL_MaxFramesAllowed = 1; }
      { KWIN_OPENGL_INTERFACE = "glx"; __GL_YIELD = "USLEEP"; __GL_MaxFramesAllowed = 2; }
      { KWIN_OPENGL_INTERFACE = "glx"; __GL_YIELD = "USLEEP"; __GL_MaxFramesAllowed = 2; }
    ];
  };

  "plasma: disabled, it leaves nothing" = {
    actual = map (module: (home [ shoshin module ]).plain == (home { }).without.plain) [
      { electroscope.plasma = { settings.kwinrc.Plugins.blurEnabled = false; sessionVariables.A = "b"; }; }
      enabled
    ];
    expected = [ true false ];
  };

  # home.sessionVariables go to hm-session-vars.sh, which shells read (home-manager's manual, "Why are the session variables not set?").
  "mistake 16: the plan's variables reach shells, ours the session" = {
    actual = map (evaluation: variables evaluation ? KWIN_OPENGL_INTERFACE) [
      (home { home.sessionVariables = { KWIN_OPENGL_INTERFACE = "egl"; __GL_YIELD = "USLEEP"; __GL_MaxFramesAllowed = "1"; }; })
      (on shoshin)
    ];
    expected = [ false true ];
  };
}
