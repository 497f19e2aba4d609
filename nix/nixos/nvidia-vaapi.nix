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
    mkDefault
    mkEnableOption
    mkIf
    mkOption
    types
    ;
  inherit (config.electroscope.profile) gpu name;
  cfg = config.electroscope.nvidiaVaapi;

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
      or a predicate that names it. Firefox decodes through it only with its decoder's sandbox off (MOZ_DISABLE_RDD_SANDBOX)'';

    branch = mkOption {
      type = types.nullOr types.str;
      default = legacy.${toString gpu.generation} or null;
      defaultText = literalMD "by the profile: legacy_580 for maxwell, pascal and volta, legacy_470 for kepler";
      example = "production";
      description = ''
        Which of `config.boot.kernelPackages.nvidiaPackages` becomes `hardware.nvidia.package`, whatever `hardware.nvidia.branch`
        says. null leaves NixOS' choice, which no longer knows cards before Turing.
      '';
    };
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

    services.xserver.videoDrivers = mkDefault [ "nvidia" ];

    # Kernel mode setting and nvidia-vaapi-driver are on by themselves (hardware.nvidia.modesetting, .videoAcceleration).
    hardware.nvidia = {
      open = mkDefault (elem gpu.generation current);
      package = mkIf (cfg.branch != null) (mkDefault config.boot.kernelPackages.nvidiaPackages.${cfg.branch});
    };

    hardware.graphics = {
      enable = mkDefault true;
      enable32Bit = mkDefault true;
      # VDPAU for what VA-API decodes. The way back, libva-vdpau-driver, is not needed beside nvidia-vaapi-driver.
      extraPackages = [ pkgs.libvdpau-va-gl ];
    };

    # https://github.com/elFarto/nvidia-vaapi-driver#configuration
    environment.sessionVariables = mapAttrs (_: mkDefault) {
      LIBVA_DRIVER_NAME = "nvidia";
      NVD_BACKEND = "direct";
      VDPAU_DRIVER = "nvidia";
      MOZ_DISABLE_RDD_SANDBOX = "1";
    };
  };
}
