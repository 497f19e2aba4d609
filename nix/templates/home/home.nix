# The apps, and the desktop around them.
{
  home.username = "alice"; # CHANGE
  home.homeDirectory = "/home/alice"; # CHANGE
  home.stateVersion = "26.05"; # the release you began with; leave it
  programs.home-manager.enable = true;

  # Menus find the apps in the profile, and these the card's driver: `home-manager switch` tells the one command that wants root.
  targets.genericLinux.enable = true;

  electroscope.plasma.enable = false; # KWin and the file indexer: true on Plasma

  # Each app that is true is installed from nixpkgs, and starts inside its limits: `electroscope apps` lists them.
  programs.electroscope = {
    enable = true;
    apps = {
      discord.enable = true;
      signal.enable = true;
      spotify.enable = false;
      codium.enable = true;
      teams.enable = false;
      zoom.enable = false;
      obsidian.enable = false;
    };
  };

  # For apps that are not from nixpkgs, a folder with a link for each app that electroscope knows, before all else on PATH:
  # home.sessionPath = [ "$HOME/.nix-profile/lib/electroscope/bin" ];

  nixpkgs.config.allowUnfree = true; # Discord, Spotify, Zoom, Obsidian
}
