# pkgs.formats: types of values and the files made of them (nixpkgs' pkgs/pkgs-lib/formats.nix). The text is made here by Nix, not by
# nixpkgs' converters: same keys and values, another layout. It can be read at evaluation, as `.text` of the file.
lib: final:
let
  inherit (lib) types;

  # Any nesting of these; null only where the format has one.
  valueOf =
    { description, nullable }:
    let
      atom = types.oneOf [ types.bool types.int types.float types.str types.path (types.attrsOf value) (types.listOf value) ];
      value = (if nullable then types.nullOr atom else atom) // { inherit description; };
    in
    value;

  key = name: if builtins.match "[A-Za-z0-9_-]+" name == null then builtins.toJSON name else name;
  isTable = value: lib.isAttrs value && !lib.isDerivation value;
  inline =
    value:
    if lib.isList value then
      "[${lib.concatMapStringsSep ", " inline value}]"
    else if isTable value then
      "{ ${lib.concatStringsSep ", " (lib.mapAttrsToList (name: one: "${key name} = ${inline one}") value)} }"
    else if lib.isPath value || lib.isDerivation value then
      builtins.toJSON (toString value)
    else
      builtins.toJSON value;
  # Plain keys of a table before its own tables, as TOML needs it.
  table =
    path: set:
    let
      plain = lib.filterAttrs (_: value: !isTable value) set;
      tables = lib.filterAttrs (_: isTable) set;
    in
    lib.optionalString (path != [ ] && (plain != { } || tables == { })) "[${lib.concatMapStringsSep "." key path}]\n"
    + lib.concatStrings (lib.mapAttrsToList (name: value: "${key name} = ${inline value}\n") plain)
    + lib.optionalString (plain != { } || tables == { }) "\n"
    + lib.concatStrings (lib.mapAttrsToList (name: table (path ++ [ name ])) tables);
  toml = set: lib.removeSuffix "\n" (table [ ] set);

  generate = text: name: value: final.writeText name (text value);
in
{
  formats = {
    toml = { }: {
      type = valueOf { description = "TOML value"; nullable = false; };
      generate = generate toml;
    };
    json = { }: {
      type = valueOf { description = "JSON value"; nullable = true; };
      generate = generate (value: builtins.toJSON value + "\n");
    };
    ini =
      { listsAsDuplicateKeys ? false, ... }@options:
      let
        atom = types.nullOr (types.oneOf [ types.bool types.int types.float types.str ]) // {
          description = "INI atom (null, bool, int, float or string)";
        };
      in
      {
        type = types.attrsOf (types.attrsOf (if listsAsDuplicateKeys then types.either atom (types.listOf atom) else atom));
        generate = generate (lib.generators.toINI options);
      };
  };
}
