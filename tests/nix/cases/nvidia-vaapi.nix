# nix/nixos/nvidia-vaapi.nix: the driver's branch, VA-API and VDPAU.
{ lib, nixos, profiles, ... }:
let
  card = generation: {
    electroscope.profile = profiles.shoshin // { gpu = { vendor = "nvidia"; inherit generation; }; };
    electroscope.nvidiaVaapi.enable = true;
  };
  shoshin = more: nixos [ (card "maxwell") more ];
  driver = evaluation: {
    package = lib.getName evaluation.config.hardware.nvidia.package;
    inherit (evaluation.config.hardware.nvidia) open;
  };
  packages = evaluation: map lib.getName evaluation.config.hardware.graphics.extraPackages;
  ours = (shoshin { }).config;
  # What is said of the two things that NixOS sets by itself.
  said = evaluation: {
    drivers = lib.length (lib.filter (name: name == "nvidia-vaapi-driver") (packages evaluation));
    modeset = evaluation.config.boot.kernelParams ++ [ evaluation.text."modprobe.d/nixos.conf" ];
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
        old = package: { inherit package; open = false; };
        new = { package = "nvidia-x11-stable"; open = true; };
      in
      {
        kepler = old "nvidia-x11-legacy_470";
        maxwell = old "nvidia-x11-legacy_580";
        pascal = old "nvidia-x11-legacy_580";
        volta = old "nvidia-x11-legacy_580";
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
    expected = { package = "nvidia-x11-beta"; open = true; enable32Bit = false; NVD_BACKEND = "egl"; };
  };
  "nvidia: another branch, and NixOS' own" = {
    actual = map (branch: (driver (shoshin { electroscope.nvidiaVaapi = { inherit branch; }; })).package) [ "production" null ];
    expected = [ "nvidia-x11-production" "nvidia-x11-stable" ];
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
    actual = { inherit (driver (nixos plan)) package; refused = (nixos plan).assertions != [ ]; };
    expected = { package = "nvidia-x11-stable"; refused = true; };
  };
  "mistake 9: ours takes the branch that does" = {
    actual = driver (shoshin { }) // { refused = (shoshin { }).assertions != [ ]; };
    expected = { package = "nvidia-x11-legacy_580"; open = false; refused = false; };
  };

  "mistake 10: the plan says twice what NixOS sets" = {
    actual = said (nixos plan);
    expected = { drivers = 2; modeset = [ "nvidia-drm.modeset=1" "options nvidia-drm modeset=1 fbdev=1\n" ]; };
  };
  "mistake 10: ours leaves both to NixOS" = {
    actual = said (shoshin { });
    expected = { drivers = 1; modeset = [ "options nvidia-drm modeset=1 fbdev=1\n" ]; };
  };
}
