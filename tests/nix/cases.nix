# The cases of one file, in forms that cases_test.go asks for. All arguments are paths as strings.
# file: the cases. nixpkgs, homeManager, plasmaManager: sources, the real things in the place of the fakes (real.nix).
{ file, nixpkgs ? null, homeManager ? null, plasmaManager ? null }:
let
  root = ../..;
  path = source: if source == null then null else /. + source;
  library = if nixpkgs == null then import ./modules else import (path nixpkgs + "/lib");
  fakes = {
    lib = library;
    pkgs = import ./packages { lib = library; };
    inherit root;
  };
  reals = import ./real.nix {
    inherit root;
    nixpkgs = path nixpkgs;
    homeManager = path homeManager;
    plasmaManager = path plasmaManager;
  };
  given =
    fakes
    // import ./eval.nix fakes
    // library.optionalAttrs (nixpkgs != null) reals
    // {
      inherit fakes;
      profiles = import (root + "/nix/profiles");
      overlays = import (root + "/overlays") { lib = library; };
    };
  cases = import (/. + file) given;
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
