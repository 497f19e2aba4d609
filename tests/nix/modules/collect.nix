# From modules in any form (paths, functions, attribute sets, with imports) to the list of all of them, each once.
lib:
let
  outer = [ "_class" "_file" "key" "disabledModules" "imports" "freeformType" "meta" ];

  # A module as { file, key, class, imports, options, config, freeformType, disabledModules }.
  inOneForm =
    file: key: module:
    let
      rest = builtins.removeAttrs module (outer ++ [ "options" "config" ]);
      long = module ? config || module ? options;
    in
    if !builtins.isAttrs module then
      throw "module ${file} (${key}) does not look like a module."
    else if long && rest != { } then
      throw "Module `${key}' has an unsupported attribute `${lib.head (lib.attrNames rest)}'. This is caused by introducing a top-level `config' or `options' attribute. Add configuration attributes immediately on the top level instead, or move all of them (namely: ${toString (lib.attrNames rest)}) into the explicit `config' attribute."
    else
      {
        file = toString (module._file or file);
        key = toString (module.key or key);
        class = module._class or null;
        imports = module.imports or [ ];
        disabled = map toString (module.disabledModules or [ ]);
        options = module.options or { };
        config =
          (if long then module.config or { } else builtins.removeAttrs module (lib.remove "meta" outer))
          // lib.optionalAttrs (long && module ? meta) { inherit (module) meta; };
        freeform = module.freeformType or null;
      };

  # A function gets what it names, from args or, lazily, from _module.args.
  apply =
    args: key: module:
    if lib.isFunction module then
      module (
        args
        // builtins.mapAttrs (
          name: _:
          args.${name} or (builtins.addErrorContext "while evaluating the module argument `${name}' in \"${key}\":"
            args.config._module.args.${name})
        ) (lib.functionArgs module)
      )
    else
      module;

  load =
    args: parent: nth: module:
    let
      isFile = builtins.isPath module || builtins.isString module || module ? outPath && !(module ? _type);
      file = if isFile then toString module else parent.file;
      key = if isFile then toString module else "${parent.key}:anon-${toString nth}";
    in
    if lib.isType "if" module || lib.isType "override" module || lib.isType "merge" module then
      inOneForm file key { config = module; }
    else
      inOneForm file key (apply args key (if isFile then import module else module));
in
{
  # class: a module that says _class = another one is refused. null takes all.
  collectModules =
    class: modules: args:
    let
      loadAll = parent: list: map check (lib.imap1 (load args parent) list);
      check =
        module:
        if class == null || module.class == null || module.class == class then
          module
        else
          throw "The module `${module.file}` (class: \"${module.class}\") cannot be imported into a module evaluation that expects class \"${class}\".";
      all = builtins.genericClosure {
        startSet = map (module: { inherit (module) key; inherit module; }) (loadAll { file = "<unknown-file>"; key = ""; } modules);
        operator = { module, ... }: map (module: { inherit (module) key; inherit module; }) (loadAll module module.imports);
      };
      disabled = lib.concatMap ({ module, ... }: module.disabled) all;
    in
    map ({ module, ... }: module) (lib.filter ({ key, ... }: !lib.elem key disabled) all);
}
