# The service of `electroscope watch`, alike on NixOS and in home-manager.
{ config, lib, ... }:
let
  cfg = config.programs.electroscope;
in
{
  options.programs.electroscope = {
    watch.enable = lib.mkEnableOption ''
      {command}`electroscope watch` in each session: a notification when an app is killed or slowed for its limits, with the reason'';

    watchService = lib.mkOption {
      type = lib.types.attrsOf lib.types.str;
      internal = true;
      readOnly = true;
      description = "[Service] of it, as `electroscope install --watch` writes it.";
      default = {
        ExecStart = "${lib.getExe cfg.package} watch";
        ExecStopPost = "${lib.getExe cfg.package} watch --release";
        Restart = "on-failure";
        RestartSec = "5";
        Slice = "session.slice";
      };
    };
  };
}
