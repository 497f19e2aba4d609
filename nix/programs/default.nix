# programs.electroscope, alike on NixOS and in home-manager: which apps start through electroscope, and what apps.toml says of them.
# Where fronts and apps.toml go is for ../nixos/electroscope.nix and ../home/electroscope.nix.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  inherit (lib) literalExpression mkEnableOption mkOption types;
in
{
  imports = [
    ../profiles/option.nix
    ./apps.nix
    ./settings.nix
    ./watch.nix
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

    installed = mkOption {
      type = types.listOf types.package;
      internal = true;
      readOnly = true;
      default = [ config.programs.electroscope.package ] ++ config.programs.electroscope.fronts;
      description = "The packages to install.";
    };
  };
}
