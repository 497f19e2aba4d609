# The files that home-manager puts under the home for a configuration: { ".config/systemd/user/app-electron.slice" = text; ... }.
# After modules/systemd.nix (toSystemdIni, 10-home-manager.conf), home-environment.nix (hm-session-vars.sh) and files.nix.
{ lib, config, ... }:
let
  inherit (lib) concatMapAttrs filterAttrs mapAttrs mapAttrs' nameValuePair optionalString;
  show = value: if lib.isBool value then lib.boolToString value else toString value;

  unit =
    sections:
    lib.generators.toINI {
      listsAsDuplicateKeys = true;
      mkKeyValue = key: value: "${key}=${show value}";
    } (filterAttrs (_: section: section != { }) (mapAttrs (_: filterAttrs (_: value: value != null && value != [ ])) sections));
  units = kind: mapAttrs' (name: sections: nameValuePair ".config/systemd/user/${name}.${kind}" (unit sections));
  wanted = kind: concatMapAttrs (
    name: sections:
    let
      link = target: ".config/systemd/user/${target}.wants/${name}.${kind}";
    in
    lib.genAttrs (map link (lib.toList (sections.Install.WantedBy or [ ]))) (_: "-> ../${name}.${kind}\n")
  );

  # A file's text: what was given, or what its source has, if that can be told without a build.
  text =
    file:
    if file.text != null then
      file.text
    else if lib.isAttrs file.source && file.source ? text then
      file.source.text
    else if lib.isDerivation file.source then
      "-> ${file.source.name}, a build\n"
    else
      builtins.readFile file.source;
  files = mapAttrs' (_: file: nameValuePair file.target (text file));

  exports = lib.mapAttrsToList (name: value: "export ${name}=\"${show value}\"\n") (
    filterAttrs (_: value: value != null) config.home.sessionVariables
  );
  variables = config.systemd.user.sessionVariables;
  kinds = lib.genAttrs [ "service" "slice" "target" "timer" "path" ] (kind: config.systemd.user."${kind}s");
  texts =
    concatMapAttrs units kinds
    // concatMapAttrs wanted kinds
    // {
      ".config/environment.d/10-home-manager.conf" = optionalString (variables != { }) (
        lib.concatStringsSep "\n" (lib.mapAttrsToList (name: value: "${name}=${toString value}") variables) + "\n"
      );
      "hm-session-vars.sh" = lib.concatStrings exports;
    }
    // files (filterAttrs (_: file: file.enable) config.xdg.configFile)
    // files (filterAttrs (_: file: file.enable) config.xdg.dataFile)
    // files (filterAttrs (_: file: file.enable) config.home.file);
in
texts
