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
    expected = { budget = { memory = "60%"; cpus = "auto"; }; memory = { ram = 16; zram.percent = 75; }; };
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
      budget = { memory = "60%"; cpus = "auto"; };
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
    actual = (check (removeAttrs shoshin [ "cpu" ])).cpu.family;
    error = "cpu.family";
  };
  "a machine of which nothing is known has no RAM and no threads" = {
    actual = {
      inherit ((check profiles.generic-x86_64-v3)) build;
      inherit ((check profiles.generic-x86_64-v3).memory) ram;
      inherit ((check profiles.generic-x86_64-v3).cpu) threads;
    };
    expected = {
      build = { compiler = { march = "x86-64-v3"; mtune = "generic"; optimizationLevel = "2"; }; goamd64 = "v3"; };
      ram = null;
      threads = null;
    };
  };
  "the compiler follows the processor that a profile names, and Go a level" = {
    actual = map (family: (check { name = "mine"; cpu = { inherit family; }; gpu.vendor = "none"; storage.kind = "ssd"; }).build) [
      "x86-64-v2"
      "znver3"
    ];
    expected = [
      { compiler = { march = "x86-64-v2"; mtune = "generic"; optimizationLevel = "2"; }; goamd64 = "v2"; }
      { compiler = { march = "znver3"; mtune = "znver3"; optimizationLevel = "2"; }; goamd64 = null; }
    ];
  };
  "an overlay checks its profile" = {
    actual = (overlays (lib.recursiveUpdate shoshin { build.goamd64 = "v9"; })).runtimes { } { go = null; };
    error = "build.goamd64";
  };

  "without a profile it is the generic one" = {
    actual = map (evaluation: evaluation.config.electroscope.profile.name) [ (nixos { }) (home { }) ];
    expected = [ "generic-x86_64-v3" "generic-x86_64-v3" ];
  };
  "half a profile is completed, each value by itself" = {
    actual = map (
      evaluation:
      let
        inherit (evaluation.config.electroscope) profile;
      in
      { inherit (profile.memory) ram zram; inherit (profile.cpu) family; inherit (profile) gpu; }
    ) [
      (nixos { electroscope.profile.memory.ram = 64; })
      (home [ { electroscope.profile.memory.ram = 64; } { electroscope.profile.memory.zram.percent = 50; } ])
      (nixos { electroscope.profile = { memory.ram = 64; gpu = { vendor = "amd"; }; }; })
    ];
    expected =
      let
        half = percent: vendor: {
          ram = 64;
          zram = { inherit percent; };
          family = "x86-64-v3";
          gpu = { inherit vendor; generation = null; decode = [ ]; };
        };
      in
      [ (half 75 "none") (half 50 "none") (half 75 "amd") ];
  };
  "a home that is part of a NixOS has its machine, unless it names one" = {
    actual = map (module: (alone "/nix/home/profile.nix" { osConfig.electroscope.profile = check shoshin; } [ module ]).electroscope.profile.name) [
      { }
      { electroscope.profile.memory.ram = 64; }
      { electroscope.profile = profiles.laptop-amd; }
    ];
    expected = [ "shoshin" "shoshin" "laptop-amd" ];
  };
  "a home in a NixOS without our module, and one alone, have the generic machine" = {
    actual = map (osConfig: (alone "/nix/home/profile.nix" { inherit osConfig; } [ ]).electroscope.profile.name) [ { } null ];
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

  "mistake 19: the plan's module alone" = {
    actual = (lib.evalModules { modules = [ { options.told = lib.mkOption { type = lib.types.str; }; } ask ]; }).config.told;
    error = "attribute 'currentHardwareProfile' missing";
  };
  "mistake 19: an option is there without specialArgs, and nothing of ours is an argument of every module" = {
    actual =
      let
        read = { config, ... }: { told = config.electroscope.profile.name; };
        bare = file: (lib.evalModules { modules = [ (root + file) ]; }).config._module.args or { };
      in
      map (file: { inherit (alone file { } [ read ]) told; given = lib.filter (lib.hasInfix "ardware") (lib.attrNames (bare file)); }) [
        "/nix/nixos/profile.nix"
        "/nix/home/profile.nix"
      ];
    expected = [ { told = "generic-x86_64-v3"; given = [ ]; } { told = "generic-x86_64-v3"; given = [ ]; } ];
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
