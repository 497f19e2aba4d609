# electroscope.profile: the machine, for every module here, on NixOS and in home-manager alike.
# docs/plan.md passes `currentHardwareProfile` through specialArgs: one that comes so is the default here, and none is no
# error. The other way round, a module that asks for `currentHardwareProfile` gets this option's value.
{
  config,
  lib,
  specialArgs,
  ...
}:
{
  options.electroscope.profile = lib.mkOption {
    type = lib.types.submodule ./schema.nix;
    default = specialArgs.currentHardwareProfile or (import ./generic-x86_64-v3.nix);
    defaultText = lib.literalExpression "specialArgs.currentHardwareProfile or lib.hardwareProfiles.generic-x86_64-v3";
    example = lib.literalExpression "inputs.electroscope.lib.hardwareProfiles.shoshin";
    description = ''
      The machine: cpu, compiler flags, gpu, memory, storage and budget (nix/profiles/schema.nix). A profile is plain
      data in one file, so a NixOS and a home-manager configuration can share it.
    '';
  };

  config._module.args.currentHardwareProfile = lib.mkDefault config.electroscope.profile;
}
