# The whole system for the machine's processor, the way nixpkgs documents: hostPlatform.gcc, from the same profile.
{
  config,
  lib,
  options,
  ...
}:
let
  inherit (lib) mkEnableOption mkIf mkOption types;
  inherit (config.electroscope.profile.build) compiler;
  cfg = config.electroscope.systemLibs.platform;
  readOnly = options.nixpkgs.hostPlatform.readOnly or false;
in
{
  _class = "nixos";
  imports = [ ../profiles/option.nix ];

  options.electroscope.systemLibs.platform = {
    enable = mkEnableOption ''
      building the whole system for the profile's processor (`nixpkgs.hostPlatform.gcc`). Two rebuilds: see `stage`'';

    stage = mkOption {
      type = types.enum [
        "announce"
        "build"
      ];
      default = "announce";
      description = ''
        "announce" only tells the Nix daemon that this machine may build for the profile's processor (system feature
        `gccarch-…`), since it refuses to otherwise; switch to it first. "build" then sets `nixpkgs.hostPlatform.gcc.arch`
        and `.tune`: everything is built from source, nothing comes from the binary cache, days on four cores, and again
        at each update. Some packages' tests fail when built so (gsl, numpy and scipy have). -O is nixpkgs' own; Go and
        Rust programs stay as they are. A `nixpkgs.hostPlatform` of your own without mkDefault conflicts with it, and Nix
        says so. Back again: `stage = "announce"`, or `nixos-rebuild switch --rollback`.
      '';
    };
  };

  config = mkIf cfg.enable {
    # The four are NixOS's own, for releases where a definition takes their place instead of joining them.
    nix.settings.system-features = [
      "nixos-test"
      "benchmark"
      "big-parallel"
      "kvm"
      "gccarch-${compiler.march}"
    ];

    # Where the option is read-only (nixosModules.readOnlyPkgs, every VM test) any definition is an error, one whose condition is
    # false too. Not mkDefault: hardware-configuration.nix sets "x86_64-linux" with that, and this is to win.
    nixpkgs = lib.optionalAttrs (!readOnly) {
      hostPlatform = mkIf (cfg.stage == "build") {
        system = "x86_64-linux";
        gcc = {
          arch = compiler.march;
          tune = compiler.mtune;
        };
      };
    };

    assertions = [
      {
        assertion = cfg.stage == "build" -> !readOnly && !(options.nixpkgs.pkgs.isDefined or false);
        message = ''
          electroscope.systemLibs.platform: nixpkgs.pkgs is set, and with it nixpkgs.hostPlatform has no effect.
          Give gcc.arch and gcc.tune where those packages are imported, or leave nixpkgs.pkgs out.
        '';
      }
    ];
  };
}
