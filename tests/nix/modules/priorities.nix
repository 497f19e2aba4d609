# The marks that a definition may carry: under a condition, in parts, with a priority.
lib:
let
  override = priority: content: { _type = "override"; inherit priority content; };
in
{
  isType = mark: value: value._type or "" == mark;

  mkIf = condition: content: { _type = "if"; inherit condition content; };
  mkMerge = contents: { _type = "merge"; inherit contents; };

  # Of several definitions those with the lowest number count.
  mkOverride = override;
  mkForce = override 50;
  mkDefault = override 1000;
  mkOptionDefault = override 1500;
  defaultOverridePriority = 100;

  # The definitions of one option as those of another, of the same priority.
  mkAliasAndWrapDefsWithPriority =
    wrap: option: lib.mkIf option.isDefined (wrap (lib.mkMerge (map (lib.mkOverride option.highestPrio) option.definitions)));
}
