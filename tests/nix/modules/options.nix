# Declaring options, and naming them in messages and documentation.
lib:
let
  showPart = part: if part == "*" || builtins.match "<.*>" part != null then part else lib.escapeNixIdentifier part;
in
{
  mkOption =
    {
      default ? null,
      defaultText ? null,
      example ? null,
      description ? null,
      relatedPackages ? null,
      type ? null,
      apply ? null,
      internal ? null,
      visible ? null,
      readOnly ? null,
    }@option:
    option // { _type = "option"; };

  mkEnableOption =
    name:
    lib.mkOption {
      default = false;
      example = true;
      description = "Whether to enable ${name}.";
      type = lib.types.bool;
    };

  mkPackageOption =
    pkgs: name:
    {
      nullable ? false,
      default ? name,
      example ? null,
      extraDescription ? "",
      pkgsText ? "pkgs",
    }:
    let
      path = lib.toList default;
      text = "${pkgsText}.${lib.showOption path}";
    in
    lib.mkOption (
      {
        description =
          "The ${lib.last (lib.toList name)} package to use." + (if extraDescription == "" then "" else " ${extraDescription}");
        type = if nullable then lib.types.nullOr lib.types.package else lib.types.package;
      }
      // lib.optionalAttrs (default != null) {
        default = lib.attrByPath path (throw "${lib.showOption path} cannot be found in ${pkgsText}") pkgs;
        defaultText = lib.literalExpression text;
      }
      // lib.optionalAttrs (default == null && nullable) { default = null; }
      // lib.optionalAttrs (example != null) {
        example = lib.literalExpression (if lib.isList example then "${pkgsText}.${lib.showOption example}" else example);
      }
    );

  isOption = lib.isType "option";
  literalExpression = text: { _type = "literalExpression"; inherit text; };
  literalMD = text: { _type = "literalMD"; inherit text; };

  showOption = lib.concatMapStringsSep "." showPart;
  showFiles = lib.concatMapStringsSep " and " (file: "`${file}'");
  showDefs = lib.concatMapStrings (definition: "\n- In `${definition.file}'${lib.showDefinition definition.value}");
  # At most five lines of the value, nothing if it cannot be evaluated.
  showDefinition =
    value:
    let
      shown = builtins.tryEval (let text = lib.generators.toPretty { } value; in builtins.seq text text);
      lines = lib.splitString "\n" shown.value;
      some = lib.take 5 lines ++ lib.optional (lib.length lines > 5) "...";
    in
    if !shown.success then
      ""
    else if lib.length lines == 1 then
      ": ${shown.value}"
    else
      ":\n    ${lib.concatStringsSep "\n    " some}";

  # Every option below a tree of them, with those inside of submodules, as a list of { loc, name, description, type, ... }.
  optionAttrSetToDocList =
    options:
    lib.concatMap (
      option:
      let
        inner = if option ? type then option.type.getSubOptions option.loc else { };
        shown = {
          inherit (option) loc;
          name = lib.showOption option.loc;
          description = option.description or null;
          declarations = lib.filter (file: file != "<unknown-file>") option.declarations;
          internal = option.internal or false;
          visible = option.visible or true;
          readOnly = option.readOnly or false;
          type = option.type.description or "unspecified value";
        }
        // lib.optionalAttrs (option ? example) { inherit (option) example; }
        // lib.optionalAttrs (option ? default || option ? defaultText) { default = option.defaultText or option.default; };
      in
      [ shown ] ++ lib.optionals (shown.visible == true) (lib.optionAttrSetToDocList inner)
    ) (lib.collect lib.isOption options);
}
