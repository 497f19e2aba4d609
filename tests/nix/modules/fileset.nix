# Sets of files below a root. A set is here a predicate: path -> type -> bool; a path stands for itself and all below.
let
  contains =
    set:
    if builtins.isFunction set then
      set
    else if builtins.pathExists set then
      let root = toString set; in
      path: _: path == root || builtins.substring 0 (builtins.stringLength root + 1) path == "${root}/"
    else
      throw "lib.fileset: ${toString set} is a path that does not exist.";

  # A folder is entered if a file below it may be in the set.
  enters =
    set: path:
    builtins.any (
      name:
      let
        below = path + "/${name}";
        type = (builtins.readDir path).${name};
      in
      contains set below type || type == "directory" && enters set below
    ) (builtins.attrNames (builtins.readDir path));
in
rec {
  maybeMissing = path: if builtins.pathExists path then path else (_: _: false);
  union = a: b: path: type: contains a path type || contains b path type;
  unions = builtins.foldl' union (_: _: false);
  intersection = a: b: path: type: contains a path type && contains b path type;
  difference = a: b: path: type: contains a path type && !contains b path type;
  fileFilter =
    wanted: root: path: type:
    contains root path type
    && type != "directory"
    && wanted {
      name = baseNameOf path;
      inherit type;
      hasExt = extension: builtins.match ".*\\.${extension}" (baseNameOf path) != null;
    };
  # To be given to builtins.path: the store path holds the files of the set and the folders on the way to them.
  toSource =
    { root, fileset }:
    {
      outPath = builtins.path {
        path = root;
        name = "source";
        filter = path: type: if type == "directory" then enters fileset path else contains fileset path type;
      };
    };
}
