# The types of what NixOS writes as units, sysctl settings, files and variables (nixos/lib/systemd-unit-options.nix, config/sysctl.nix,
# system/etc/etc.nix, config/shells-environment.nix).
lib:
let
  inherit (lib) mkOption types;
  described = option: mkOption ({ description = "As in NixOS."; } // option);
  names = described { type = types.listOf types.str; default = [ ]; };

  # A value of a unit's section. Lists are joined, the rest must be equal.
  value = types.mkOptionType {
    name = "systemd option";
    merge =
      loc: definitions:
      if lib.isList (lib.head definitions).value then
        lib.concatMap (definition: definition.value) definitions
      else
        lib.mergeEqualOption loc definitions;
  };

  shared = {
    enable = described { type = types.bool; default = true; };
    overrideStrategy = described { type = types.enum [ "asDropinIfExists" "asDropin" ]; default = "asDropinIfExists"; };
    aliases = names;
    wantedBy = names;
    requiredBy = names;
  };
  dependencies = [ "requires" "wants" "after" "before" "bindsTo" "partOf" "conflicts" "onFailure" ];
  section = described { type = types.attrsOf value; default = { }; };

  # What only services have.
  service = {
    environment = described {
      type = types.attrsOf (types.nullOr (types.oneOf [ types.str types.path types.package ]));
      default = { };
    };
    path = described { type = types.listOf (types.either types.package types.str); default = [ ]; };
    script = described { type = types.lines; default = ""; };
    restartIfChanged = described { type = types.bool; default = true; };
    stopIfChanged = described { type = types.bool; default = true; };
  };
  upperFirst = text: lib.toUpper (lib.substring 0 1 text) + lib.substring 1 (-1) text;
  highest = types.ints.unsigned // {
    merge = _: lib.foldl' (a: b: if b.value == null then null else lib.max a b.value) 0;
  };
in
{
  inherit value;

  unit = types.submodule {
    options = shared // {
      text = described { type = types.nullOr types.str; default = null; };
    };
  };

  # kind: service, slice or timer.
  of =
    kind:
    types.submodule (
      { config, ... }:
      {
        options = shared // lib.genAttrs dependencies (_: names) // lib.optionalAttrs (kind == "service") service // {
          description = described { type = types.singleLineStr; default = ""; };
          documentation = names;
          restartTriggers = described { type = types.listOf types.unspecified; default = [ ]; };
          unitConfig = section;
          "${kind}Config" = section;
        };
        config.unitConfig =
          lib.mapAttrs' (name: list: lib.nameValuePair (upperFirst name) (toString list)) (
            lib.filterAttrs (_: list: list != [ ]) (lib.getAttrs (dependencies ++ [ "documentation" ]) config)
          )
          // lib.optionalAttrs (config.description != "") { Description = config.description; };
      }
    );

  # One value a key: two definitions of one priority are an error even if they are equal. The two below are the exceptions.
  sysctl = types.submodule {
    freeformType = types.attrsOf (
      types.mkOptionType {
        name = "sysctl option value";
        check =
          value:
          let
            isValue = value: lib.isBool value || lib.isString value || lib.isInt value || value == null;
          in
          isValue value || value._type or "" == "override" && isValue value.content;
        merge = lib.mergeOneOption;
      }
    );
    options = lib.genAttrs [ "net.core.rmem_max" "net.core.wmem_max" ] (
      _: described { type = types.nullOr highest; default = null; }
    );
  };

  file = types.submodule {
    options = {
      enable = described { type = types.bool; default = true; };
      text = described { type = types.nullOr types.lines; default = null; };
      source = described { type = types.nullOr types.path; default = null; };
      mode = described { type = types.str; default = "symlink"; };
    };
  };

  variables = builtins.mapAttrs (
    _: value: if value == null then null else lib.concatMapStringsSep ":" toString (lib.toList value)
  );

  # Taken whole: a merged function would be called with the sets of another definition.
  overlay = types.functionTo (types.functionTo types.raw) // {
    description = "nixpkgs overlay";
    merge = lib.mergeOneOption;
  };
}
