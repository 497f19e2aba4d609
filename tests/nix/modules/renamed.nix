# Modules that stand for an option of the past: a renamed one warns and hands its value on, a removed one fails an assertion.
lib: {
  mkRenamedOptionModule = from: to: lib.doRename { inherit from to; visible = false; warn = true; };

  doRename =
    {
      from,
      to,
      visible,
      warn,
      ...
    }:
    { config, options, ... }:
    let
      old = lib.getAttrFromPath from options;
      new = lib.attrByPath to (throw "Renaming error: option `${lib.showOption to}' does not exist.") options;
      value = lib.getAttrFromPath to config;
      said = "Obsolete option `${lib.showOption from}' is used. It was renamed to `${lib.showOption to}'.";
    in
    {
      options = lib.setAttrByPath from (
        lib.mkOption {
          inherit visible;
          description = "Alias of {option}`${lib.showOption to}`.";
          apply = _: (if warn then lib.warn said else lib.id) value;
        }
        // lib.optionalAttrs (new ? type) { inherit (new) type; }
      );
      config = lib.mkMerge [
        (lib.optionalAttrs (options ? warnings) {
          warnings = lib.optional (
            warn && old.isDefined
          ) "The option `${lib.showOption from}' defined in ${lib.showFiles old.files} has been renamed to `${lib.showOption to}'.";
        })
        (lib.mkAliasAndWrapDefsWithPriority (lib.setAttrByPath to) old)
      ];
    };

  mkRemovedOptionModule =
    path: remedy:
    { options, ... }:
    let
      option = lib.getAttrFromPath path options;
    in
    {
      options = lib.setAttrByPath path (
        lib.mkOption {
          visible = false;
          apply = _: throw "The option `${lib.showOption path}' can no longer be used since it's been removed. ${remedy}";
        }
      );
      config.assertions = [
        {
          assertion = !option.isDefined;
          message = ''
            The option definition `${lib.showOption path}' in ${lib.showFiles option.files} no longer has any effect; please remove it.
            ${remedy}
          '';
        }
      ];
    };
}
