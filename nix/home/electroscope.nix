# electroscope in front of the user's desktop apps: apps.toml, a front package for each app, the slice of all.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  inherit (lib) literalExpression mkEnableOption mkIf mkOption types;
  cfg = config.programs.electroscope;
in
{
  _class = "homeManager";
  imports = [
    ../profiles/option.nix
    ./electroscope/apps.nix
    ./electroscope/settings.nix
    ./electroscope/slice.nix
  ];

  options.programs.electroscope = {
    enable = mkEnableOption ''
      electroscope, which starts desktop apps inside capped systemd scopes. Only the apps that are enabled in
      {option}`programs.electroscope.apps` are touched, and they are as before when this is off again'';

    package = mkOption {
      type = types.package;
      default = pkgs.electroscope or (pkgs.callPackage ../package.nix { });
      defaultText = literalExpression "pkgs.electroscope, of this flake's overlay, or else built with pkgs";
      description = "The electroscope to use.";
    };
  };

  config = mkIf cfg.enable { home.packages = [ cfg.package ]; };
}
