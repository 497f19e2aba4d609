# What home-manager itself sets by the options of the list, as far as it meets what our modules set. Each part names its source.
{ config, lib, pkgs, ... }:
let
  inherit (lib) filter mkDefault;
  apps = filter (name: config.programs.${name}.enable && config.programs.${name}.package != null) [ "discord" "vscodium" "obsidian" ];
in
{
  _file = "what home-manager itself sets";
  config = {
    # programs/discord.nix and its like
    programs = lib.genAttrs [ "discord" "vscodium" "obsidian" ] (name: { package = mkDefault pkgs.${name}; });

    home.packages =
      map (name: config.programs.${name}.package) apps
      # misc/xdg/desktop-entries.nix
      ++ lib.mapAttrsToList (
        name: entry: lib.hiPrio (pkgs.makeDesktopItem { inherit name; inherit (entry) exec; desktopName = entry.name; })
      ) config.xdg.desktopEntries;

    # home-environment.nix
    home.activation.writeBoundary.data = "";
    home.activation.installPackages = { data = ""; after = [ "writeBoundary" ]; };
    home.activation.linkGeneration = { data = ""; after = [ "writeBoundary" ]; };
  };
}
