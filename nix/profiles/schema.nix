# The form of a hardware profile: one machine, in one file, that a NixOS and a home-manager configuration can share.
# It is a module, so that `lib.types.submodule ./schema.nix` checks a profile and says which value is wrong.
{ config, lib, ... }:
let
  inherit (lib) literalMD mkOption types;
  level = types.enum [ "0" "1" "2" "3" "s" "z" ];
  inherit (config.build.compiler) march;
  # x86-64-v2, -v3 ...: what GCC and Go both have a name for. GCC's -mtune takes no level.
  levelOf = builtins.match "x86-64-(v[1-4])" march;
in
{
  options = {
    name = mkOption {
      type = types.str;
      description = "What the machine is called, for messages.";
    };

    cpu = {
      family = mkOption {
        type = types.str;
        description = "Microarchitecture, as GCC spells it in -march (gcc(1), x86 Options).";
        example = "skylake";
      };
      cores = mkOption {
        type = types.nullOr types.ints.positive;
        default = null;
        description = "Physical cores; null if it is not known.";
      };
      threads = mkOption {
        type = types.nullOr types.ints.positive;
        default = null;
        description = ''
          Hardware threads; null if it is not known. 100% of CPUQuota is one of them (systemd.resource-control(5)), so that a
          share of the processor can only be said where this is.
        '';
      };
    };

    build = {
      compiler = {
        march = mkOption {
          type = types.str;
          default = config.cpu.family;
          defaultText = literalMD "`cpu.family`";
          description = "GCC's -march.";
        };
        mtune = mkOption {
          type = types.str;
          default = if levelOf == null then march else "generic";
          defaultText = literalMD "`march`; generic for a level such as x86-64-v3, of which -mtune knows none";
          description = "GCC's -mtune.";
        };
        optimizationLevel = mkOption {
          # An enum, since "O3" would become -OO3.
          type = types.coercedTo types.int toString level;
          default = "2";
          description = "What stands after -O.";
        };
      };
      goamd64 = mkOption {
        type = types.nullOr (types.enum [ "v1" "v2" "v3" "v4" ]);
        default = if levelOf == null then null else builtins.head levelOf;
        defaultText = literalMD "that of `march` if it is such a level, else null";
        description = "GOAMD64, the x86-64 level of Go programs; GCC's -march does not reach them. null leaves Go's own.";
      };
    };

    gpu = {
      vendor = mkOption {
        type = types.enum [ "nvidia" "amd" "intel" "none" ];
        description = "Who made the card that draws.";
      };
      generation = mkOption {
        type = types.nullOr types.str;
        default = null;
        description = "The card's generation, in lower case; NVIDIA's decides which branch of the driver knows it.";
        example = "maxwell";
      };
      decode = mkOption {
        type = types.listOf (types.enum [ "mpeg2" "vc1" "h264" "hevc" "hevc-main10" "vp8" "vp9" "av1" ]);
        default = [ ];
        description = "Codecs that the card decodes.";
      };
    };

    memory = {
      ram = mkOption {
        type = types.nullOr types.ints.positive;
        default = null;
        description = "RAM in GiB; null if it is not known. Limits are then shares of what systemd finds.";
      };
      zram.percent = mkOption {
        type = types.ints.positive;
        default = 75;
        description = "Size of the zram device, in percent of the RAM.";
      };
    };

    storage = {
      kind = mkOption {
        type = types.enum [ "nvme" "ssd" "disk" ];
        description = "What the system lies on.";
      };
      scheduler = mkOption {
        type = types.nullOr (types.enum [ "none" "mq-deadline" "kyber" "bfq" ]);
        default = null;
        description = "I/O scheduler of that kind of device; null leaves the kernel's choice.";
      };
    };

    budget = {
      # Both as the [budget] table of apps.toml has them.
      memory = mkOption {
        type = types.str;
        default = "60%";
        description = "What all apps together may use: a percentage of the RAM, a size, or infinity.";
      };
      cpus = mkOption {
        type = types.str;
        default = "auto";
        description = "The same of the machine's threads: a percentage of them, infinity, or auto, which is half of them and two at least.";
      };
    };
  };
}
