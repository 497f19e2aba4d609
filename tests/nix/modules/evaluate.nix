# evalModules: modules in, { config, options } out.
lib:
let
  # mkIf, mkMerge and mkOverride around a set, pushed down to its attributes.
  push =
    set:
    if lib.isType "merge" set then
      lib.concatMap push set.contents
    else if lib.isType "if" set then
      map (builtins.mapAttrs (_: lib.mkIf set.condition)) (push set.content)
    else if lib.isType "override" set then
      map (builtins.mapAttrs (_: lib.mkOverride set.priority)) (push set.content)
    else
      [ set ];

  # [ { file, value } ] of a set -> { name = [ { file, value } ]; }
  byName =
    loc: definitions:
    builtins.zipAttrsWith (_: lib.id) (
      lib.concatMap (
        { file, value }:
        map (
          set:
          if builtins.isAttrs set then
            builtins.mapAttrs (_: value: { inherit file value; }) set
          else
            throw "In module `${file}', you're trying to define a value of type `${builtins.typeOf set}' rather than an attribute set for the option `${lib.showOption loc}'!"
        ) (push value)
      ) definitions
    );

  # The declarations at one place, the definitions at the same -> { config, options, unmatched }.
  mergeTree =
    loc: declarations: definitions:
    let
      declared = builtins.zipAttrsWith (_: lib.id) (
        map ({ file, options }: builtins.mapAttrs (_: options: { inherit file options; }) options) declarations
      );
      defined = byName loc definitions;
      at = builtins.mapAttrs (
        name: here:
        let
          inner = loc ++ [ name ];
          found = lib.partition ({ options, ... }: lib.isOption options) here;
        in
        if found.right == [ ] then
          mergeTree inner here (defined.${name} or [ ])
        else if found.wrong == [ ] then
          asNode (evalOption inner found.right (defined.${name} or [ ]))
        else
          throw "The option `${lib.showOption inner}' in module `${(lib.head found.right).file}' would be a parent of the following options, but its type `${
            (lib.head found.right).options.type.description or "<no description>"
          }' does not support nested options.\n${lib.showFiles (map ({ file, ... }: file) found.wrong)}"
      ) declared;
    in
    {
      config = builtins.mapAttrs (_: node: node.config) at;
      options = builtins.mapAttrs (_: node: node.options) at;
      unmatched =
        lib.concatLists (lib.mapAttrsToList (_: node: node.unmatched) at)
        ++ lib.concatLists (
          lib.mapAttrsToList (name: map (definition: definition // { loc = loc ++ [ name ]; })) (
            builtins.removeAttrs defined (lib.attrNames declared)
          )
        );
    };

  asNode = option: { config = option.value; options = option; unmatched = [ ]; };

  evalOption =
    loc: declarations: definitions:
    let
      declaration = lib.head declarations;
      option = { type = lib.types.unspecified; } // declaration.options;
      default = lib.optional (option ? default) { inherit (declaration) file; value = lib.mkOptionDefault option.default; };
      all = definitions ++ default;
      merged = lib.mergeDefinitions loc option.type all;
      value = (option.apply or lib.id) merged.value;
    in
    if lib.length declarations > 1 then
      throw "The option `${lib.showOption loc}' in `${(lib.elemAt declarations 1).file}' is already declared in ${lib.showFiles [ declaration.file ]}."
    else
      option
      // {
        inherit loc;
        inherit (merged) isDefined;
        value =
          if option.readOnly or false && lib.length (definitions ++ default) > 1 then
            throw "The option `${lib.showOption loc}' is read-only, but it's set multiple times. Definition values:${lib.showDefs all}"
          else
            builtins.addErrorContext "while evaluating the option `${lib.showOption loc}':" value;
        highestPrio = merged.priority;
        definitions = lib.getValues merged.definitions;
        definitionsWithLocations = merged.definitions;
        files = map ({ file, ... }: file) merged.definitions;
        declarations = map ({ file, ... }: file) declarations;
        __toString = _: lib.showOption loc;
      };

  internal =
    {
      _file = "lib/modules.nix";
      options._module = {
        args = lib.mkOption {
          type = lib.types.lazyAttrsOf lib.types.raw;
          internal = true;
          description = "Further arguments for the modules.";
        };
        check = lib.mkOption {
          type = lib.types.bool;
          default = true;
          internal = true;
          description = "Whether a definition without an option is an error.";
        };
        freeformType = lib.mkOption {
          type = lib.types.nullOr lib.types.raw;
          default = null;
          internal = true;
          description = "The type of all that is defined without an option.";
        };
      };
    };

  noSuchOption =
    unmatched:
    let
      first = lib.head unmatched;
    in
    throw "The option `${lib.showOption first.loc}' does not exist. Definition values:${lib.showDefs [ first ]}";
in
{
  evalModules =
    {
      modules,
      prefix ? [ ],
      specialArgs ? { },
      class ? null,
      ...
    }@given:
    let
      args = { inherit lib config options specialArgs; _class = class; _prefix = prefix; } // specialArgs;
      # What is imported last comes first in lists, as in nixpkgs.
      all = lib.reverseList (lib.collectModules class ([ internal ] ++ modules) args);
      tree = mergeTree prefix (map (module: { inherit (module) file options; }) all) (
        map (module: { inherit (module) file; value = module.config; }) all
        ++ lib.concatMap (
          module:
          lib.optional (module.freeform != null) { inherit (module) file; value._module.freeformType = module.freeform; }
        ) all
      );
      inherit (tree) options;
      freeformType = tree.config._module.freeformType;
      free = freeformType.merge prefix (
        map (
          { loc, file, value }:
          { inherit file; value = lib.setAttrByPath (lib.drop (lib.length prefix) loc) value; }
        ) tree.unmatched
      );
      config = if freeformType == null then tree.config else lib.recursiveUpdate free tree.config;
      checked =
        if freeformType == null && tree.config._module.check && tree.unmatched != [ ] then
          noSuchOption tree.unmatched
        else
          lib.id;
    in
    {
      _type = "configuration";
      inherit class;
      config = checked (builtins.removeAttrs config [ "_module" ]);
      options = checked options;
      _module = checked tree.config._module;
      extendModules = more: lib.evalModules (given // { modules = modules ++ more.modules or [ ]; });
    };
}
