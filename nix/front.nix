# What stands in front of an app: a package with all that the app's has, in which the app's names are links to electroscope, and what
# each of them starts is beside it (libexec/electroscope, launcher/program/front.go). So it serves wherever the app's package does:
# in environment.systemPackages, `nix shell`, or another module's option.
#
# It is installed beside the app or in its place. Of two files of one name the one with the lower priority number is installed, and
# equal numbers are an error (buildEnv): a package has 5, this 0, one that a module made by `override` -1, since it is what that
# module wants, and what the user says by home-manager's xdg.desktopEntries -10.
{
  lib,
  runCommandLocal,
  electroscope,
}:
let
  catalogue = lib.attrValues (import ./apps.nix);
  # The catalogue's app that a package is, by its name or its main program.
  known =
    package:
    lib.findFirst (app: lib.any (name: lib.elem name ([ app.attribute app.program ] ++ app.names)) [
      (lib.getName package)
      (package.meta.mainProgram or "")
    ]) { } catalogue;

  of =
    {
      package, # the app's; of a front the app's that it has
      program ? package.meta.mainProgram or (known package).program or (lib.getName package), # the app's program, without path
      names ? (known package).names or [ ], # what is to lead to electroscope, beside program and its other names
      made ? false, # by override
    }@given:
    let
      front =
        runCommandLocal "${lib.getName package}-electroscope"
          {
            pname = lib.getName package;
            version = lib.getVersion package;

            app = package;
            electroscope = lib.getExe electroscope;
            names = lib.unique (names ++ [ program ]);
            inherit program;

            # What other modules read of a package: home-manager's of VSCodium has pname, version and executableName.
            passthru = package.passthru or { } // {
              unwrapped = package;
              electroscopeFront = true;
            };
            meta = removeAttrs (package.meta or { }) [ "outputsToInstall" "position" ] // {
              mainProgram = program;
              priority = lib.min (if made then -1 else 0) ((package.meta.priority or 5) - 1);
            };
          }
          (builtins.readFile ./front.sh);
      # nixcord, and home-manager's module of Chromium, install what override gives: perhaps another program (discord's `branch`).
      same = if program == package.meta.mainProgram or null then removeAttrs given [ "program" ] else given;
      again = change: lib.mirrorFunctionArgs change (by: of (same // { package = change by; made = true; }));
    in
    front
    // lib.mapAttrs (_: again) (
      lib.filterAttrs (name: _: lib.elem name [ "override" "overrideAttrs" "overrideDerivation" ]) package
    );
in
# package, or { package, program, names }
given:
let
  asked = if lib.isDerivation given then { package = given; } else given;
in
of (asked // lib.optionalAttrs (asked.package ? electroscopeFront) { package = asked.package.unwrapped; })
