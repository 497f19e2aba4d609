# electroscope in front of the desktop apps of all users: a front package for each app, and apps.toml below /etc/xdg, which a user's own
# lies over.
{ config, lib, ... }:
let
  inherit (lib) concatLists mapAttrsToList mkIf;
  cfg = config.programs.electroscope;
  past = import ../programs/past.nix { inherit lib; };
in
{
  _class = "nixos";
  imports = [ ../programs ];

  config = mkIf cfg.enable {
    environment.systemPackages = cfg.installed;
    environment.etc."xdg/electroscope/apps.toml".source = cfg.appsToml;

    # default.target is reached in every session, graphical-session.target only where the desktop is run by systemd.
    systemd.user.services.electroscope-watch = mkIf cfg.watch.enable {
      description = "Tells when an app is killed or slowed for its limits";
      serviceConfig = cfg.watchService;
      wantedBy = [ "default.target" ];
    };

    warnings =
      past.beside cfg.enabled "environment.systemPackages" config.environment.systemPackages
      # A user's profile is before the system's on PATH.
      ++ concatLists (
        mapAttrsToList (name: user: past.over cfg.enabled "users.users.${name}.packages" (user.packages or [ ])) config.users.users
      );
  };
}
