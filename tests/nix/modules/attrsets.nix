# Attribute sets.
lib: {
  inherit (builtins)
    attrNames
    attrValues
    intersectAttrs
    isAttrs
    listToAttrs
    mapAttrs
    removeAttrs
    ;

  nameValuePair = name: value: { inherit name value; };
  mapAttrsRecursive =
    f:
    let
      at = path: builtins.mapAttrs (name: value: if builtins.isAttrs value then at (path ++ [ name ]) value else f (path ++ [ name ]) value);
    in
    at [ ];
  mapAttrs' = f: set: builtins.listToAttrs (lib.mapAttrsToList f set);
  mapAttrsToList = f: set: map (name: f name set.${name}) (builtins.attrNames set);
  concatMapAttrs = f: set: lib.mergeAttrsList (lib.mapAttrsToList f set);
  mergeAttrsList = builtins.foldl' (a: b: a // b) { };
  filterAttrs = wanted: set: builtins.removeAttrs set (builtins.filter (name: !wanted name set.${name}) (builtins.attrNames set));
  genAttrs = names: f: builtins.listToAttrs (map (name: lib.nameValuePair name (f name)) names);
  getAttrs = names: set: lib.genAttrs names (name: set.${name});
  optionalAttrs = condition: set: if condition then set else { };
  isDerivation = value: value.type or null == "derivation";
  collect =
    wanted: value:
    if wanted value then
      [ value ]
    else if builtins.isAttrs value then
      builtins.concatMap (lib.collect wanted) (builtins.attrValues value)
    else
      [ ];

  attrByPath =
    path: otherwise: set:
    if path == [ ] then
      set
    else if builtins.isAttrs set && set ? ${builtins.head path} then
      lib.attrByPath (builtins.tail path) otherwise set.${builtins.head path}
    else
      otherwise;
  hasAttrByPath =
    path: set:
    path == [ ]
    || builtins.isAttrs set
      && set ? ${builtins.head path}
      && lib.hasAttrByPath (builtins.tail path) set.${builtins.head path};
  getAttrFromPath =
    path: lib.attrByPath path (throw "cannot find attribute '${builtins.concatStringsSep "." path}'");
  setAttrByPath = path: value: lib.foldr (name: inner: { ${name} = inner; }) value path;

  recursiveUpdate = lib.recursiveUpdateUntil (_: a: b: !(builtins.isAttrs a && builtins.isAttrs b));
  recursiveUpdateUntil =
    stop: left: right:
    let
      at = path: builtins.zipAttrsWith (
        name: values:
        let
          here = path ++ [ name ];
        in
        if builtins.length values == 1 || stop here (builtins.elemAt values 1) (builtins.head values) then
          builtins.head values
        else
          at here values
      );
    in
    at [ ] [ right left ];
}
