# What tests/nix/front_test.go builds: a home with eight apps of the catalogue and one of its own, their fronts, and profiles made of them.
{
  electroscope, # the program under test, as a path
  lib ? import ../modules,
}:
let
  pkgs = (import ../packages { inherit lib; }).extend (import ./overlay.nix { inherit lib electroscope; });
  inherit (import ../eval.nix { inherit lib pkgs; root = ../../..; }) home;
  configured = settings: (home [ { programs.electroscope.enable = true; } settings ]).config;

  every = configured {
    programs.electroscope = {
      apps = lib.genAttrs [ "discord" "signal" "spotify" "codium" "teams" "zoom" "obsidian" ] (_: { enable = true; }) // {
        claude = {
          enable = true;
          package = pkgs.claude-desktop;
        };
        hostile = {
          enable = true;
          package = pkgs.hostile;
          runtime = "electron";
          id = "org.example.Hostile";
          limits.MemoryMax = "1G";
          limits.TasksMax = 500;
          heap = "512M";
          gpu.zero-copy = false;
          extraSwitches = [ "--force-device-scale-factor=1.5" ];
        };
      };
      settings.apps.codium.env.A = ''a "b" \ c'';
    };
  };
  appsToml = config: config.xdg.configFile."electroscope/apps.toml".source;
  mistaken = settings: appsToml (configured { programs.electroscope = settings; });

  profile = paths: pkgs.buildEnv { name = "profile"; inherit paths; };
  installed = profile every.home.packages;

  discord = more: configured ({ config, ... }: lib.recursiveUpdate { programs.electroscope.apps.discord.enable = true; } (more config));
  entry = _: { xdg.desktopEntries.discord = { name = "Mine"; exec = "mine"; }; };
  inherit ((discord (_: { })).programs.electroscope.apps.discord) front;
  make = pkgs.callPackage ../../../nix/front.nix { };
  overlay = final: previous: removeAttrs (import ../../../nix/overlay.nix final previous) [ "electroscope" ]; # that one is under test
  withArguments = package: package.override { commandLineArgs = "--theirs"; };
  called =
    name: profile:
    pkgs.runCommand "called-${name}" { } ''
      export HOME=$PWD XDG_CONFIG_HOME=$PWD/none XDG_CONFIG_DIRS=$PWD/none XDG_CACHE_HOME=$PWD/cache
      mkdir $out
      for link in ${profile}/bin/*; do "$link" --one >$out/''${link##*/} 2>&1; done
    '';
  script = pkgs.writeShellScriptBin "discord" ''exec systemd-run --user --scope Discord "$@"'';
in
{
  fronts = pkgs.linkFarm "fronts" (lib.mapAttrs (_: app: app.front) (lib.filterAttrs (_: app: app.enable) every.programs.electroscope.apps));
  "apps.toml" = appsToml every;

  misspelt = mistaken { apps.discord = { enable = true; limits.MemoryMaks = "3G"; }; };
  amountless = mistaken { apps.discord = { enable = true; heap = "many"; }; };
  taken = mistaken { apps.discord.enable = true; settings.apps.mine.names = [ "discord" ]; };

  inherit installed;
  # The app beside its front, in its place (with the front from both sides), and below the user's own entry.
  beside = profile (discord (_: { programs.discord.enable = true; })).home.packages;
  instead = profile (discord (config: {
    programs.discord = { enable = true; package = config.programs.electroscope.apps.discord.front; };
  })).home.packages;
  overruled = profile (discord entry).home.packages;
  equal = profile [ pkgs.discord (front // { meta = front.meta // { priority = 5; }; }) ];
  # The form of docs/plan.md, 3: a script of the typed name and nothing else.
  plan = profile [ script ];
  plan-beside = profile [ script pkgs.discord ];

  # What other modules do with a front, as they stand in home-manager and nixcord, and the profile that comes of it. Each of these is
  # called by every link of it, with no apps.toml and nothing of it on PATH.
  carried = pkgs.linkFarm "carried" (lib.mapAttrs (name: called name) {
    alone = profile [ (make pkgs.discord) ];
    nixcord = profile [ (withArguments front) ]; # package.override, always
    chromium = profile [ (withArguments (make pkgs.chromium)) ]; # with commandLineArgs
    patched = profile [ ((make pkgs.discord).overrideAttrs (old: { version = "patched"; })) ];
    branch = profile [ (front.override { programs = [ "DiscordPTB" "discordptb" ]; }) ]; # its main program is another
    fhs = profile [ (make pkgs.vscodium-fhs) ];
    twice = profile [ (make (make pkgs.discord)) ];
    over = profile [ front (withArguments front) ]; # what override made wins over what apps.discord.enable installs
    overlaid = profile [ ((pkgs.extend overlay).electroscopeFront pkgs.discord) ];
  });

  # Each link of the profile is called: to say what it would start, then to start it. There is no user manager in the sandbox.
  launches = pkgs.runCommand "launches" { } ''
    export HOME=$PWD XDG_CONFIG_HOME=$PWD/config XDG_CONFIG_DIRS=$PWD/none XDG_CACHE_HOME=$PWD/cache PATH=${installed}/bin:$PATH
    mkdir -p config/electroscope $out
    cp ${appsToml every} config/electroscope/apps.toml
    for link in ${installed}/bin/*; do
      name=''${link##*/}
      [ "$(readlink -f "$link")" = ${lib.getExe pkgs.electroscope} ] && [ "$name" != electroscope ] || continue
      ELECTROSCOPE_DRY_RUN=1 "$name" --one "two words" >$out/$name.plan
      "$name" --one "two words" >$out/$name.said 2>$out/$name.complaint
    done
  '';
}
