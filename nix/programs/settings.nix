# programs.electroscope.settings: the text of apps.toml, read by electroscope itself before it is installed.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  inherit (lib) mkDefault mkOption types;
  cfg = config.programs.electroscope;
  toml = pkgs.formats.toml { };
  text = toml.generate "apps.toml" cfg.settings;

  # Fails, and so does the switch to this generation, with what `electroscope config check` says, unless the program is for another
  # machine than the one that builds.
  checked = pkgs.runCommandLocal "apps.toml" { } ''
    mkdir -p config/electroscope
    cp ${text} config/electroscope/apps.toml
    ${lib.optionalString (pkgs.stdenv.buildPlatform.canExecute pkgs.stdenv.hostPlatform) ''
      if ! HOME=$PWD XDG_CONFIG_HOME=$PWD/config XDG_CONFIG_DIRS=$PWD/none ${lib.getExe cfg.package} config check; then
        echo "(apps.toml is what programs.electroscope.settings and programs.electroscope.apps say)" >&2
        exit 1
      fi
    ''}
    cp config/electroscope/apps.toml $out
  '';
in
{
  options.programs.electroscope.settings = mkOption {
    inherit (toml) type;
    default = { };
    example = {
      defaults.memory-high-without-swap = "keep";
      gpu.backend = "gl";
      apps.discord.env.LANG = "C.UTF-8";
    };
    description = ''
      What stands in apps.toml ({file}`~/.config/electroscope/apps.toml` of home-manager,
      {file}`/etc/xdg/electroscope/apps.toml` of NixOS), beside what {option}`programs.electroscope.apps` puts there. It
      lies over the catalogue inside the program, so that only what differs need be said. A mistake in it stops the build, with
      the name of the key.
    '';
  };

  options.programs.electroscope.appsToml = mkOption {
    type = types.package;
    internal = true;
    readOnly = true;
    default = checked;
    description = "The file, once it is read.";
  };

  config.programs.electroscope.settings.budget = {
    memory = mkDefault config.electroscope.profile.budget.memory;
    cpus = mkDefault config.electroscope.profile.budget.cpus;
  };
}
