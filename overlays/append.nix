# Words added to a variable of a package's build, behind those that the package sets itself.
#
# mkDerivation takes a variable in `env`, as one string, or at the top level, as a string or a list; in both it is an error
# (nixpkgs, pkgs/stdenv/generic/make-derivation.nix, checkedEnv). So it stays where it is, and becomes a string.
{ lib }:
variable: words: package:
package.overrideAttrs (
  old:
  let
    behind = own: lib.concatStringsSep " " (lib.filter (text: text != "") (map toString [ own words ]));
  in
  if old ? ${variable} then
    { ${variable} = behind old.${variable}; }
  else
    { env = (old.env or { }) // { ${variable} = behind (old.env.${variable} or ""); }; }
)
