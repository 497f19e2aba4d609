# What stands in front of an app: a package with all that the app's has, in which the app's names are links to electroscope.
#
# It is installed beside the app or in its place (programs.discord.package = front). Of two files of one name the one with the
# lower priority number is installed, and equal numbers are an error (buildEnv): a package has 5, this 0, and what the user
# says by home-manager's xdg.desktopEntries -10.
{ lib, runCommandLocal }:
{
  electroscope, # the package
  package, # the app's
  program, # the app's program in it, without path
  names, # what is to lead to electroscope
}:
runCommandLocal "${lib.getName package}-electroscope"
  {
    pname = lib.getName package;
    version = lib.getVersion package;

    app = package;
    electroscope = lib.getExe electroscope;
    inherit names;

    # What other modules read of a package: home-manager's of VSCodium has pname, version and executableName.
    passthru = package.passthru or { } // {
      unwrapped = package;
    };
    meta = removeAttrs (package.meta or { }) [ "outputsToInstall" "position" ] // {
      mainProgram = program;
      priority = 0;
    };
  }
  (builtins.readFile ./front.sh)
