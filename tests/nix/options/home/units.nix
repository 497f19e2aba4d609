# The types of what home-manager writes: units, files, activation, desktop entries (modules/systemd.nix, lib/file-type.nix, lib/types-dag.nix,
# misc/xdg/desktop-entries.nix).
lib:
let
  inherit (lib) mkOption types;
  described = option: mkOption ({ description = "As in home-manager."; } // option);
  maybe = type: described { type = types.nullOr type; default = null; };
  primitive = types.oneOf [ types.bool types.int types.str types.path ];
in
{
  # { Unit, Service, Slice, Install ... } of keys and values, lists for keys that come several times.
  sections = types.submodule {
    freeformType = types.attrsOf (types.attrsOf (types.either primitive (types.listOf primitive)));
    options.Unit = {
      Description = maybe types.str;
      Documentation = described { type = types.coercedTo types.str lib.toList (types.listOf types.str); default = [ ]; };
    };
  };

  # below: the folder that a target's path is relative to, under the home.
  file =
    below:
    types.submodule (
      { name, config, ... }:
      {
        options = {
          enable = described { type = types.bool; default = true; };
          target = described { type = types.nonEmptyStr; default = name; apply = target: below + target; };
          text = described { type = types.nullOr types.lines; default = null; };
          source = described { type = types.path; };
          executable = maybe types.bool;
          recursive = described { type = types.bool; default = false; };
          onChange = described { type = types.lines; default = ""; };
          force = described { type = types.bool; default = false; };
        };
        config.source = lib.mkIf (config.text != null) (lib.mkDefault (builtins.toFile (baseNameOf name) config.text));
      }
    );

  # Scripts with their places: lib.hm.dag.entryAfter [ "writeBoundary" ] "text", or a text alone.
  dag = types.attrsOf (
    types.coercedTo types.str (data: { inherit data; }) (
      types.submodule {
        options = {
          data = described { type = types.str; };
          before = described { type = types.listOf types.str; default = [ ]; };
          after = described { type = types.listOf types.str; default = [ ]; };
        };
      }
    )
  );

  desktopEntry = types.submodule {
    options = {
      type = described { type = types.enum [ "Application" "Link" "Directory" ]; default = "Application"; };
      name = described { type = types.str; };
      exec = maybe types.str;
      icon = maybe (types.either types.str types.path);
      comment = maybe types.str;
      genericName = maybe types.str;
      terminal = described { type = types.nullOr types.bool; default = false; };
      mimeType = maybe (types.listOf types.str);
      categories = maybe (types.listOf types.str);
      noDisplay = maybe types.bool;
      startupNotify = maybe types.bool;
      settings = described { type = types.attrsOf types.str; default = { }; };
      actions = described { type = types.attrsOf types.attrs; default = { }; };
    };
  };

  # Groups of keys. plasma-manager takes a value, or one with what may be said of it (lib/types.nix).
  plasmaFile =
    let
      atom = types.oneOf [ types.bool types.int types.float types.str ];
      value = types.submodule {
        options = {
          value = maybe atom;
          immutable = described { type = types.bool; default = false; };
          shellExpand = described { type = types.bool; default = false; };
          persistent = described { type = types.bool; default = false; };
          escapeValue = described { type = types.bool; default = true; };
        };
      };
    in
    types.attrsOf (types.attrsOf (types.nullOr (types.either atom value)));
}
