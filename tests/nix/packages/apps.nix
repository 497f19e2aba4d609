# Fake apps with the names that nixpkgs' have (26.11-pre, 2026-07): programs, desktop entries, main program. Each program prints its own
# path and arguments. And the few tools and the fake kernel that modules meet.
lib: final:
let
  # An app of which a desktop entry runs the first program. An entry is id = what stands behind Exec=, or the rest of the lines too.
  app =
    {
      pname,
      version,
      programs,
      entries,
      aliases ? [ ], # links to the first program
      passthru ? { },
    }@of:
    let
      given = of.programs;
    in
    final.callPackage (
      {
        stdenvNoCC,
        commandLineArgs ? "",
        programs ? given,
      }:
      stdenvNoCC.mkDerivation {
        inherit pname version programs aliases passthru commandLineArgs;
        buildCommand = ''
          mkdir -p $out/bin $out/share/{applications,icons/hicolor/256x256/apps,doc/${pname}}
          for program in $programs; do
            printf '#!/bin/bash\necho "fake %s:" "$0" %s "$@"\n' ${pname} "$commandLineArgs" > $out/bin/$program
            chmod +x $out/bin/$program
          done
          for alias in $aliases; do ln -s ${lib.head programs} $out/bin/$alias; done
          echo fake > $out/share/icons/hicolor/256x256/apps/${pname}.png
          echo fake > $out/share/doc/${pname}/copyright
        ''
        + lib.concatStrings (
          lib.mapAttrsToList (id: text: ''
            cat > $out/share/applications/${id}.desktop <<'END'
            ${text}END
            sed -i "s#@out@#$out#g" $out/share/applications/${id}.desktop
          '') entries
        );
        meta = {
          mainProgram = lib.head programs;
          description = "fake ${pname}";
          license = lib.licenses.unfree;
          platforms = lib.platforms.linux;
        };
      }
    ) { };

  entry =
    name: exec: more:
    "[Desktop Entry]\nType=Application\nName=${name}\nExec=${exec}\n${more}";

  # What nix/apps.nix names, with one program and one entry each. Those below have more.
  plain = lib.mapAttrs' (
    name: known:
    lib.nameValuePair known.attribute (app {
      pname = known.attribute;
      version = "1";
      programs = [ known.program ];
      entries.${known.id} = entry name "${known.program} %U" "";
    })
  ) (lib.filterAttrs (_: known: known.attribute != null) (import ../../../nix/apps.nix));
