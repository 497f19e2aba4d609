# The apps of the catalogue as nixpkgs has them: which attribute, and which of its programs is the app. What else is to be known
# of them, the names they answer to and what they are built on, is read from the catalogue itself.
let
  inherit (builtins.fromTOML (builtins.readFile ../apps.toml)) apps;
in
builtins.mapAttrs (name: app: app // { inherit (apps.${name}) names runtime id; }) {
  discord = {
    attribute = "discord";
    program = "Discord"; # its desktop entry runs this one; discord in lower case is there too
  };
  signal = {
    attribute = "signal-desktop";
    program = "signal-desktop";
  };
  spotify = {
    attribute = "spotify";
    program = "spotify";
  };
  codium = {
    attribute = "vscodium";
    program = "codium";
  };
  teams = {
    attribute = "teams-for-linux";
    program = "teams-for-linux";
  };
  zoom = {
    attribute = "zoom-us";
    program = "zoom";
  };
  obsidian = {
    attribute = "obsidian";
    program = "obsidian";
  };
  claude = {
    attribute = null; # not in nixpkgs (NixOS/nixpkgs issue 366213)
    program = "claude-desktop";
  };
}
