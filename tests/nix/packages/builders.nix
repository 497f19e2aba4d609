# nixpkgs' small builders (pkgs/build-support/trivial-builders), of the same arguments; all of them really build.
lib: final:
let
  inherit (final.stdenvNoCC) mkDerivation;

  # A text's passAsFile, as stdenv has it: the variable's text is in the file whose path is in the variable with Path behind.
  runCommand = name: attrs: buildCommand: mkDerivation ({ inherit name; } // attrs // {
    inherit buildCommand;
    passAsFile = [ "buildCommand" ] ++ attrs.passAsFile or [ ];
  });
in
{
  inherit runCommand;
  runCommandLocal = runCommand;
  runCommandWith = { name, derivationArgs ? { }, ... }: runCommand name derivationArgs;

  writeTextFile =
    {
      name,
      text,
      executable ? false,
      destination ? "",
      checkPhase ? "",
      meta ? { },
      derivationArgs ? { },
      ...
    }:
    runCommand name ({
      inherit text;
      passAsFile = [ "text" ];
      meta = lib.optionalAttrs (executable && lib.hasPrefix "/bin/" destination) { mainProgram = baseNameOf destination; } // meta;
    } // derivationArgs) ''
      target=$out${lib.escapeShellArg destination}
      mkdir -p "$(dirname "$target")"
      cp "$textPath" "$target"
      ${lib.optionalString executable ''chmod +x "$target"''}
      ${checkPhase}
    '';
  writeText = name: text: final.writeTextFile { inherit name text; };
  writeTextDir = path: text: final.writeTextFile { name = baseNameOf path; inherit text; destination = "/${path}"; };
  writeScript = name: text: final.writeTextFile { inherit name text; executable = true; };
  writeScriptBin = name: text: final.writeTextFile { inherit name text; executable = true; destination = "/bin/${name}"; };
  writeShellScript = name: text: final.writeScript name "#!/bin/bash\n${text}";
  writeShellScriptBin = name: text: final.writeScriptBin name "#!/bin/bash\n${text}";
  writeShellApplication =
    { name, text, runtimeInputs ? [ ], ... }:
    final.writeScriptBin name "#!/bin/bash\nset -o errexit\nset -o nounset\nset -o pipefail\n\n${
      lib.optionalString (runtimeInputs != [ ]) "export PATH=\"${lib.concatMapStringsSep ":" (p: "${lib.getBin p}/bin") runtimeInputs}:$PATH\"\n\n"
    }${text}";

  linkFarm =
    name: entries:
    runCommand name { } ''
      mkdir -p $out
      cd $out
      ${lib.concatMapStrings ({ name, path }: ''
        mkdir -p ${lib.escapeShellArg (dirOf name)}
        ln -s ${lib.escapeShellArg "${path}"} ${lib.escapeShellArg name}
      '') (if lib.isAttrs entries then lib.mapAttrsToList (name: path: { inherit name path; }) entries else entries)}
    '';

  # Links to the files of all paths, earlier ones first.
  symlinkJoin =
    { name ? "${args.pname}-${args.version}", paths, postBuild ? "", ... }@args:
    runCommand name (removeAttrs args [ "name" "paths" "postBuild" ] // { inherit paths; }) ''
      mkdir -p $out
      for path in $paths; do
        (cd "$path" && find . -type d) | while read -r folder; do mkdir -p "$out/$folder"; done
        (cd "$path" && find . ! -type d) | while read -r file; do [ -e "$out/$file" ] || ln -s "$path/$file" "$out/$file"; done
      done
      ${postBuild}
    '';

  # A profile, by Nix's own builder, which refuses two files of one name and equal priority (as home-manager's home.packages).
  buildEnv =
    { name, paths, ... }:
    derivation {
      inherit name;
      system = "builtin";
      builder = "builtin:buildenv";
      manifest = builtins.toFile "manifest" "";
      derivations = lib.concatMap (package: [ "true" (toString (package.meta.priority or 5)) "1" "${package}" ]) paths;
    };

  makeDesktopItem =
    { name, desktopName, exec ? null, mimeTypes ? [ ], categories ? [ ], ... }:
    final.writeTextDir "share/applications/${name}.desktop" (
      lib.generators.toINI { } {
        "Desktop Entry" = {
          Type = "Application";
          Name = desktopName;
        }
        // lib.optionalAttrs (exec != null) { Exec = exec; }
        // lib.optionalAttrs (mimeTypes != [ ]) { MimeType = lib.concatMapStrings (type: "${type};") mimeTypes; }
        // lib.optionalAttrs (categories != [ ]) { Categories = lib.concatMapStrings (c: "${c};") categories; };
      }
    );

  # What package.nix names; stub/go-module.nix does their work.
  installShellFiles = runCommand "install-shell-files" { } "mkdir $out";
  versionCheckHook = runCommand "version-check-hook" { } "mkdir $out";

  # No Go and no modules in the sandbox: a script in the place of the program.
  buildGoModule =
    attrsOf:
    final.stdenv.mkDerivation (
      self:
      let
        attrs = lib.toFunction attrsOf self;
      in
      removeAttrs attrs [ "vendorHash" "src" "ldflags" "subPackages" ] // {
        passthru = attrs.passthru or { } // { inherit (attrs) vendorHash src; };
        buildCommand = ''
          mkdir -p $out/bin
          printf '#!/bin/bash\necho fake ${attrs.pname} "$@"\n' > $out/bin/${attrs.pname}
          chmod +x $out/bin/${attrs.pname}
        '';
      }
    );
}
