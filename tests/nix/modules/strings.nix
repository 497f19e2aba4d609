# Strings.
lib:
let
  inherit (builtins) stringLength substring;
  lower = lib.stringToCharacters "abcdefghijklmnopqrstuvwxyz";
  upper = lib.stringToCharacters "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
in
{
  inherit (builtins)
    concatStringsSep
    isString
    match
    replaceStrings
    split
    substring
    toJSON
    ;

  concatStrings = builtins.concatStringsSep "";
  concatMapStrings = f: list: lib.concatStrings (map f list);
  concatMapStringsSep = separator: f: list: builtins.concatStringsSep separator (map f list);
  concatMapAttrsStringSep = separator: f: set: builtins.concatStringsSep separator (lib.mapAttrsToList f set);
  concatLines = lib.concatMapStrings (line: line + "\n");
  optionalString = condition: text: if condition then text else "";
  stringToCharacters = text: builtins.genList (n: substring n 1 text) (stringLength text);

  hasPrefix = prefix: text: substring 0 (stringLength prefix) text == prefix;
  hasSuffix =
    suffix: text:
    stringLength text >= stringLength suffix && substring (stringLength text - stringLength suffix) (-1) text == suffix;
  hasInfix = infix: text: builtins.length (lib.splitString infix text) > 1;
  removePrefix = prefix: text: if lib.hasPrefix prefix text then substring (stringLength prefix) (-1) text else text;
  removeSuffix =
    suffix: text: if lib.hasSuffix suffix text then substring 0 (stringLength text - stringLength suffix) text else text;
  splitString =
    separator: text:
    builtins.filter builtins.isString (builtins.split (lib.escapeRegex separator) text);
  toUpper = builtins.replaceStrings lower upper;

  escape = characters: builtins.replaceStrings characters (map (c: "\\${c}") characters);
  escapeRegex = lib.escape (lib.stringToCharacters "\\[{()^$?*+|.");
  # A word that no shell changes stays as it is.
  escapeShellArg =
    value:
    let
      text = toString value;
    in
    if builtins.match "[[:alnum:],._+:@%/-]+" text == null then "'${builtins.replaceStrings [ "'" ] [ "'\\''" ] text}'" else text;
  escapeShellArgs = lib.concatMapStringsSep " " lib.escapeShellArg;
  escapeNixString = text: lib.escape [ "$" ] (builtins.toJSON text);
  escapeNixIdentifier =
    text: if builtins.match "[a-zA-Z_][a-zA-Z0-9_'-]*" text != null then text else lib.escapeNixString text;

  boolToString = value: if value then "true" else "false";
  getName =
    value:
    if builtins.isString value then
      (builtins.parseDrvName value).name
    else
      value.pname or (builtins.parseDrvName value.name).name;
  getVersion =
    value:
    if builtins.isString value then
      (builtins.parseDrvName value).version
    else
      value.version or (builtins.parseDrvName value.name).version;
  versionOlder = a: b: builtins.compareVersions b a == 1;
  versionAtLeast = a: b: !lib.versionOlder a b;
  versions = {
    major = text: builtins.head (builtins.splitVersion text);
    majorMinor = text: builtins.concatStringsSep "." (lib.take 2 (builtins.splitVersion text));
  };
  isStorePath =
    value: (builtins.isString value || value ? outPath || builtins.isPath value) && dirOf (toString value) == builtins.storeDir;
  isStringLike = value: builtins.isString value || builtins.isPath value || value ? outPath || value ? __toString;
}
