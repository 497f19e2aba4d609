# programs.electroscope.settings: the text of ~/.config/electroscope/apps.toml, read by electroscope itself before it is installed.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  inherit (lib) mkDefault mkIf mkOption;
  cfg = config.programs.electroscope;
  toml = pkgs.formats.toml { };
  text = toml.generate "apps.toml" cfg.settings;

  # Fails, and so does the switch to this generation, with what `electroscope config check` says.
  checked = pkgs.runCommandLocal "apps.toml" { } ''
    mkdir -p config/electroscope
    cp ${text} config/electroscope/apps.toml
    if ! HOME=$PWD XDG_CONFIG_HOME=$PWD/config XDG_CONFIG_DIRS=$PWD/none ${lib.getExe cfg.package} config check; then
      echo "(apps.toml is what programs.electroscope.settings and programs.electroscope.apps say)" >&2
      exit 1
    fi
    cp config/electroscope/apps.toml $out
  '';
in
{
  _class = "homeManager";

  options.programs.electroscope.settings = mkOption {
    inherit (toml) type;
    default = { };
    example = {
      defaults.memory-high-without-swap = "keep";
      gpu.backend = "gl";
      apps.discord.env.LANG = "C.UTF-8";
    };
    description = ''
      What stands in {file}`~/.config/electroscope/apps.toml`, beside what {option}`programs.electroscope.apps` puts there. It
      lies over the catalogue inside the program, so that only what differs need be said. A mistake in it stops the build, with
      the name of the key.
    '';
  };

  config = {
    programs.electroscope.settings.budget = {
      memory = mkDefault config.electroscope.profile.budget.memory;
      cpus = mkDefault config.electroscope.profile.budget.cpus;
    };
    xdg.configFile = mkIf cfg.enable { "electroscope/apps.toml".source = checked; };
  };
}
