# docs/nix.md, the options page, out of the options themselves. `bash tests/nix/run.sh -update documentation` writes it anew.
# lib; root, of the checkout; nixos and home: the `options` of an evaluation with our modules.
{ lib, root, nixos, home }:
let
  shown =
    options: lib.filter (option: option.visible == true && !option.internal && lib.last option.loc != "specialArgs") (lib.optionAttrSetToDocList options);
  inRoot = file: lib.removePrefix "${toString root}/" (toString file);

  # NixOS' dialect has roles before code ({option}`x`); a page has not.
  plain = text: lib.replaceStrings (map (role: "{${role}}`") roles) (map (_: "`") roles) (lib.removeSuffix "\n" text);
  roles = [ "command" "env" "file" "manpage" "option" ];

  # A text that an option is shown by, or the value itself.
  textOf = value: value.text or (lib.generators.toPretty { } value);
  code =
    value:
    let
      text = lib.removeSuffix "\n" (textOf value);
    in
    if value._type or "" == "literalMD" then
      text
    else if lib.hasInfix "\n" text then
      "\n\n    ${lib.replaceStrings [ "\n" ] [ "\n    " ] text}\n"
    else
      "`${text}`";

  entry = option: ''

    ### `${option.name}`

    ${plain (option.description.text or option.description)}

    - type: ${option.type}
  ''
  + lib.optionalString (option ? default) "- default: ${code option.default}\n"
  + lib.optionalString (option ? example) "- example: ${code option.example}\n"
  + lib.concatMapStrings (file: "- [${inRoot file}](../${inRoot file})\n") option.declarations;

  page = title: options: "\n## ${title}\n${lib.concatMapStrings entry (shown options)}";
in
''
  # The options of the Nix modules

  [nix/README.md](../nix/README.md) says what each module is for. This page is made from the modules by `nix/options.nix`.
''
+ page "NixOS" { inherit (nixos) electroscope; programs = { inherit (nixos.programs) electroscope; }; }
+ page "home-manager" { inherit (home) electroscope; programs = { inherit (home.programs) electroscope; }; }
