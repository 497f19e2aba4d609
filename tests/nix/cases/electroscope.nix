# programs.electroscope. That the result works is for front_test.go, which builds it.
{
  lib,
  pkgs,
  home,
  profiles,
  ...
}:
let
  with' = settings: home { programs.electroscope = { enable = true; } // settings; };
  settings = of: (with' of).config.programs.electroscope.settings;
  app = name: of: (settings { apps.${name} = { enable = true; } // of; }).apps.${name};
  refused = of: (with' of).assertions;
  packages = of: builtins.sort builtins.lessThan (map lib.getName (with' of).packages);
  shoshin = { electroscope.profile = profiles.shoshin; };
  dropIn = ".config/systemd/user/app-electron.slice.d/10-electroscope.conf";
  slice = of: (home [ shoshin { programs.electroscope = { enable = true; } // of; } ]).text.${dropIn} or null;
in
{
  "off, apps and all are as without us" = {
    actual = (home { programs.electroscope.apps.discord.enable = true; }).plain == (home [ ]).without.plain;
    expected = true;
  };
  "without apps there is the program and the budget" = {
    actual = { packages = packages { }; settings = settings { }; };
    expected = {
      packages = [ "electroscope" ];
      settings = { apps = { }; budget = { memory = "60%"; cpus = "50%"; }; };
    };
  };

  "an app is found by its store path and known by the catalogue's names" = {
    actual = lib.filterAttrs (name: _: name != "exec") (app "signal" { }) // {
      exec = (app "signal" { }).exec == [ "${pkgs.signal-desktop}/bin/signal-desktop" ];
    };
    expected = {
      names = [ "signal" "signal-desktop" ];
      runtime = "electron";
      id = "signal";
      exec = true;
    };
  };
  "another package brings its own program" = {
    actual =
      let
        discord = app "discord" { package = pkgs.hello; };
      in
      { inherit (discord) names; exec = discord.exec == [ "${pkgs.hello}/bin/hello" ]; };
    expected = { names = [ "discord" "Discord" "hello" ]; exec = true; };
  };
  "what is set for an app is written, and nothing else" = {
    actual = removeAttrs (app "discord" {
      limits = { MemoryMax = "4G"; TasksMax = 500; };
      heap = "512M";
      gpu = { zero-copy = false; backend = "gl"; };
      extraSwitches = [ "--force-device-scale-factor=1.5" ];
    }) [ "exec" "names" "runtime" "id" ];
    expected = {
      limits = { MemoryMax = "4G"; TasksMax = 500; };
      heap = "512M";
      gpu = { zero-copy = false; backend = "gl"; };
      switches = [ "--force-device-scale-factor=1.5" ];
    };
  };
  "settings add to an app, and overrule what is not set there" = {
    actual =
      let
        inherit (settings {
          apps.discord = { enable = true; limits.MemoryMax = "4G"; };
          settings.apps.discord = { limits.CPUQuota = "50%"; exec = [ "/opt/discord" ]; };
        }) apps;
      in
      { inherit (apps.discord) exec limits; };
    expected = {
      exec = [ "/opt/discord" ];
      limits = { MemoryMax = "4G"; CPUQuota = "50%"; };
    };
  };
  "an app of one's own" = {
    actual = {
      packages = packages { apps.mine = { enable = true; package = pkgs.hello; }; };
      app = removeAttrs (app "mine" { package = pkgs.hello; runtime = "electron"; }) [ "exec" ];
    };
    expected = {
      packages = [ "electroscope" "hello" ];
      app = { names = [ "mine" "hello" ]; runtime = "electron"; id = "mine"; };
    };
  };
  "a name with a folder is refused" = {
    actual = app "discord" { names = [ "../discord" ]; };
    error = "programs.electroscope.apps.discord.names";
  };

  "claude without a package is refused" = {
    actual = refused { apps.claude.enable = true; };
    expected = [
      ''
        programs.electroscope.apps.claude.package is not set, and nixpkgs has no package of that app.
        Set it to the app's package.
      ''
    ];
  };
  "an app of one's own without a package is refused" = {
    actual = refused { apps.mine.enable = true; };
    expected = [
      ''
        programs.electroscope.apps.mine.package is not set.
        Set it to the app's package.
      ''
    ];
  };

  # docs/plan.md, 3: -p OOMScoreAdjust=-100 on each scope, which systemd refuses (front_test.go shows that), so that no app starts.
  "mistake 1: OOMScoreAdjust is no property that we ask systemd for" = {
    actual = {
      limits = (app "discord" { }).limits or { };
      slice = lib.hasInfix "OOMScoreAdjust" (slice { apps.discord.enable = true; });
    };
    expected = { limits = { }; slice = false; };
  };
  # docs/plan.md, 4: home.sessionVariables, which only the shells that home-manager manages read. The launch sets those of an app itself.
  "mistake 16: an app's variables stand in apps.toml" = {
    actual = {
      inherit (app "discord" { }) runtime;
      env = (settings { apps.discord.enable = true; settings.apps.discord.env.LIBVA_DRIVER_NAME = "nvidia"; }).apps.discord.env;
      shells = (with' { settings.apps.discord.env.LIBVA_DRIVER_NAME = "nvidia"; }).config.home.sessionVariables;
    };
    expected = {
      runtime = "electron";
      env.LIBVA_DRIVER_NAME = "nvidia";
      shells = { };
    };
  };
  # docs/plan.md, 3: --js-flags and GPU switches for all. Zoom is Qt and takes none; Spotify is CEF and takes them.
  "mistake 21: zoom takes no heap" = {
    actual = refused { apps.zoom = { enable = true; heap = "1024M"; }; };
    expected = [
      ''
        programs.electroscope.apps.zoom: heap, gpu and extraSwitches are for apps built on Chromium, and runtime is "native".
        Leave them out; limits hold for every app.
      ''
    ];
  };
  "mistake 21: zoom takes no switches and no wishes" = {
    actual = map (of: lib.length (refused { apps.zoom = { enable = true; } // of; })) [
      { extraSwitches = [ "--enable-zero-copy" ]; }
      { gpu.raster = true; }
      { limits.MemoryMax = "2G"; }
    ];
    expected = [ 1 1 0 ];
  };
  "mistake 21: spotify takes a heap" = {
    actual = {
      refused = refused { apps.spotify = { enable = true; heap = "256M"; }; };
      inherit (app "spotify" { heap = "256M"; }) runtime heap;
    };
    expected = { refused = [ ]; runtime = "cef"; heap = "256M"; };
  };

  "the budget is the profile's" = {
    actual = (home [ { electroscope.profile = profiles.shoshin // { budget = { memory = "8G"; cpus = "25%"; }; }; } ])
      .config.programs.electroscope.settings.budget;
    expected = { memory = "8G"; cpus = "25%"; };
  };
  "the budget of shoshin as a drop-in of the slice" = {
    actual = slice { };
    golden = "home/app-electron.slice.d/10-electroscope.conf";
  };
  "the slice follows the settings, decimals too" = {
    actual = slice { settings.budget = { memory = "9.5G"; cpus = "12.5%"; }; };
    expected = "[Slice]\nCPUQuota=100.0%\nMemoryHigh=9.5G\n\n[Unit]\nDescription=Apps that electroscope starts\n";
  };
  "an infinite budget sets nothing" = {
    actual = slice { settings.budget = { memory = "infinity"; cpus = "infinity"; }; };
    expected = "[Slice]\n\n[Unit]\nDescription=Apps that electroscope starts\n";
  };
  "without a profile the launch sees to the slice" = {
    actual = (with' { }).text ? ${dropIn};
    expected = false;
  };
  "no unit of ours stands where systemd's app.slice does" = {
    actual = (home [ shoshin { programs.electroscope.enable = true; } ]).config.systemd.user.slices;
    expected = { };
  };
}
