# Stands in for home-manager: a homeManagerConfiguration that evaluates against the options file.
{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-26.05"; # as the real one has, and each configuration makes it follow its own

  outputs =
    { self, nixpkgs }:
    {
      lib.homeManagerConfiguration =
        { pkgs, modules, ... }@call:
        let
          evaluation = import ../../eval.nix {
            inherit (nixpkgs) lib;
            inherit pkgs;
            root = ../../../..;
          };
          home = (evaluation.home modules).without; # our modules come through the flake
          whole = nixpkgs.lib.throwIf (home.assertions != [ ]) "Failed assertions:\n${nixpkgs.lib.concatStringsSep "\n" home.assertions}";
        in
        home
        // {
          arguments = nixpkgs.lib.attrNames call;
          activationPackage = whole (pkgs.runCommand "home-manager-generation-fake" { } "touch $out");
        };
    };
}
