# Stands in for nixpkgs, which is not to be had in CI: our module library as lib, the fake package set, and a nixosSystem that evaluates
# against the options file. Whether a name is there in the real one it cannot tell; nix/checks.nix can, where there is one.
{
  outputs =
    { self }:
    let
      lib = import ../../modules;
      packages =
        system:
        (import ../../packages { inherit lib system; }).extend (
          final: _:
          {
            buildGoModule = import ../go-module.nix { inherit lib system; };
            testers.runNixOSTest = test: final.runCommand "vm-test-run-${test.name}" { } "touch $out"; # no machine is evaluated
            mkShell = { packages }: final.runCommand "shell" { inherit packages; } "touch $out";
          }
          // lib.genAttrs [ "go" "gopls" "go-tools" "shellcheck" "nixfmt-tree" ] (name: final.runCommand name { } "mkdir $out")
        );
      legacyPackages = lib.genAttrs [ "x86_64-linux" "aarch64-linux" ] packages;
      evaluation = import ../../eval.nix {
        inherit lib;
        pkgs = legacyPackages.x86_64-linux;
        root = ../../../..;
      };
    in
    {
      inherit legacyPackages;
      nixosModules.readOnlyPkgs = { }; # here the packages are nobody's to touch
      lib = lib // {
        nixosSystem =
          { modules, ... }@call:
          let
            system = (evaluation.nixos modules).without; # our modules come through the flake
            whole = lib.throwIf (system.assertions != [ ]) "Failed assertions:\n${lib.concatStringsSep "\n" system.assertions}";
          in
          system
          // {
            arguments = lib.attrNames call;
            config = system.config // {
              system.build.toplevel = whole (legacyPackages.x86_64-linux.runCommand "nixos-system-fake" { } "touch $out");
            };
          };
      };
    };
}
