# From the definitions of one option to its value: conditions, then priorities, then the type's own way of merging.
lib:
let
  # Only these definitions count: [ { file, value } ] without marks, and the priority that they have.
  discharge =
    value:
    if lib.isType "merge" value then
      lib.concatMap discharge value.contents
    else if lib.isType "if" value then
      if !builtins.isBool value.condition then
        throw "‘mkIf’ called with a non-Boolean condition"
      else
        lib.optionals value.condition (discharge value.content)
    else
      [ value ];

  priorityOf = { value, ... }: if lib.isType "override" value then value.priority else lib.defaultOverridePriority;
  strip =
    definition:
    definition // lib.optionalAttrs (lib.isType "override" definition.value) { value = definition.value.content; };

  remedy = "Use `lib.mkForce value` or `lib.mkDefault value` to change the priority on any of these definitions.\n";
in
{
  # All the definitions of one option -> { isDefined, value, definitions, priority }.
  mergeDefinitions =
    loc: type: all:
    let
      kept = lib.concatMap (definition: map (value: definition // { inherit value; }) (discharge definition.value)) all;
      priority = lib.foldl' (lowest: definition: lib.min lowest (priorityOf definition)) 9999 kept;
      definitions = map strip (lib.filter (definition: priorityOf definition == priority) kept);
      wrong = lib.filter (definition: !type.check definition.value) definitions;
    in
    {
      inherit definitions priority;
      isDefined = definitions != [ ];
      value =
        if wrong != [ ] then
          throw "A definition for option `${lib.showOption loc}' is not of type `${type.description}'. Definition values:${lib.showDefs wrong}"
        else if definitions != [ ] then
          type.merge loc definitions
        else
          type.emptyValue.value
            or (throw "The option `${lib.showOption loc}' was accessed but has no value defined. Try setting the option.");
    };

  # For options without a type: lists are joined, sets merged, the rest must be equal.
  mergeDefaultOption =
    loc: definitions:
    let
      values = lib.getValues definitions;
      all = lib.flip lib.all values;
    in
    if lib.length values == 1 then
      lib.head values
    else if all builtins.isList then
      lib.concatLists values
    else if all builtins.isAttrs then
      lib.mergeAttrsList values
    else if all builtins.isBool then
      lib.any lib.id values
    else if all builtins.isString then
      lib.concatStrings values
    else if all builtins.isInt && all (value: value == lib.head values) then
      lib.head values
    else
      throw "Cannot merge definitions of `${lib.showOption loc}'. Definition values:${lib.showDefs definitions}";

  # The ways of merging that types share: location -> [ { file, value } ] -> value.
  mergeOneOption =
    loc: definitions:
    if lib.length definitions == 1 then
      (lib.head definitions).value
    else
      throw "The option `${lib.showOption loc}' is defined multiple times while it's expected to be unique.\n\nDefinition values:${lib.showDefs definitions}\n${remedy}";

  mergeEqualOption =
    loc: definitions:
    let
      first = lib.head definitions;
      other = lib.filter (definition: definition.value != first.value) definitions;
    in
    if lib.length definitions == 1 || other == [ ] then
      first.value
    else
      throw "The option `${lib.showOption loc}' has conflicting definition values:${
        lib.showDefs [ first (lib.head other) ]
      }\n${remedy}";

  getValues = map (definition: definition.value);
}