in
plain
// {
  discord = app {
    pname = "discord";
    version = "0.0.101";
    programs = [ "Discord" "discord" ];
    entries.discord = entry "Discord" "Discord" "MimeType=x-scheme-handler/discord;\nStartupWMClass=discord\n";
  };
  signal-desktop = app {
    pname = "signal-desktop";
    version = "7.60.0";
    programs = [ "signal-desktop" ];
    entries.signal = entry "Signal" "signal-desktop %U" ''
      MimeType=x-scheme-handler/sgnl;x-scheme-handler/signalcaptcha;
      StartupWMClass=signal
    '';
  };
  vscodium = app {
    pname = "vscodium";
    version = "1.102.0";
    programs = [ "codium" ];
    passthru = { executableName = "codium"; longName = "VSCodium"; shortName = "vscodium"; };
    entries.codium = entry "VSCodium" "codium %F" ''
      StartupWMClass=vscodium
      Actions=new-empty-window;

      [Desktop Action new-empty-window]
      Name=New Empty Window
      Exec=codium --new-window %F
    '';
    entries.codium-url-handler = entry "VSCodium - URL Handler" "codium --open-url %U" "NoDisplay=true\nMimeType=x-scheme-handler/vscodium;\n";
  };
  teams-for-linux = app {
    pname = "teams-for-linux";
    version = "2.1.0";
    programs = [ "teams-for-linux" ];
    entries.teams-for-linux = entry "Microsoft Teams for Linux" "teams-for-linux %U" "MimeType=x-scheme-handler/msteams;\n";
  };
  spotify = app {
    pname = "spotify";
    version = "1.2.60";
    programs = [ "spotify" ];
    entries.spotify = entry "Spotify" "spotify %U" "TryExec=spotify\nMimeType=x-scheme-handler/spotify;\n";
  };
  zoom-us = app {
    pname = "zoom";
    version = "6.5.0";
    programs = [ "zoom" "zoom-us" ];
    entries.Zoom = entry "Zoom Workplace" "zoom %U" "MimeType=x-scheme-handler/zoommtg;x-scheme-handler/zoomus;\n";
  };
  obsidian = app {
    pname = "obsidian";
    version = "1.9.0";
    programs = [ "obsidian" "obsidian-cli" ];
    entries.obsidian = entry "Obsidian" "obsidian %u" "MimeType=x-scheme-handler/obsidian;\n";
  };
  chromium = app { pname = "chromium"; version = "150.0"; programs = [ "chromium" ]; aliases = [ "chromium-browser" ]; entries.chromium-browser = entry "Chromium" "chromium %U" ""; };
  # As buildFHSEnv makes one: the program is a link to a script that ends in an array.
  vscodium-fhs = final.callPackage (
    { stdenvNoCC }:
    stdenvNoCC.mkDerivation {
      pname = "vscodium";
      version = "1.102.0";
      bwrap = final.writeShellScript "codium-bwrap" ''
        cmd=(/bin/bash -c 'echo "fake vscodium-fhs:" "$0" "$@"' codium)
        exec "''${cmd[@]}" "$@"
      '';
      buildCommand = "mkdir -p $out/bin $out/share/applications && ln -s $bwrap $out/bin/codium";
      meta.mainProgram = "codium";
    }
  ) { };
  # No package of nixpkgs: one whose entry has an absolute path, an action and a TryExec.
  fakeAbsolute = app {
    pname = "absolute";
    version = "1";
    programs = [ "absolute" ];
    entries.absolute = entry "Absolute" "@out@/bin/absolute --quiet %U" ''
      TryExec=@out@/bin/absolute
      Actions=other;

      [Desktop Action other]
      Name=Other
      Exec=@out@/bin/absolute --other
    '';
  };

  kdePackages.kconfig = app { pname = "kconfig"; version = "6.16.0"; programs = [ "kwriteconfig6" "kreadconfig6" ]; entries = { }; };
  coreutils = app { pname = "coreutils"; version = "9.7"; programs = [ "cat" "cp" "mkdir" ]; entries = { }; };
  systemd = app { pname = "systemd"; version = "257.6"; programs = [ "systemctl" "systemd-run" ]; entries = { }; };
  util-linux = app { pname = "util-linux"; version = "2.41"; programs = [ "mount" ]; entries = { }; };
  hello = app { pname = "hello"; version = "2.12"; programs = [ "hello" ]; entries = { }; };

  # The newest driver no longer knows Maxwell (in 2026-07 stable is 595, the 580 branch is for long).
  fakeKernelPackages = {
    kernel = { pname = "linux"; version = "6.18"; };
    nvidiaPackages =
      lib.mapAttrs
        (name: version: final.callPackage ({ stdenvNoCC }: stdenvNoCC.mkDerivation { pname = "nvidia-x11-${name}"; inherit version; }) { })
        {
          stable = "595.84";
          production = "595.84";
          latest = "595.84";
          beta = "600.10";
          legacy_580 = "580.126.09";
          legacy_535 = "535.288.01";
          legacy_470 = "470.256.02";
        };
  };
  linuxPackages = final.fakeKernelPackages;
  linuxPackages_6_12 = final.fakeKernelPackages // { kernel = { pname = "linux"; version = "6.12.30"; }; };
  linuxPackages_6_6 = final.fakeKernelPackages // { kernel = { pname = "linux"; version = "6.6.100"; }; };
}
