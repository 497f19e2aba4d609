# nix/nixos/nvidia-vaapi.nix: the driver's branch, VA-API and VDPAU.
{ lib, nixos, profiles, ... }:
let
  card = generation: {
    electroscope.profile = profiles.shoshin // { gpu = { vendor = "nvidia"; inherit generation; }; };
    electroscope.nvidiaVaapi.enable = true;
  };
  shoshin = more: nixos [ (card "maxwell") more ];
  # The branch of the driver that is installed.
  branchOf =
    { boot, hardware, ... }:
    lib.findFirst (name: "${boot.kernelPackages.nvidiaPackages.${name}}" == "${hardware.nvidia.package}") "none" branches;
  branches = [ "stable" "legacy_580" "legacy_535" "legacy_470" "beta" "production" ];
  driver = evaluation: {
    branch = branchOf evaluation.config;
    inherit (evaluation.config.hardware.nvidia) open;
  };
  # Of the packages those for decoding: the driver is among them too.
  packages =
    evaluation:
    lib.filter (name: lib.hasInfix "va" name) (map lib.getName evaluation.config.hardware.graphics.extraPackages);
  ours = (shoshin { }).config;
  buses = { intelBusId = "PCI:0@0:2:0"; nvidiaBusId = "PCI:1@0:0:0"; };
  variables =
    { config, ... }:
    lib.filterAttrs (name: _: lib.elem name [ "LIBVA_DRIVER_NAME" "VDPAU_DRIVER" "NVD_BACKEND" "MOZ_DISABLE_RDD_SANDBOX" ]) config.environment.sessionVariables;
  # What is said of the two things that NixOS sets by itself.
  said = evaluation: {
    drivers = lib.length (lib.filter (name: name == "nvidia-vaapi-driver") (packages evaluation));
    modeset =
      lib.filter (lib.hasInfix "modeset") evaluation.config.boot.kernelParams
      ++ lib.filter (lib.hasInfix "modeset") (lib.splitString "\n" evaluation.text."modprobe.d/nixos.conf");
  };

  # docs/plan.md, 5, less what evaluates in no release.
  plan = { pkgs, ... }: {
    services.xserver.videoDrivers = [ "nvidia" ];
    hardware.graphics = { enable = true; extraPackages = [ pkgs.nvidia-vaapi-driver pkgs.libvdpau-va-gl ]; };
    boot.kernelParams = [ "nvidia-drm.modeset=1" ];
  };
