# electroscope.profile: the machine, for every module here, on NixOS and in home-manager alike.
# docs/plan.md passes `currentHardwareProfile` through specialArgs: one that comes so is the default here, and none is no error.
# So is the profile of the NixOS that a home is part of: home-manager passes its configuration as osConfig, null in a home alone.
{
  lib,
  specialArgs,
  ...
}:
let
  system = specialArgs.osConfig or null;
  machine =
    specialArgs.currentHardwareProfile or (
      if system != null then system.electroscope.profile or generic else generic
    );
  generic = import ./generic-x86_64-v3.nix;

  # What a profile leaves out is as in the one that is the default: it is told of the same machine.
  complete = {
    _file = "the machine's profile";
    config = lib.mapAttrsRecursive (_: weak) machine;
  };
  weak = lib.mkOverride 1400; # over the schema's own defaults (1500)
in
{
  options.electroscope.profile = lib.mkOption {
    type = lib.types.submodule [ ./schema.nix complete ];
    default = { };
    defaultText = lib.literalMD ''
      `specialArgs.currentHardwareProfile`, or `osConfig.electroscope.profile` of the NixOS that the home is part of, or
      `lib.hardwareProfiles.generic-x86_64-v3`
    '';
    example = lib.literalExpression "inputs.electroscope.lib.hardwareProfiles.shoshin";
    description = ''
      The machine: cpu, compiler flags, gpu, memory, storage and budget (nix/profiles/schema.nix). A profile is plain
      data in one file, so a NixOS and a home-manager configuration can share it. What it leaves out is as in the default one.
    '';
  };
}
