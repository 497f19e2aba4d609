# The files that NixOS writes to /etc for a configuration: { "systemd/system/user-.slice.d/overrides.conf" = text; ... },
# an empty text for one that is not written.
# After nixos/lib/systemd-lib.nix and the module of each file. Units that systemd ships itself become drop-ins.
{ lib, config, ... }:
let
  inherit (lib) concatStrings mapAttrsToList optionalString;

  # system/boot/systemd.nix, upstreamSystemUnits, and user.nix, upstreamUserUnits: those that our modules and tests meet.
  shipped = {
    system = [ "machine.slice" "systemd-oomd.service" "user@.service" "user-runtime-dir@.service" ];
    user = [ "app.slice" "session.slice" "background.slice" ];
  };

  show = value: if value == true then "true" else if value == false then "false" else toString value;
  section = values: concatStrings (
    lib.concatLists (mapAttrsToList (name: value: map (one: "${name}=${show one}\n") (lib.toList value)) values)
  );
  sections = values: lib.concatStringsSep "\n" (mapAttrsToList (name: of: "[${name}]\n${section of}") values);

  environment = name: value: optionalString (value != null) "Environment=${builtins.toJSON "${name}=${value}"}\n";

  unit = kind: config: {
    inherit (config) overrideStrategy aliases wantedBy requiredBy;
    text =
      "[Unit]\n${section config.unitConfig}\n[${lib.toUpper (lib.substring 0 1 kind)}${lib.substring 1 (-1) kind}]\n"
      + concatStrings (mapAttrsToList environment (config.environment or { }))
      + optionalString (!(config.restartIfChanged or true)) "X-RestartIfChanged=false\n"
      + optionalString (!(config.stopIfChanged or true)) "X-StopIfChanged=false\n"
      + section config."${kind}Config"
      + optionalString (kind != "service") "\n"
      + optionalString (config.wantedBy != [ ]) "\n[Install]\nWantedBy=${lib.concatStringsSep " " config.wantedBy}\n";
  };
  units =
    which: of:
    let
      all =
        of.units
        // lib.concatMapAttrs (kind: lib.mapAttrs' (name: config: lib.nameValuePair "${name}.${kind}" (unit kind config))) (
          { service = of.services; slice = of.slices; } // lib.optionalAttrs (of ? timers) { timer = of.timers; }
        );
      isDropIn = name: unit: unit.overrideStrategy == "asDropin" || lib.elem name shipped.${which};
      file = name: unit: "systemd/${which}/${name}${optionalString (isDropIn name unit) ".d/overrides.conf"}";
    in
    lib.mapAttrs' (name: unit: lib.nameValuePair (file name unit) unit.text) all
    # An alias is a link in the place of a unit of that name (its "text" is where it points).
    // lib.concatMapAttrs (
      name: unit: lib.genAttrs (map (alias: "systemd/${which}/${alias}") unit.aliases) (_: "-> ${name}\n")
    ) all;

  generator = config.services.zram-generator;
  texts =
    units "system" config.systemd
    // units "user" config.systemd.user
    // {
      "sysctl.d/60-nixos.conf" = concatStrings (
        mapAttrsToList (
          name: value: optionalString (value != null) "${name}=${if value == false then "0" else toString value}\n"
        ) config.boot.kernel.sysctl
      );
      "systemd/zram-generator.conf" = optionalString generator.enable (lib.generators.toINI { } generator.settings);
      "systemd/oomd.conf" = optionalString config.systemd.oomd.enable (sections config.systemd.oomd.settings);
      "systemd/system.conf" = sections config.systemd.settings;
      "systemd/user.conf" = sections config.systemd.user.settings;
      "tmpfiles.d/00-nixos.conf" = lib.concatLines config.systemd.tmpfiles.rules;
      "udev/rules.d/99-local.rules" = config.services.udev.extraRules;
      "modprobe.d/nixos.conf" = config.boot.extraModprobeConfig;
      "modules-load.d/nixos.conf" = lib.concatLines config.boot.kernelModules;
      "pam/environment" = concatStrings (
        mapAttrsToList (
          name: value: optionalString (value != null) "${name}   DEFAULT=\"${value}\"\n"
        ) config.environment.sessionVariables
      );
    }
    // lib.mapAttrs (_: file: if file.text != null then file.text else builtins.readFile file.source) (
      lib.filterAttrs (_: file: file.enable && (file.text != null || builtins.isPath file.source)) config.environment.etc
    );
in
texts
