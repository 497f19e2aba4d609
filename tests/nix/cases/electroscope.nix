# programs.electroscope. That the result works is for front_test.go, which builds it.
{
  lib,
  pkgs,
  home,
  homeIn,
  nixos,
  profiles,
  ...
}:
let
  with' = settings: home { programs.electroscope = { enable = true; } // settings; };
  settings = of: (with' of).config.programs.electroscope.settings;
  app = name: of: (settings { apps.${name} = { enable = true; } // of; }).apps.${name};
  refused = of: (with' of).assertions;
  # What the warnings of ours tell: of which option, and what of it.
  warnings =
    evaluation:
    map (text: lib.filter (part: lib.hasInfix part text) [
      "home.packages"
      "environment.systemPackages"
      "users.users.user.packages of the system"
      "users.users.alice.packages"
      "another front"
      "is not started"
      "that one starts, without limits"
    ]) (lib.filter (lib.hasPrefix "programs.electroscope") evaluation.warnings);
  onSystem.programs.electroscope = {
    enable = true;
    apps.discord = { enable = true; limits.MemoryMax = "4G"; };
  };
  system = nixos onSystem;
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
      settings = { apps = { }; budget = { memory = "60%"; cpus = "auto"; }; };
    };
  };

  "an app is known by the catalogue's names, and what it starts the front says" = {
    actual = app "signal" { };
    expected = {
      names = [ "signal" "signal-desktop" ];
      runtime = "electron";
      id = "signal";
    };
  };
  "another package brings its own program" = {
    actual = (app "discord" { package = pkgs.hello; }).names;
    expected = [ "discord" "Discord" "hello" ];
  };
  "an app that is not enabled is told of if something is set for it: another module may install its front" = {
    actual = lib.mapAttrs (_: app: app.limits or { }) (settings { apps.discord.limits.MemoryMax = "4G"; apps.signal.heap = null; }).apps;
    expected.discord.MemoryMax = "4G";
  };

  "another package of an enabled app is warned of, and the app's own or its front beside it is not" = {
    actual = map (more: warnings (home [ { programs.electroscope = { enable = true; apps.discord.enable = true; }; } more ])) [
      { home.packages = [ (pkgs.discord.override { commandLineArgs = "--other"; }) ]; }
      { home.packages = [ pkgs.discord pkgs.hello ]; }
      ({ config, ... }: { home.packages = [ config.programs.electroscope.apps.discord.front ]; })
      ({ config, ... }: { home.packages = [ (config.programs.electroscope.apps.discord.front.override { commandLineArgs = "--other"; }) ]; })
      { programs.electroscope.enable = lib.mkForce false; home.packages = [ (pkgs.discord.override { commandLineArgs = "--other"; }) ]; }
    ];
    expected = [
      [ [ "home.packages" "is not started" ] ]
      [ ]
      [ ]
      [ [ "home.packages" "another front" ] ]
      [ ]
    ];
  };
  # Both are in one profile then, at one priority, and theirs is first.
  "an app among the user's own packages of the system is warned of" = {
    actual =
      map
        (
          { useUserPackages ? true, user ? "user" }:
          warnings (
            homeIn {
              home-manager = { inherit useUserPackages; };
              users.users.${user}.packages = [ pkgs.discord ];
            } { programs.electroscope = { enable = true; apps.discord.enable = true; apps.signal.enable = true; }; }
          )
        )
        [
          { }
          { useUserPackages = false; }
          { user = "other"; }
        ];
    expected = [ [ [ "users.users.user.packages of the system" "that one starts, without limits" ] ] [ ] [ ] ];
  };

  "on another system than Linux it is home-manager that says so" = {
    actual = lib.any (lib.hasInfix "does not support your platform") (home [
      { programs.electroscope.enable = true; }
      { _module.args.pkgs = lib.mkOverride 10 (import ../packages { inherit lib; system = "aarch64-darwin"; }); }
    ]).assertions;
    expected = true;
  };
  "apps.toml is read by the program at the build, unless that is for another machine" = {
    actual = map (
      canExecute:
      lib.hasInfix "config check" (home [
        { programs.electroscope.enable = true; }
        { _module.args.pkgs = lib.mkOverride 10 (pkgs // { stdenv = pkgs.stdenv // { buildPlatform = pkgs.stdenv.buildPlatform // { canExecute = _: canExecute; }; }; }); }
      ]).config.programs.electroscope.appsToml.buildCommand
    ) [ true false ];
    expected = [ true false ];
  };

  "NixOS: the fronts, the program and one apps.toml for all users" = {
    actual = {
      names = lib.filter (name: lib.elem name (map lib.getName system.packages)) [ "discord" "electroscope" "signal-desktop" ];
      front = lib.any (package: package ? electroscopeFront) system.packages;
      inherit (system.config.programs.electroscope.settings) apps;
      file = system.config.environment.etc ? "xdg/electroscope/apps.toml";
      inherit (system) warnings;
    };
    expected = {
      names = [ "discord" "electroscope" ];
      front = true;
      apps.discord = { names = [ "discord" "Discord" ]; runtime = "electron"; id = "discord"; limits.MemoryMax = "4G"; };
      file = true;
      warnings = [ ];
    };
  };
  "NixOS: an app past its front is warned of" = {
    actual = map (more: warnings (nixos [ onSystem more ])) [
      { environment.systemPackages = [ (pkgs.discord.override { commandLineArgs = "--other"; }) ]; }
      { users.users.alice = { isNormalUser = true; packages = [ pkgs.discord ]; }; }
    ];
    expected = [
      [ [ "environment.systemPackages" "is not started" ] ]
      [ [ "users.users.alice.packages" "that one starts, without limits" ] ]
    ];
  };
  "what is set for an app is written, and nothing else" = {
    actual = removeAttrs (app "discord" {
      limits = { MemoryMax = "4G"; TasksMax = 500; };
      heap = "512M";
      gpu = { zero-copy = false; backend = "gl"; };
      extraSwitches = [ "--force-device-scale-factor=1.5" ];
    }) [ "names" "runtime" "id" ];
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
          settings.apps.discord = { limits.CPUQuota = "50%"; id = "com.discordapp.Discord"; };
        }) apps;
      in
      { inherit (apps.discord) id limits; };
    expected = {
      id = "com.discordapp.Discord";
      limits = { MemoryMax = "4G"; CPUQuota = "50%"; };
    };
  };
  "an app of one's own" = {
    actual = {
      packages = packages { apps.mine = { enable = true; package = pkgs.hello; }; };
      app = app "mine" { package = pkgs.hello; runtime = "electron"; };
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
      shells = (with' { settings.apps.discord.env.LIBVA_DRIVER_NAME = "nvidia"; }).config.home.sessionVariables ? LIBVA_DRIVER_NAME;
    };
    expected = {
      runtime = "electron";
      env.LIBVA_DRIVER_NAME = "nvidia";
      shells = false;
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
  "auto is half of the threads, and two at least" = {
    actual = map
      (threads: (home [
        { electroscope.profile = profiles.shoshin // { cpu = profiles.shoshin.cpu // { inherit threads; }; budget.memory = "infinity"; }; }
        { programs.electroscope.enable = true; }
      ]).text.${dropIn})
      [ 2 3 5 16 ];
    expected = map (quota: "[Slice]\n${quota}\n[Unit]\nDescription=Apps that electroscope starts\n")
      [ "CPUQuota=200%\n" "CPUQuota=200%\n" "CPUQuota=250%\n" "CPUQuota=800%\n" ];
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

  "the watcher is a service that every session has" = {
    actual =
      let
        of = (with' { watch.enable = true; }).config.systemd.user.services.electroscope-watch;
        command = service: builtins.head (lib.toList service.ExecStart); # of which home-manager makes a list
        onSystem' = (nixos { programs.electroscope = { enable = true; watch.enable = true; }; }).config.systemd.user.services.electroscope-watch;
      in
      {
        home = { inherit (of.Install) WantedBy; inherit (of.Service) Restart Slice; };
        system = { WantedBy = onSystem'.wantedBy; inherit (onSystem'.serviceConfig) Restart Slice; };
        same = of.Service == { inherit (onSystem'.serviceConfig) ExecStart ExecStopPost Restart RestartSec Slice; };
        starts = lib.hasSuffix "/bin/electroscope watch" of.Service.ExecStart;
      };
    expected = {
      home = { WantedBy = [ "default.target" ]; Restart = "on-failure"; Slice = "session.slice"; };
      system = { WantedBy = [ "default.target" ]; Restart = "on-failure"; Slice = "session.slice"; };
      same = true;
      starts = true;
    };
  };
  "without it there is no service" = {
    actual = (with' { }).config.systemd.user.services ? electroscope-watch;
    expected = false;
  };
}
