# The plain functions of our library against nixpkgs' answers, as library.nix.
{ lib, ... }:
let
  fails = actual: error: { inherit actual error; };
  is = actual: expected: { inherit actual expected; };
in
{
  "lists" = is {
    unique = lib.unique [ 1 2 1 ];
    partition = lib.partition (n: n > 1) [ 1 2 3 ];
    flatten = lib.flatten [ 1 [ 2 [ 3 ] ] ];
    imap0 = lib.imap0 (n: v: "${toString n}${v}") [ "a" "b" ];
    optionals = lib.optionals false [ 1 ] ++ lib.optional true 2;
    take = lib.take 5 [ 1 2 ] ++ lib.drop 1 [ 3 4 ];
    range = lib.range 2 4 ++ lib.range 1 0;
    toList = lib.toList 1 ++ lib.toList [ 2 ];
    findFirst = lib.findFirst (n: n > 5) 0 [ 1 2 ];
  } {
    unique = [ 1 2 ];
    partition = { right = [ 2 3 ]; wrong = [ 1 ]; };
    flatten = [ 1 2 3 ];
    imap0 = [ "0a" "1b" ];
    optionals = [ 2 ];
    take = [ 1 2 4 ];
    range = [ 2 3 4 ];
    toList = [ 1 2 ];
    findFirst = 0;
  };
  "attribute sets" = is {
    update = lib.recursiveUpdate { a = { b = 1; c = 2; }; d = 1; } { a = { c = 3; }; d = { }; };
    path = [
      (lib.attrByPath [ "a" "b" ] 0 { a.b = 1; })
      (lib.attrByPath [ "a" "c" ] 0 { a.b = 1; })
      (lib.hasAttrByPath [ "a" "b" ] { a.b = 1; })
      (lib.getAttrFromPath [ "a" "b" ] { a.b = 1; })
    ];
    set = lib.setAttrByPath [ "a" "b" ] 1;
    filter = lib.filterAttrs (n: v: n != "a" && v > 1) { a = 2; b = 1; c = 2; };
    map' = lib.mapAttrs' (n: v: lib.nameValuePair "${n}!" v) { a = 1; };
    gen = lib.genAttrs [ "a" "b" ] (n: n + n);
    concat = lib.concatMapAttrs (n: v: { ${n} = v; "${n}2" = v; }) { a = 1; };
    collect = lib.collect lib.isInt { a = 1; b.c = 2; };
    list = lib.mapAttrsToList (n: v: n + v) { a = "b"; };
  } {
    update = { a = { b = 1; c = 3; }; d = { }; };
    path = [ 1 0 true 1 ];
    set.a.b = 1;
    filter.c = 2;
    map'."a!" = 1;
    gen = { a = "aa"; b = "bb"; };
    concat = { a = 1; a2 = 1; };
    collect = [ 1 2 ];
    list = [ "ab" ];
  };
  "strings" = is {
    split = lib.splitString "." "a.b..c" ++ lib.splitString ", " "x, y";
    affixes = [
      (lib.hasPrefix "ab" "abc")
      (lib.hasSuffix "bc" "abc")
      (lib.hasSuffix "abcd" "bcd")
      (lib.removePrefix "a" "ab")
      (lib.removeSuffix "b" "ab")
      (lib.removeSuffix "x" "ab")
    ];
    case = lib.toUpper "aé1";
    shell = map lib.escapeShellArg [ "plain-1.0/x" "a b" "it's" "" "$x" 1 ];
    shells = lib.escapeShellArgs [ "a b" "c" ];
    identifier = map lib.strings.escapeNixIdentifier [ "a" "a.b" "1a" ];
    option = lib.showOption [ "a" "<name>" "x.y" "*" ];
    bools = map lib.boolToString [ true false ];
    versions = [ (lib.versionAtLeast "595.84" "560") (lib.versionOlder "470.1" "560") (lib.versionAtLeast "1.0" "1.0") ];
    sep = lib.concatMapStringsSep "," toString [ 1 2 ];
  } {
    split = [ "a" "b" "" "c" "x" "y" ];
    affixes = [ true true false "b" "a" "ab" ];
    case = "Aé1";
    shell = [ "plain-1.0/x" "'a b'" "'it'\\''s'" "''" "'$x'" "1" ];
    shells = "'a b' c";
    identifier = [ "a" "\"a.b\"" "\"1a\"" ];
    option = "a.<name>.\"x.y\".*";
    bools = [ "true" "false" ];
    versions = [ true true true ];
    sep = "1,2";
  };
  "generators" = is {
    ini = lib.generators.toINI { } { b = { x = 1; "a=b" = true; }; "a]" = { t = "text"; n = null; }; empty = { }; };
    lists = lib.generators.toINI { listsAsDuplicateKeys = true; } { a.k = [ 1 "b" ]; };
    keys = lib.generators.toKeyValue { } { a = 1; b = "c=d"; };
    own = lib.generators.toINI { mkKeyValue = lib.generators.mkKeyValueDefault { mkValueString = v: "<${toString v}>"; } ": "; } { a.b = 1; };
    pretty = lib.generators.toPretty { } { a = [ 1 "x" ]; "b c" = { }; d = null; };
  } {
    ini = "[a\\]]\nn=null\nt=text\n\n[b]\na\\=b=true\nx=1\n\n[empty]\n";
    lists = "[a]\nk=1\nk=b\n";
    keys = "a=1\nb=c=d\n";
    own = "[a]\nb: <1>\n";
    pretty = "{\n  a = [\n    1\n    \"x\"\n  ];\n  \"b c\" = { };\n  d = null;\n}";
  };
  "a list is no value of an INI file" = fails (lib.generators.toINI { } { a.b = [ 1 ]; }) "not supported";
  "programs and priorities" = is (let p = { type = "derivation"; outPath = "/nix/store/x-p"; name = "p-1"; pname = "p"; meta.mainProgram = "q"; }; in
    [ (lib.getExe p) (lib.getExe' p "r") (lib.hiPrio p).meta.priority (lib.setPrio 0 p).meta.priority ])
    [ "/nix/store/x-p/bin/q" "/nix/store/x-p/bin/r" (-10) 0 ];
  "conditions that throw" = fails (lib.throwIf true "no" 1) "no";
  "conditions that do not" = is (lib.throwIf false "no" 1) 1;
  "mkEnableOption and mkPackageOption" = is (map (option: removeAttrs option [ "_type" "type" ]) [
    (lib.mkEnableOption "it")
    (lib.mkPackageOption { a.b = 1; } [ "a" "b" ] { extraDescription = "More."; })
    (lib.mkPackageOption { } "c" { default = null; nullable = true; })
  ]) [
    { default = false; description = "Whether to enable it."; example = true; }
    { default = 1; defaultText = { _type = "literalExpression"; text = "pkgs.a.b"; }; description = "The b package to use. More."; }
    { default = null; description = "The c package to use."; }
  ];
}
