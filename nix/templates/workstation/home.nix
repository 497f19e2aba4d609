# home-manager: the apps, and the desktop around them.
{
  home.username = "alice"; # CHANGE
  home.homeDirectory = "/home/alice"; # CHANGE
  home.stateVersion = "26.05"; # the release you began with; leave it
  programs.home-manager.enable = true;

  electroscope = {
    profile = import ./profile.nix; # the file that machine.nix reads

    plasma.enable = true; # KWin and the file indexer; CHANGE: false for another desktop

    # Thirty libraries, and the languages, compiled for this machine: hours. Nothing here needs it; what it gains is not measured.
    systemLibs.enable = false;
  };

  # Each app that is true is installed, and starts inside its limits: `electroscope apps` lists them, `electroscope explain discord`
  # tells why each is what it is. A warning tells if an app is installed elsewhere too. For another module's app see nix/README.md.
  programs.electroscope = {
    enable = true;
    apps = {
      discord.enable = true;
      signal.enable = true;
      spotify.enable = false;
      teams.enable = false;
      zoom.enable = false;
      obsidian.enable = false;

      codium = {
        enable = true;
        limits.MemoryMax = "6G"; # instead of the catalogue's 5G
      };

      # Not in nixpkgs: it wants a package of yours.
      # claude = { enable = true; package = inputs.llm-agents.packages.x86_64-linux.claude-desktop; };
    };
  };

  nixpkgs.config.allowUnfree = true; # Discord, Spotify, Zoom, Obsidian
}
