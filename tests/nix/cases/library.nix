# Our module library (options, types, evaluation) against what nixpkgs' lib answers: the expected values are written by hand from the
# manuals, and with NIX_TEST_NIXPKGS the same cases run on the real one. What is not here our modules do not rely on.
{ lib, ... }:
let
  inherit (lib) mkOption types;

  # The configuration of one option `x` of a type, with these definitions.
  one =
    type: definitions:
    (lib.evalModules {
      modules =
        [ { options.x = mkOption { inherit type; }; } ]
        ++ lib.imap1 (n: x: { _file = "m${toString n}.nix"; config = { inherit x; }; }) definitions;
    }).config.x;
  values = modules: (lib.evalModules { inherit modules; }).config;
  has = option: { options = option; };
  bool = mkOption { type = types.bool; default = false; };
  warning.options = {
    warnings = mkOption { type = types.listOf types.str; default = [ ]; };
    assertions = mkOption { type = types.listOf types.unspecified; default = [ ]; };
  };
  accepts = type: map type.check;
  fails = actual: error: { inherit actual error; };
  is = actual: expected: { inherit actual expected; };
in
{
  # Priorities
  "mkDefault yields to a plain value, and that to mkForce" = is (map (one types.int) [
    [ (lib.mkDefault 1) 2 ]
    [ 2 (lib.mkForce 3) (lib.mkDefault 1) ]
    [ (lib.mkOverride 40 4) (lib.mkForce 3) ]
    [ (lib.mkOverride 1200 5) (lib.mkDefault 1) ]
  ]) [ 2 3 4 1 ];
  "equal values agree, others conflict" = is (one types.int [ 1 1 ]) 1;
  "a conflict names option, files and values" = {
    actual = one types.int [ 1 2 ];
    error = "The option `x' has conflicting definition values: - In `m2.nix': 2 - In `m1.nix': 1 Use `lib.mkForce value` or `lib.mkDefault value`";
  };
  "lists are joined, the module that comes last first" = {
    actual = one (types.listOf types.int) [ [ 1 ] [ 2 ] [ 3 ] ];
    expected = [ 3 2 1 ];
  };
  "lines" = is (one types.lines [ "a" "b" ]) "b\na";
  "mkMerge and mkIf at any depth" = is (values [
    (has { a.b = bool; a.c = bool; })
    (lib.mkIf true (lib.mkMerge [
      { a = lib.mkIf false { b = true; }; }
      { a.c = lib.mkMerge [ (lib.mkIf true (lib.mkForce true)) (lib.mkIf false false) ]; }
    ]))
  ]) { a = { b = false; c = true; }; };
  "mkDefault around a whole set" = {
    actual = values [ (has { a.b = bool; }) { a = lib.mkDefault { b = true; }; } { a.b = lib.mkOptionDefault false; } ];
    expected = { a.b = true; };
  };
  "a condition may ask another option" = {
    actual = values [ (has { a = bool; b = bool; }) { a = true; } ({ config, ... }: { config = lib.mkIf config.a { b = true; }; }) ];
    expected = { a = true; b = true; };
  };
  "mkIf needs a boolean" = fails (one types.int [ (lib.mkIf "yes" 1) ]) "called with a non-Boolean condition";

  # Options that are not there, or have no value
  "an unknown option is named" = {
    actual = values [ (has { a = bool; }) { somethingElse = 1; } ];
    error = "The option `somethingElse' does not exist.";
  };
  "an option without a value" = {
    actual = values [ (has { a = mkOption { type = types.int; }; }) ];
    error = "The option `a' was accessed but has no value defined. Try setting the option.";
  };
  "a wrong type names option, type, file and value" = {
    actual = one types.bool [ "yes" ];
    error = "A definition for option `x' is not of type `boolean'. Definition values: - In `m1.nix': \"yes\"";
  };
  "a set where an option wants none" = {
    actual = values [ (has { a = bool; }) { a.b = true; } ];
    error = "A definition for option `a' is not of type `boolean'.";
  };
  "a value where options stand" = {
    actual = values [ (has { a.b = bool; }) { _file = "mine.nix"; a = 1; } ];
    error = "In module `mine.nix', you're trying to define a value of type `int' rather than an attribute set for the option `a'!";
  };
  "an option in an option" = {
    actual = values [ (has { a = bool; }) (has { a.b = bool; }) ];
    error = "would be a parent of the following options, but its type `boolean' does not support nested options.";
  };
  "an option twice" = {
    actual = values [ { _file = "a.nix"; options.a = bool; } { _file = "b.nix"; options.a = bool; } ];
    error = "is already declared in";
  };
  "read only" = {
    actual = values [ (has { a = mkOption { type = types.int; readOnly = true; default = 1; }; }) { a = 2; } ];
    error = "The option `a' is read-only, but it's set multiple times.";
  };
  "options and settings side by side" = {
    actual = values [ { options.a = bool; a = true; } ];
    error = "has an unsupported attribute `a'. This is caused by introducing a top-level `config' or `options' attribute.";
  };
  "a class of another kind" = {
    actual = (lib.evalModules { class = "nixos"; modules = [ { _class = "homeManager"; _file = "home.nix"; } ]; }).config;
    error = "cannot be imported into a module evaluation that expects class \"nixos\"";
  };
  "no check without _module.check" = {
    actual = values [ (has { a = bool; }) { _module.check = false; b = 1; } ];
    expected = { a = false; };
  };

  # Modules
  "a file is imported once, by whatever way" = {
    actual = values [ ./imported/list.nix ./imported/list.nix { imports = [ ./imported/list.nix ]; } ];
    expected = { list = [ 1 ]; };
  };
  "a module can be disabled" = is (values [ ./imported/list.nix { disabledModules = [ ./imported/list.nix ]; } ]) { };
  "arguments come from specialArgs and _module.args" = is (lib.evalModules {
    specialArgs.special = 1;
    modules = [ (has { a = mkOption { }; }) ({ special, later, ... }: { a = special + later; }) { _module.args.later = 2; } ];
  }).config { a = 3; };
  "specialArgs wins over _module.args" = is (lib.evalModules {
    specialArgs.special = 1;
    modules = [ (has { a = mkOption { }; }) ({ special, ... }: { a = special; }) { _module.args.special = 2; } ];
  }).config { a = 1; };
  "an argument that is nowhere" = {
    actual = values [ (has { a = mkOption { }; }) ({ nowhere, ... }: { a = nowhere; }) ];
    error = "attribute 'nowhere' missing";
  };
  "a default of a module's argument is not used" = {
    actual = values [ (has { a = mkOption { }; }) ({ nowhere ? 1, ... }: { a = nowhere; }) ];
    error = "attribute 'nowhere' missing";
  };
  "apply" = is (values [ (has { a = mkOption { type = types.int; apply = toString; }; }) { a = 1; } ]) { a = "1"; };
  "options tell where they are defined" = is (
    let
      option = (lib.evalModules { modules = [ (has { a = bool; }) { _file = "f.nix"; a = true; } ]; }).options.a;
    in
    { inherit (option) files isDefined highestPrio; name = toString option; }
  ) {
    files = [ "f.nix" ];
    isDefined = true;
    highestPrio = 100;
    name = "a";
  };
  "a renamed option warns and hands on, with its priority" = is (
    let
      config = values [
        warning
        (has { new = bool; })
        (lib.mkRenamedOptionModule [ "old" ] [ "new" ])
        { _file = "f.nix"; old = lib.mkForce true; }
        { new = false; }
      ];
    in
    { inherit (config) new warnings; }
  ) {
    new = true;
    warnings = [ "The option `old' defined in `f.nix' has been renamed to `new'." ];
  };
  "a removed option fails an assertion" = is (
    (values [ warning (lib.mkRemovedOptionModule [ "old" ] "Take another.") { _file = "f.nix"; old = 1; } ]).assertions
  ) [
    { assertion = false; message = "The option definition `old' in `f.nix' no longer has any effect; please remove it.\nTake another.\n"; }
  ];

  # Types
  "submodules have names, defaults, free parts" = is (one (types.attrsOf (types.submodule ({ name, config, ... }: {
    freeformType = types.attrsOf types.int;
    options.own = mkOption { type = types.str; default = name; };
    options.twice = mkOption { type = types.str; default = config.own + config.own; };
  }))) [ { a.free = 1; b.own = "c"; } { a.more = lib.mkDefault 2; c = lib.mkIf false { }; } ]) {
    a = { free = 1; more = 2; own = "a"; twice = "aa"; };
    b = { own = "c"; twice = "cc"; };
  };
  "an error inside of a submodule has the whole path" = {
    actual = one (types.attrsOf (types.submodule (has { n = mkOption { type = types.int; }; }))) [ { a.n = "1"; } ];
    error = "A definition for option `x.a.n' is not of type `signed integer'.";
  };
  "an unknown option inside of a submodule" = {
    actual = one (types.attrsOf (types.submodule (has { number = bool; }))) [ { a.nummer = 1; } ];
    error = "The option `x.a.nummer' does not exist.";
  };
  "a wrong element has its place" = {
    actual = one (types.listOf types.int) [ [ 1 "2" ] ];
    error = "A definition for option `x.\"[definition 1-entry 2]\"' is not of type `signed integer'.";
  };
  "nullOr" = is (map (one (types.nullOr types.int)) [ [ null ] [ (lib.mkDefault null) 1 ] ]) [ null 1 ];
  "null and not null" = {
    actual = one (types.nullOr types.int) [ null 1 ];
    error = "The option `x` is defined both null and not null";
  };
  "coercedTo" = is (map (one (types.coercedTo types.int toString types.str)) [ [ 1 ] [ "2" ] ]) [ "1" "2" ];
  "either and oneOf" = {
    actual = map (one (types.oneOf [ types.int types.bool (types.listOf types.str) ])) [ [ 1 ] [ true ] [ [ "a" ] [ "b" ] ] ];
    expected = [ 1 true [ "b" "a" ] ];
  };
  "functionTo" = is (one (types.functionTo (types.listOf types.int)) [ (n: [ n ]) (n: [ (n + 1) ]) ] 1) [ 2 1 ];
  "anything merges sets deeply" = {
    actual = one types.anything [ { a.b = 1; } { a.c = [ 1 ]; } ];
    expected = { a = { b = 1; c = [ 1 ]; }; };
  };
  "attrs are laid one over the other" = is (one types.attrs [ { a.b = 1; } { a.c = 2; } ]) { a.b = 1; };
  "raw and package take one definition" = {
    actual = one types.raw [ 1 1 ];
    error = "The option `x' is defined multiple times while it's expected to be unique.";
  };
  "lazyAttrsOf keeps names of what is off" = {
    actual = lib.attrNames (one (types.lazyAttrsOf types.int) [ { a = 1; b = lib.mkIf false 2; } ]);
    expected = [ "a" "b" ];
  };
  "what types take" = is {
    enum = accepts (types.enum [ "a" 1 ]) [ "a" 1 "b" ];
    between = accepts (types.ints.between 1 3) [ 0 1 3 4 "1" ];
    positive = accepts types.ints.positive [ 0 1 ];
    unsigned = accepts types.ints.unsigned [ (-1) 0 ];
    path = accepts types.path [ "/a" "a" ./. 1 ];
    package = accepts types.package [ "a" 1 { type = "derivation"; } ];
    matching = accepts (types.strMatching "[0-9]+%") [ "50%" "50" "a50%" ];
    line = accepts types.singleLineStr [ "a" "a\n" "a\nb" ];
    nonEmpty = accepts types.nonEmptyStr [ "" " \n" "a" ];
    float = accepts types.float [ 1.0 1 ];
    checked = accepts (types.addCheck types.int (n: n != 3)) [ 1 3 "3" ];
    list = accepts (types.listOf types.int) [ [ ] [ "a" ] { } ]; # elements are looked at when they are merged
  } {
    enum = [ true true false ];
    between = [ false true true false false ];
    positive = [ false true ];
    unsigned = [ false true ];
    path = [ true false true false ];
    package = [ false false true ];
    matching = [ true false false ];
    line = [ true true false ];
    nonEmpty = [ false false true ];
    float = [ true false ];
    checked = [ true false false ];
    list = [ true true false ];
  };
  "what types say of themselves" = is (map (type: type.description) [
    (types.nullOr (types.enum [ "a" 1 true ]))
    (types.listOf (types.either types.int types.str))
    (types.attrsOf (types.listOf types.package))
    (types.lazyAttrsOf types.anything)
    (types.nullOr types.ints.positive)
    (types.either types.ints.unsigned types.str)
    (types.ints.between 0 100)
    (types.coercedTo types.int toString types.str)
    (types.submodule { freeformType = types.attrsOf types.int; })
    (types.strMatching "a+")
    (types.functionTo types.bool)
    (types.enum [ "one" ])
    types.lines
    types.path
  ]) [
    "null or one of \"a\", 1, true"
    "list of (signed integer or string)"
    "attribute set of list of package"
    "lazy attribute set of anything"
    "null or (positive integer, meaning >0)"
    "unsigned integer, meaning >=0, or string"
    "integer between 0 and 100 (both inclusive)"
    "string or signed integer convertible to it"
    "open submodule of attribute set of signed integer"
    "string matching the pattern a+"
    "function that evaluates to a(n) boolean"
    "value \"one\" (singular enum)"
    "strings concatenated with \"\\n\""
    "absolute path"
  ];
  "the list of options for documentation" = is (
    map (option: "${option.name}: ${option.type}") (
      lib.filter (option: !(lib.hasInfix "_module" option.name)) (
        lib.optionAttrSetToDocList (lib.evalModules {
          modules = [ (has { a.b = bool; m = mkOption { type = types.attrsOf (types.submodule (has { n = bool; })); }; }) ];
        }).options
      )
    )
  ) [ "a.b: boolean" "m: attribute set of (submodule)" "m.<name>.n: boolean" ];
}
