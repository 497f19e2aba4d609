# Video decoding on an NVIDIA card: the branch of the driver that knows the card, VA-API and VDPAU.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  inherit (lib)
    attrNames
    concatStringsSep
    elem
    literalMD
    mapAttrs
    mkEnableOption
    mkIf
    mkOption
    optionalAttrs
    types
    ;
  inherit (config.electroscope.profile) gpu name;
  cfg = config.electroscope.nvidiaVaapi;
  preset = import ../preset.nix lib;

  # With PRIME another card draws, and what decodes for it must be that one: the variables are for every program.
  inherit (config.hardware.nvidia) prime;
  drawsAlone = !(prime.offload.enable || prime.sync.enable || prime.reverseSync.enable);

  # What the newest driver no longer knows, and the last branch that does (https://www.nvidia.com/en-us/drivers/unix/legacy-gpu/).
  legacy = {
    kepler = "legacy_470";
    maxwell = "legacy_580";
    pascal = "legacy_580";
    volta = "legacy_580";
  };
  # From here on the kernel modules may be, and since Blackwell must be, the open ones.
  current = [ "turing" "ampere" "ada" "hopper" "blackwell" ];
in
{
  _class = "nixos";
  imports = [ ../profiles/option.nix ];

  options.electroscope.nvidiaVaapi = {
    enable = mkEnableOption ''
      NVIDIA's driver and video decoding by VA-API and VDPAU. The driver is not free: it needs `nixpkgs.config.allowUnfree`
      or a predicate that names it, and a kepler card's `nixpkgs.config.nvidia.acceptLicense` as well. With PRIME, where another
      card draws, no program is sent to this one for decoding'';

    branch = mkOption {
      type = types.nullOr types.str;
      default = legacy.${toString gpu.generation} or null;
      defaultText = literalMD "by the profile: legacy_580 for maxwell, pascal and volta, legacy_470 for kepler";
      example = "production";
      description = ''
        Which branch of the driver, as `hardware.nvidia.branch` names them, unless that says otherwise. null leaves NixOS'
        choice, which no longer knows cards before Turing.
      '';
    };

    firefox = mkEnableOption ''
      video decoding in Firefox. It wants the sandbox of Firefox's decoder off, for each user's every Firefox
      (MOZ_DISABLE_RDD_SANDBOX)'';
  };

  config = mkIf cfg.enable {
    assertions = [
      {
        assertion = gpu.vendor == "nvidia";
        message = ''
          electroscope.nvidiaVaapi: the profile ${name} has gpu.vendor "${gpu.vendor}", not nvidia.
          Turn this off, or set electroscope.profile to this machine.
        '';
      }
      {
        assertion = gpu.vendor != "nvidia" || legacy ? ${toString gpu.generation} || elem gpu.generation current;
        message = ''
          electroscope.nvidiaVaapi: which driver is for gpu.generation "${toString gpu.generation}" of the profile ${name}?
          Known are ${concatStringsSep ", " (attrNames legacy ++ current)}.
        '';
      }
    ];

    services.xserver.videoDrivers = preset [ "nvidia" ];

    # Kernel mode setting and nvidia-vaapi-driver are on by themselves (hardware.nvidia.modesetting, .videoAcceleration).
    hardware.nvidia = {
      open = preset (elem gpu.generation current);
      branch = mkIf (cfg.branch != null) (preset cfg.branch);
    };

    hardware.graphics = {
      enable = preset true;
      enable32Bit = preset true;
      # VDPAU for what VA-API decodes. The way back, libva-vdpau-driver, is not needed beside nvidia-vaapi-driver.
      extraPackages = [ pkgs.libvdpau-va-gl ];
    };

    # https://github.com/elFarto/nvidia-vaapi-driver#configuration
    environment.sessionVariables = mapAttrs (_: preset) (
      { NVD_BACKEND = "direct"; }
      // optionalAttrs drawsAlone {
        LIBVA_DRIVER_NAME = "nvidia";
        VDPAU_DRIVER = "nvidia";
      }
      // optionalAttrs cfg.firefox { MOZ_DISABLE_RDD_SANDBOX = "1"; }
    );
  };
}
