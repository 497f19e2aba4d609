# The cases of one file, in forms that cases_test.go asks for. All arguments are paths as strings.
# file: the cases. lib: a folder of nixpkgs' lib; without one our own module library. homeManager, plasmaManager: sources; with the first
# one its own modules take the place of the options file.
{ file, lib ? null, homeManager ? null, plasmaManager ? null }:
let
  library = if lib == null then import ./modules else import (/. + lib);
  root = ../..;
  pkgs = import ./packages { lib = library; };
  evaluation =
    import ./eval.nix { lib = library; inherit pkgs root; }
    // library.optionalAttrs (homeManager != null) (
      import ./home-manager.nix {
        lib = library;
        inherit pkgs root;
        source = /. + homeManager;
        plasmaManager = if plasmaManager == null then null else /. + plasmaManager;
      }
    );
  cases = import (/. + file) (
    {
      lib = library;
      inherit pkgs root;
      profiles = import (root + "/nix/profiles");
      overlays = import (root + "/overlays") { lib = library; };
    }
    // evaluation
  );
in
{
  inherit cases;
  # What kind each case is, without evaluating it.
  kinds = builtins.mapAttrs (_: case: { golden = case.golden or null; error = case.error or null; }) cases;
  # Every case that is to have a value.
  values = builtins.mapAttrs (_: case: removeAttrs case [ "error" "golden" ]) (
    library.filterAttrs (_: case: !(case ? error)) cases
  );
}