in
{
  "nvidia: the branch and the modules by generation" = {
    actual = lib.genAttrs [ "kepler" "maxwell" "pascal" "volta" "turing" "ampere" "ada" "blackwell" ] (
      generation: driver (nixos (card generation))
    );
    expected =
      let
        old = branch: { inherit branch; open = false; };
        new = { branch = "stable"; open = true; };
      in
      {
        kepler = old "legacy_470";
        maxwell = old "legacy_580";
        pascal = old "legacy_580";
        volta = old "legacy_580";
        turing = new;
        ampere = new;
        ada = new;
        blackwell = new;
      };
  };
  "nvidia: graphics, and VDPAU by VA-API" = {
    actual = { inherit (ours.hardware.graphics) enable enable32Bit; inherit (ours.services.xserver) videoDrivers; };
    expected = { enable = true; enable32Bit = true; videoDrivers = [ "nvidia" ]; };
  };
  "pam/environment" = { actual = (shoshin { }).text."pam/environment"; golden = "nixos/pam-environment"; };
  "nvidia gives way to plain values" = {
    actual =
      let
        given = shoshin ({ config, ... }: {
          hardware.nvidia = { open = true; package = config.boot.kernelPackages.nvidiaPackages.beta; };
          hardware.graphics.enable32Bit = false;
          services.xserver.videoDrivers = [ "modesetting" "nvidia" ];
          environment.sessionVariables.NVD_BACKEND = "egl";
        });
      in
      driver given
      // {
        inherit (given.config.hardware.graphics) enable32Bit;
        inherit (given.config.environment.sessionVariables) NVD_BACKEND;
      };
    expected = { branch = "beta"; open = true; enable32Bit = false; NVD_BACKEND = "egl"; };
  };
  "nvidia: another branch, and NixOS' own" = {
    actual = map (branch: (shoshin { electroscope.nvidiaVaapi = { inherit branch; }; }).config.hardware.nvidia.branch) [ "production" null ];
    expected = [ "production" "stable" ];
  };
  "nvidia gives way to the branch that is set, and to what another module proposes" = {
    actual = map (more: branchOf (shoshin more).config) [
      { hardware.nvidia.branch = "legacy_535"; }
      { hardware.nvidia.branch = lib.mkDefault "legacy_535"; }
      ({ config, ... }: { hardware.nvidia.package = lib.mkDefault config.boot.kernelPackages.nvidiaPackages.legacy_580; }) # nixos-hardware
      ({ config, ... }: { hardware.nvidia.package = lib.mkDefault config.boot.kernelPackages.nvidiaPackages.legacy_470; })
    ];
    expected = [ "legacy_535" "legacy_535" "legacy_580" "legacy_470" ];
  };
  "nvidia sends no program to the card where another one draws" = {
    actual = map (prime: variables (shoshin { hardware.nvidia = { inherit prime; }; })) [
      { offload.enable = true; inherit (buses) intelBusId nvidiaBusId; }
      { sync.enable = true; inherit (buses) intelBusId nvidiaBusId; }
      { }
    ];
    expected = [
      { NVD_BACKEND = "direct"; }
      { NVD_BACKEND = "direct"; }
      { NVD_BACKEND = "direct"; LIBVA_DRIVER_NAME = "nvidia"; VDPAU_DRIVER = "nvidia"; }
    ];
  };
  "nvidia takes Firefox's sandbox only if asked" = {
    actual = (shoshin { electroscope.nvidiaVaapi.firefox = true; }).config.environment.sessionVariables.MOZ_DISABLE_RDD_SANDBOX;
    expected = "1";
  };
  "nvidia refuses another vendor's card" = {
    actual = (nixos { electroscope = { profile = profiles.laptop-amd; nvidiaVaapi.enable = true; }; }).assertions;
    expected = [
      ''
        electroscope.nvidiaVaapi: the profile laptop-amd has gpu.vendor "amd", not nvidia.
        Turn this off, or set electroscope.profile to this machine.
      ''
    ];
  };
  "nvidia refuses a generation that says nothing" = {
    actual = map (generation: lib.length (nixos (card generation)).assertions) [ null "gtx960" "maxwell" ];
    expected = [ 1 1 0 ];
  };

  "mistake 8: the plan's vaapiVdpau is not there" = {
    actual = packages (nixos ({ pkgs, ... }: { hardware.graphics.extraPackages = [ pkgs.vaapiVdpau ]; }));
    error = "replaced by 'libva-vdpau-driver'";
  };
  "mistake 8: ours needs no way back from VDPAU" = {
    actual = packages (shoshin { });
    expected = [ "libvdpau-va-gl" "nvidia-vaapi-driver" ];
  };

  "mistake 9: the plan's driver does not know the card, and open is not said" = {
    actual = { branch = branchOf (nixos plan).config; refused = (nixos plan).assertions != [ ]; };
    expected = { branch = "stable"; refused = true; };
  };
  "mistake 9: ours takes the branch that does" = {
    actual = driver (shoshin { }) // { refused = (shoshin { }).assertions != [ ]; };
    expected = { branch = "legacy_580"; open = false; refused = false; };
  };

  "mistake 10: the plan says twice what NixOS sets" = {
    actual = said (nixos plan);
    expected = { drivers = 2; modeset = [ "nvidia-drm.modeset=1" "options nvidia-drm fbdev=1 modeset=1" ]; };
  };
  "mistake 10: ours leaves both to NixOS" = {
    actual = said (shoshin { });
    expected = { drivers = 1; modeset = [ "options nvidia-drm fbdev=1 modeset=1" ]; };
  };
}
