# Option types. A type checks one definition (only its outermost part), merges several, and tells of itself and the options within.
lib:
let
  inherit (lib) mergeOneOption mergeEqualOption;

  mkOptionType =
    {
      name,
      description ? name,
      descriptionClass ? null,
      check ? _: true,
      merge ? lib.mergeDefaultOption,
      emptyValue ? { },
      getSubOptions ? _: { },
      ...
    }:
    { _type = "option-type"; inherit name description descriptionClass check merge emptyValue getSubOptions; };

  noun =
    name: description: check:
    mkOptionType {
      inherit name description check;
      descriptionClass = "noun";
      merge = mergeEqualOption;
    };
  isText = test: value: builtins.isString value && test value;
  matches = pattern: isText (text: builtins.match pattern text != null);
  showFilesOf = definitions: lib.showFiles (map ({ file, ... }: file) definitions);
  clause = type: name: description: type // { inherit name description; descriptionClass = "nonRestrictiveClause"; };

  # The description of a type inside of another's, in parentheses unless it can stand there without.
  phrase = classes: type: if lib.elem type.descriptionClass classes then type.description else "(${type.description})";

  addCheck = type: check: type // { check = value: type.check value && check value; };
  between = lowest: highest: addCheck types.int (value: value >= lowest && value <= highest) // {
    name = "intBetween";
    description = "integer between ${toString lowest} and ${toString highest} (both inclusive)";
  };

  attrsWith =
    { elemType, lazy ? false, placeholder ? "name" }:
    mkOptionType {
      name = if lazy then "lazyAttrsOf" else "attrsOf";
      description = "${lib.optionalString lazy "lazy "}attribute set of ${phrase [ "noun" "composite" ] elemType}";
      descriptionClass = "composite";
      check = builtins.isAttrs;
      merge =
        loc: definitions:
        let
          merged = builtins.zipAttrsWith (name: lib.mergeDefinitions (loc ++ [ name ]) elemType) (
            map ({ file, value }: builtins.mapAttrs (_: value: { inherit file value; }) value) definitions
          );
        in
        builtins.mapAttrs (_: one: if one.isDefined then one.value else elemType.emptyValue.value or one.value) (
          if lazy then merged else lib.filterAttrs (_: one: one.isDefined) merged
        );
      emptyValue.value = { };
      getSubOptions = loc: elemType.getSubOptions (loc ++ [ "<${placeholder}>" ]);
    };

  submoduleWith =
    { modules, specialArgs ? { }, class ? null, shorthandOnlyDefinesConfig ? false, description ? null }:
    let
      evaluate = prefix: more: lib.evalModules { inherit class prefix specialArgs; modules = modules ++ more; };
      unnamed = {
        _module.args.name = lib.mkOptionDefault "‹name›";
        _module.check = lib.mkForce false;
      };
      documented = prefix: evaluate prefix [ unnamed ];
      free = (documented [ ])._module.freeformType;
    in
    mkOptionType {
      name = "submodule";
      description =
        if description != null then
          description
        else if free == null then
          "submodule"
        else
          "open submodule of ${phrase [ "noun" "composite" ] free}";
      check = value: builtins.isAttrs value || lib.isFunction value || types.path.check value;
      merge =
        loc: definitions:
        (evaluate loc (
          [ { _module.args.name = lib.last loc; } ]
          ++ map (
            { file, value }:
            if builtins.isAttrs value && shorthandOnlyDefinesConfig then
              { _file = file; config = value; }
            else
              { _file = file; imports = [ value ]; }
          ) definitions
        )).config;
      emptyValue.value = (evaluate [ ] [ ]).config;
      getSubOptions = prefix: builtins.removeAttrs (documented prefix).options [ "_module" ];
    };

  # A choice of an enum.
  showValue = value: if builtins.isString value then "\"${value}\"" else builtins.toJSON value;

  types = {
    inherit mkOptionType addCheck attrsWith submoduleWith;

    raw = mkOptionType { name = "raw"; description = "raw value"; descriptionClass = "noun"; merge = mergeOneOption; };
    unspecified = mkOptionType { name = "unspecified"; description = "unspecified value"; descriptionClass = "noun"; };
    anything = mkOptionType {
      name = "anything";
      descriptionClass = "noun";
      merge =
        loc: definitions:
        let
          isPackage = value: builtins.isAttrs value && (value ? outPath || value ? __toString);
          kindOf = { value, ... }: if isPackage value then "package" else builtins.typeOf value;
          kinds = lib.unique (map kindOf definitions);
        in
        if lib.length kinds > 1 then
          throw "The option `${lib.showOption loc}' has conflicting option types in ${showFilesOf definitions}"
        else if kinds == [ "set" ] then
          (types.attrsOf types.anything).merge loc definitions
        else if kinds == [ "package" ] || kinds == [ "lambda" ] then
          mergeOneOption loc definitions
        else
          mergeEqualOption loc definitions;
    };

    bool = noun "bool" "boolean" builtins.isBool;
    int = noun "int" "signed integer" builtins.isInt;
    float = noun "float" "floating point number" builtins.isFloat;
    number = types.either types.int types.float;
    str = noun "str" "string" builtins.isString;
    nonEmptyStr = noun "nonEmptyStr" "non-empty string" (isText (text: builtins.match "[ \t\n]*" text == null));
    singleLineStr =
      let
        type = noun "singleLineStr" "(optionally newline-terminated) single-line string" (matches "[^\n\r]*\n?");
      in
      type // { merge = loc: definitions: lib.removeSuffix "\n" (type.merge loc definitions); };
    strMatching =
      pattern:
      noun "strMatching ${lib.escapeNixString pattern}" "string matching the pattern ${pattern}" (matches pattern);
    separatedString =
      separator:
      noun "separatedString" "strings concatenated with ${builtins.toJSON separator}" builtins.isString
      // { merge = _: definitions: lib.concatStringsSep separator (lib.getValues definitions); };
    lines = types.separatedString "\n";
    commas = types.separatedString ",";
    path = noun "path" "absolute path" (value: lib.isStringLike value && builtins.substring 0 1 (toString value) == "/");
    package = noun "package" "package" (value: lib.isDerivation value || lib.isStorePath value) // { merge = mergeOneOption; };
    enum =
      values:
      noun "enum" (
        if lib.length values == 1 then
          "value ${showValue (lib.head values)} (singular enum)"
        else
          "one of ${lib.concatMapStringsSep ", " showValue values}"
      ) (value: lib.elem value values)
      // lib.optionalAttrs (lib.length values > 1) { descriptionClass = "conjunction"; };

    ints = {
      inherit between;
      unsigned = clause (addCheck types.int (value: value >= 0)) "unsignedInt" "unsigned integer, meaning >=0";
      positive = clause (addCheck types.int (value: value > 0)) "positiveInt" "positive integer, meaning >0";
    };

    attrs = mkOptionType {
      name = "attrs";
      description = "attribute set";
      check = builtins.isAttrs;
      merge = _: lib.foldl' (all: { value, ... }: all // value) { };
      emptyValue.value = { };
    };
    attrsOf = elemType: attrsWith { inherit elemType; };
    lazyAttrsOf = elemType: attrsWith { inherit elemType; lazy = true; };
    listOf =
      elemType:
      mkOptionType {
        name = "listOf";
        description = "list of ${phrase [ "noun" "composite" ] elemType}";
        descriptionClass = "composite";
        check = builtins.isList;
        merge =
          loc: definitions:
          let
            at = n: m: loc ++ [ "[definition ${toString n}-entry ${toString m}]" ];
            element = file: loc: value: lib.mergeDefinitions loc elemType [ { inherit file value; } ];
            merged = lib.concatLists (lib.imap1 (n: { file, value }: lib.imap1 (m: element file (at n m)) value) definitions);
          in
          map (one: one.value) (lib.filter (one: one.isDefined) merged);
        emptyValue.value = [ ];
        getSubOptions = loc: elemType.getSubOptions (loc ++ [ "*" ]);
      };
    submodule = modules: submoduleWith { modules = lib.toList modules; shorthandOnlyDefinesConfig = true; };
    deferredModule = mkOptionType {
      name = "deferredModule";
      description = "module";
      descriptionClass = "noun";
      check = value: builtins.isAttrs value || lib.isFunction value || types.path.check value;
      merge = _: definitions: { imports = map ({ file, value }: { _file = file; imports = [ value ]; }) definitions; };
    };

    unique =
      { message }:
      type:
      type
      // {
        merge =
          loc: definitions:
          type.merge loc [
            {
              inherit (lib.head definitions) file;
              value = mergeOneOption loc definitions;
            }
          ];
      };
    nullOr =
      elemType:
      mkOptionType {
        name = "nullOr";
        description = "null or ${phrase [ "noun" "conjunction" ] elemType}";
        descriptionClass = "conjunction";
        check = value: value == null || elemType.check value;
        merge =
          loc: definitions:
          let
            nulls = lib.count ({ value, ... }: value == null) definitions;
          in
          if nulls == 0 then
            elemType.merge loc definitions
          else if nulls == lib.length definitions then
            null
          else
            throw "The option `${lib.showOption loc}` is defined both null and not null, in ${showFilesOf definitions}.";
        emptyValue.value = null;
        inherit (elemType) getSubOptions;
      };
    either =
      a: b:
      mkOptionType {
        name = "either";
        description =
          if a.descriptionClass == "nonRestrictiveClause" then
            "${a.description}, or ${phrase [ "noun" "conjunction" ] b}"
          else
            "${phrase [ "noun" "conjunction" ] a} or ${phrase [ "noun" "conjunction" "composite" ] b}";
        descriptionClass = "conjunction";
        check = value: a.check value || b.check value;
        merge =
          loc: definitions:
          let
            all = type: lib.all ({ value, ... }: type.check value) definitions;
          in
          if all a then a.merge loc definitions else if all b then b.merge loc definitions else mergeOneOption loc definitions;
      };
    oneOf = list: lib.foldl' types.either (lib.head list) (lib.tail list);
    coercedTo =
      from: coerce: to:
      mkOptionType {
        name = "coercedTo";
        description = "${phrase [ "noun" ] to} or ${phrase [ "noun" ] from} convertible to it";
        check = value: from.check value && to.check (coerce value) || to.check value;
        merge =
          loc: definitions:
          let
            coerced = definition: lib.optionalAttrs (from.check definition.value) { value = coerce (from.merge loc [ definition ]); };
          in
          to.merge loc (map (definition: definition // coerced definition) definitions);
        inherit (to) emptyValue getSubOptions;
      };
    functionTo =
      elemType:
      mkOptionType {
        name = "functionTo";
        description = "function that evaluates to a(n) ${phrase [ "noun" "composite" ] elemType}";
        descriptionClass = "composite";
        check = lib.isFunction;
        merge =
          loc: definitions: argument:
          let
            results = map ({ file, value }: { inherit file; value = value argument; }) definitions;
          in
          (lib.mergeDefinitions (loc ++ [ "<function body>" ]) elemType results).value;
        getSubOptions = loc: elemType.getSubOptions (loc ++ [ "<function body>" ]);
      };
  };
in
types
