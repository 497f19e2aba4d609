# home-manager's options that our modules use or their users may set beside them, and plasma-manager's that matter to us. Kept by hand,
# as nixos/options.nix. Looked at: home-manager master of 2026-08-22, release-26.05, 25.11 and 25.05; plasma-manager of 2024-10 and later.
lib:
let
  inherit (lib) types;
  units = import ./units.nix lib;
  option = source: type: { inherit source type; };
  set = source: type: default: { inherit source type default; };
  off = source: set source types.bool false;
  list = source: of: set source (types.listOf of) [ ];
  attrs = source: of: set source (types.attrsOf of) { };

  home = "home-environment.nix";
  systemd = "systemd.nix";
  atom = types.oneOf [ types.bool types.int types.float types.str ];
in
{
  date = "2026-08-23";

  options = {
    assertions = list "nixpkgs' nixos/modules/misc/assertions.nix" types.unspecified;
    warnings = list "nixpkgs' nixos/modules/misc/assertions.nix" types.str;
    "lib" = set "misc/lib.nix" (types.attrsOf types.attrs) { };

    "home.username" = set home types.str "user";
    "home.homeDirectory" = set home types.path "/home/user";
    "home.profileDirectory" = set home types.path "/home/user/.nix-profile";
    "home.stateVersion" = set "misc/version.nix" types.str "26.05";
    "home.packages" = list home types.package;
    # bool and null since 26.05.
    "home.sessionVariables" = set home (types.lazyAttrsOf (types.nullOr (types.oneOf [ types.path atom ]))) { };
    "home.sessionPath" = list home types.str;
    "home.file" = attrs "files.nix" (units.file "");
    "home.activation" = set home units.dag { };

    "xdg.enable" = off "misc/xdg.nix";
    "xdg.configHome" = set "misc/xdg.nix" types.path "/home/user/.config";
    "xdg.dataHome" = set "misc/xdg.nix" types.path "/home/user/.local/share";
    "xdg.stateHome" = set "misc/xdg.nix" types.path "/home/user/.local/state";
    "xdg.configFile" = attrs "misc/xdg.nix" (units.file ".config/");
    "xdg.dataFile" = attrs "misc/xdg.nix" (units.file ".local/share/");
    "xdg.desktopEntries" = attrs "misc/xdg/desktop-entries.nix" units.desktopEntry;
    "xdg.mimeApps.enable" = off "misc/xdg/mime-apps.nix";

    "systemd.user.enable" = set systemd types.bool true;
    "systemd.user.services" = attrs systemd units.sections;
    "systemd.user.slices" = attrs systemd units.sections;
    "systemd.user.targets" = attrs systemd units.sections;
    "systemd.user.timers" = attrs systemd units.sections;
    "systemd.user.paths" = attrs systemd units.sections;
    "systemd.user.startServices" = set systemd (types.either types.bool (types.enum [ "suggest" "sd-switch" ])) true;
    "systemd.user.sessionVariables" = attrs systemd (types.either types.int types.str);

    "targets.genericLinux.enable" = off "targets/generic-linux.nix";

    "programs.home-manager.enable" = off "programs/home-manager.nix";
    "programs.discord.enable" = off "programs/discord.nix" // { since = "25.11"; };
    "programs.discord.package" = option "programs/discord.nix" (types.nullOr types.package);
    "programs.vscodium.enable" = off "programs/vscodium.nix" // { since = "26.05"; };
    "programs.vscodium.package" = option "programs/vscodium.nix" (types.nullOr types.package);
    "programs.obsidian.enable" = off "programs/obsidian.nix" // { since = "25.05"; };
    "programs.obsidian.package" = option "programs/obsidian.nix" (types.nullOr types.package);

    "nixpkgs.overlays" = set "misc/nixpkgs.nix" (types.nullOr (types.listOf types.raw)) null;
    "nixpkgs.config" = set "misc/nixpkgs.nix" (types.nullOr types.attrs) null;
  };

  # Another flake's module, which a user may or may not have.
  plasma = {
    "programs.plasma.enable" = off "plasma-manager modules/default.nix";
    "programs.plasma.overrideConfig" = off "plasma-manager modules/files.nix";
    "programs.plasma.configFile" = attrs "plasma-manager modules/files.nix" units.plasmaFile;
  };

  renamed = { };

  removed = { };
}
