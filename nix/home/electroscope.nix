# electroscope in front of the user's desktop apps: apps.toml, a front package for each app, the slice of all.
{
  config,
  lib,
  pkgs,
  specialArgs,
  ...
}:
let
  inherit (lib) mkIf optionals;
  cfg = config.programs.electroscope;
  past = import ../programs/past.nix { inherit lib; };
  user = config.home.username;

  # The NixOS that the home is part of; null in a home alone. With useUserPackages its user's own packages are in one profile with
  # all of home-manager's as one package, which has no priority over theirs.
  system = specialArgs.osConfig or null;
  beside = optionals (system.home-manager.useUserPackages or false) system.users.users.${user}.packages or [ ];
in
{
  _class = "homeManager";
  imports = [
    ../programs
    ./slice.nix
  ];

  config = mkIf cfg.enable {
    home.packages = cfg.installed;
    xdg.configFile."electroscope/apps.toml".source = cfg.appsToml;

    # default.target is reached in every session, graphical-session.target only where the desktop is run by systemd.
    systemd.user.services.electroscope-watch = mkIf cfg.watch.enable {
      Unit.Description = "Tells when an app is killed or slowed for its limits";
      Service = cfg.watchService;
      Install.WantedBy = [ "default.target" ];
    };

    assertions = [ (lib.hm.assertions.assertPlatform "programs.electroscope" pkgs lib.platforms.linux) ];
    warnings =
      past.beside cfg.enabled "home.packages" config.home.packages
      ++ past.over cfg.enabled "users.users.${user}.packages of the system" beside;
  };
}
