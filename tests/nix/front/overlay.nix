# Beside the fake packages: the program under test, and two fake apps whose entries name their programs by path.
{ lib, electroscope }:
final: _:
let
  # files: path -> text, in which @out@ is the package.
  app =
    pname: program: files: more:
    final.runCommand "${pname}-1.0"
      {
        inherit pname;
        version = "1.0";
        passthru.executableName = program;
        meta = {
          mainProgram = program;
          description = "fake ${pname}";
        };
      }
      (
        ''
          mkdir -p $out/bin
          printf '#!/bin/bash\necho "fake ${pname}:" "$0" "$@"\n' >$out/bin/${program}
          chmod +x $out/bin/${program}
        ''
        + lib.concatStrings (
          lib.mapAttrsToList (path: text: ''
            mkdir -p "$(dirname "$out/${path}")"
            sed "s#@out@#$out#g" ${builtins.toFile "text" text} >$out/${path}
          '') files
        )
        + more
      );
in
{
  electroscope = final.runCommand "electroscope-0.1.0" { meta.mainProgram = "electroscope"; } ''
    mkdir -p $out/bin
    cp ${builtins.path { path = electroscope; name = "electroscope"; }} $out/bin/electroscope
  '';

  # As upstream's .deb has it, with store paths for its paths.
  claude-desktop = app "claude-desktop" "claude-desktop" {
    "share/applications/com.anthropic.Claude.desktop" = ''
      [Desktop Entry]
      Type=Application
      Name=Claude
      TryExec=@out@/bin/claude-desktop
      Exec=@out@/bin/claude-desktop %U
      MimeType=x-scheme-handler/claude;
      Actions=new;

      [Desktop Action new]
      Name=New Chat
      Exec="@out@/bin/claude-desktop" --new %U
    '';
  } "";

  # What no package should be and some are.
  hostile = app "hostile" "a.b+c" {
    "real/applications/org.example.Hostile.desktop" = ''
      # Exec=@out@/bin/a.b+c stays in a comment
      [Desktop Entry]
      Type=Application
      Name=Exec=@out@/bin/a.b+c
      Comment=TryExec=@out@/bin/a.b+c
      DBusActivatable=true
      TryExec = @out@/bin/a.b+c
      Exec= env A=@out@/lib/a.b+c B=1 @out@/bin/a.b+c --icon=@out@/share/a.b+c https://example.org/bin/a.b+c %U
      Path=@out@/bin
      Actions=shell;helper;near;spaced;elsewhere;relative;

      [Desktop Action shell]
      Name=Shell
      Exec=sh -c "exec '@out@/bin/a.b+c' \\"@out@/bin/a.b+c\\" && @out@/bin/a.b+c; @out@/bin/a.b+c"

      [Desktop Action helper]
      Name=Helper
      Exec=@out@/bin/a.b+c-helper @out@/bin/a.b+c/x @out@/bin/hostile

      [Desktop Action near]
      Name=Near
      Exec=@out@/bin/axb+c %U

      [Desktop Action spaced]
      Name=Spaced
      Exec="/opt/An App/bin/a.b+c" a.b+c

      [Desktop Action elsewhere]
      Name=Elsewhere
      Exec=/usr/bin/a.b+c
      X-Exec=@out@/bin/a.b+c

      [Desktop Action relative]
      Name=Relative
      Exec=a.b+c --new
    '';
    "real/dbus-1/services/org.example.Hostile.service" = ''
      [D-BUS Service]
      Name=org.example.Hostile
      Exec=@out@/bin/a.b+c --dbus
    '';
    "lib/a.b+c" = "";
  } ''
    printf '[Desktop Entry]\r\nType=Application\r\nName=DOS\r\nExec=%s\r\n' "$out/bin/a.b+c" >"$out/real/applications/with space.desktop"
    cp $out/bin/a.b+c $out/bin/a.b+c-helper
    ln -s nowhere $out/real/dangling
    ln -s $out/real $out/share
  '';
}
