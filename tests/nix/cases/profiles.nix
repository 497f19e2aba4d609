# Hardware profiles: their form, and how a configuration gets at one.
{
  lib,
  nixos,
  home,
  overlays,
  profiles,
  root,
  ...
}:
let
  check = import (root + "/nix/profiles/check.nix") { inherit lib; };
  shoshin = profiles.shoshin;
  with' = change: check (lib.recursiveUpdate shoshin change);

  # Both modules alone, as a flake exports them, with what a configuration passes through specialArgs.
  alone =
    file: specialArgs: modules:
    (lib.evalModules {
      modules = [
        (root + file)
        { options.told = lib.mkOption { type = lib.types.str; }; }
      ]
      ++ modules;
      inherit specialArgs;
    }).config;
  ask = { currentHardwareProfile, ... }: { told = currentHardwareProfile.name; };
in
{
  "every profile that is shipped has the form, and its own name" = {
    actual = lib.mapAttrs (_: profile: (check profile).name) profiles;
    expected = lib.genAttrs [ "shoshin" "generic-x86_64-v3" "laptop-amd" ] (name: name);
  };
  "what a profile leaves out has a default" = {
    actual = { inherit (check profiles.laptop-amd) budget; inherit (check profiles.laptop-amd.memory.zram or profiles.laptop-amd) memory; };
    expected = { budget = { memory = "60%"; cpus = "50%"; }; memory = { ram = 16; zram.percent = 75; }; };
  };
  "shoshin is the plan's machine" = {
    actual = check shoshin;
    expected = {
      name = "shoshin";
      cpu = { family = "skylake"; cores = 4; threads = 8; };
      build = { compiler = { march = "skylake"; mtune = "skylake"; optimizationLevel = "3"; }; goamd64 = "v3"; };
      gpu = { vendor = "nvidia"; generation = "maxwell"; decode = [ "h264" "hevc" "hevc-main10" "vp8" "vp9" ]; };
      memory = { ram = 16; zram.percent = 75; };
      storage = { kind = "nvme"; scheduler = "none"; };
      budget = { memory = "60%"; cpus = "50%"; };
    };
  };
  "a checked profile can be checked again" = {
    actual = check (check shoshin);
    expected = check shoshin;
  };
  "a level may be a number" = {
    actual = (with' { build.compiler.optimizationLevel = 2; }).build.compiler.optimizationLevel;
    expected = "2";
  };
  "a misspelt key" = {
    actual = with' { cpu.treads = 8; };
    error = "cpu.treads";
  };
  "a codec that no card has" = {
    actual = with' { gpu.decode = [ "h266" ]; };
    error = "gpu.decode";
  };
  "a machine without cores" = {
    actual = with' { cpu.cores = 0; };
    error = "cpu.cores";
  };
  "a profile without a processor names what is missing" = {
    actual = (check (removeAttrs shoshin [ "cpu" ])).cpu.cores;
    error = "cpu.cores";
  };
  "an overlay checks its profile" = {
    actual = (overlays (lib.recursiveUpdate shoshin { build.goamd64 = "v9"; })).runtimes { } { go = null; };
    error = "build.goamd64";
  };

  "without a profile it is the generic one" = {
    actual = map (evaluation: evaluation.config.electroscope.profile.name) [ (nixos { }) (home { }) ];
    expected = [ "generic-x86_64-v3" "generic-x86_64-v3" ];
  };
  "one file, both configurations" = {
    actual = map (evaluation: evaluation.config.electroscope.profile == check shoshin) [
      (nixos { electroscope.profile = shoshin; })
      (home { electroscope.profile = shoshin; })
    ];
    expected = [ true true ];
  };
  "one passed through specialArgs, as the plan does, is taken" = {
    actual = map (file: (alone file { currentHardwareProfile = shoshin; } [ ask ]).electroscope.profile.name) [
      "/nix/nixos/profile.nix"
      "/nix/home/profile.nix"
    ];
    expected = [ "shoshin" "shoshin" ];
  };
  "the option wins over specialArgs" = {
    actual = (alone "/nix/nixos/profile.nix" { currentHardwareProfile = shoshin; } [ { electroscope.profile = profiles.laptop-amd; } ]).electroscope.profile.name;
    expected = "laptop-amd";
  };
  "a currentHardwareProfile of the user's own stays" = {
    actual = (alone "/nix/nixos/profile.nix" { } [ ask { _module.args.currentHardwareProfile.name = "mine"; } ]).told;
    expected = "mine";
  };

  "mistake 19: the plan's module alone" = {
    actual = (lib.evalModules { modules = [ { options.told = lib.mkOption { type = lib.types.str; }; } ask ]; }).config.told;
    error = "attribute 'currentHardwareProfile' missing";
  };
  "mistake 19: beside ours it finds the machine, without specialArgs" = {
    actual = map (file: (alone file { } [ ask { electroscope.profile = shoshin; } ]).told) [
      "/nix/nixos/profile.nix"
      "/nix/home/profile.nix"
    ];
    expected = [ "shoshin" "shoshin" ];
  };
  "mistake 20: the plan's -O of O3" = {
    actual =
      let
        plan = level: "-O${toString level}";
      in
      map plan [ "O3" "3" 3 ];
    expected = [ "-OO3" "-O3" "-O3" ];
  };
  "mistake 20: ours refuses O3" = {
    actual = (with' { build.compiler.optimizationLevel = "O3"; }).build.compiler.optimizationLevel;
    error = "build.compiler.optimizationLevel";
  };
}
