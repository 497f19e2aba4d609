# Texts out of values.
lib:
let
  mkValueStringDefault =
    { }:
    value:
    if builtins.isInt value || lib.isDerivation value then
      toString value
    else if builtins.isString value then
      value
    else if builtins.isBool value then
      lib.boolToString value
    else if value == null then
      "null"
    else if builtins.isFloat value then
      builtins.toJSON value
    else
      throw "generators.mkValueStringDefault: ${builtins.typeOf value}s not supported: ${toPretty { } value}";

  mkKeyValueDefault =
    { mkValueString ? mkValueStringDefault { } }:
    separator: key: value:
    "${lib.escape [ separator ] key}${separator}${mkValueString value}";

  toKeyValue =
    {
      mkKeyValue ? mkKeyValueDefault { } "=",
      listsAsDuplicateKeys ? false,
      indent ? "",
    }:
    set:
    let
      line = key: value: "${indent}${mkKeyValue key value}\n";
    in
    lib.concatStrings (
      lib.concatLists (lib.mapAttrsToList (key: value: map (line key) (if listsAsDuplicateKeys then lib.toList value else [ value ])) set)
    );

  toINI =
    {
      mkSectionName ? lib.escape [ "[" "]" ],
      mkKeyValue ? mkKeyValueDefault { } "=",
      listsAsDuplicateKeys ? false,
    }:
    lib.concatMapAttrsStringSep "\n" (
      section: values: "[${mkSectionName section}]\n${toKeyValue { inherit mkKeyValue listsAsDuplicateKeys; } values}"
    );

  toPretty =
    { multiline ? true, ... }:
    let
      show =
        indent: depth: value:
        let
          inner = if multiline then "\n${indent}  " else " ";
          outer = if multiline then "\n${indent}" else " ";
          deeper = show "${indent}  " (depth + 1);
        in
        if depth > 10 then
          "<unevaluated>"
        else if builtins.isString value then
          lib.escapeNixString value
        else if value == null then
          "null"
        else if builtins.isBool value then
          lib.boolToString value
        else if builtins.isPath value then
          toString value
        else if builtins.isInt value || builtins.isFloat value then
          builtins.toJSON value
        else if builtins.isFunction value then
          "<function>"
        else if lib.isDerivation value then
          "<derivation ${value.name or "???"}>"
        else if value == [ ] then
          "[ ]"
        else if builtins.isList value then
          "[${inner}${lib.concatMapStringsSep inner deeper value}${outer}]"
        else if value == { } then
          "{ }"
        else
          "{${inner}${
            lib.concatMapAttrsStringSep inner (name: value: "${lib.escapeNixIdentifier name} = ${deeper value};") value
          }${outer}}";
    in
    show "" 0;
in
{
  inherit
    mkValueStringDefault
    mkKeyValueDefault
    toKeyValue
    toINI
    toPretty
    ;
  toJSON = { }: builtins.toJSON;
}
