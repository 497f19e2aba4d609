# NixOS' options that our modules use or their users may set beside them. Kept by hand: name, type, default, where it is declared, and
# since when or what became of it. Looked at: nixpkgs unstable of 2026-07 (26.11-pre) and what 26.05 is known to share with it.
# Change the date when you look again.
lib:
let
  inherit (lib) types;
  units = import ./units.nix lib;
  option = source: type: { inherit source type; };
  set = source: type: default: { inherit source type default; };
  on = source: set source types.bool true;
  off = source: set source types.bool false;
  list = source: of: set source (types.listOf of) [ ];
  attrs = source: of: set source (types.attrsOf of) { };

  zram = "config/zram.nix";
  boot = "system/boot/kernel.nix";
  oomd = "system/boot/systemd/oomd.nix";
  graphics = "hardware/graphics.nix";
  nvidia = "hardware/video/nvidia.nix";
  displayManager = "services/display-managers";
  path = types.oneOf [ types.str types.path types.package ];
  word = types.oneOf [ types.int types.str types.path ];
  variable = types.nullOr (types.either (types.listOf word) word);
  branch = types.enum [ "stable" "production" "latest" "beta" "legacy_580" "legacy_535" "legacy_470" ];
  # Wherever the declaration is freeform: any value that an INI file can hold.
  atom = types.nullOr (types.oneOf [ types.bool types.int types.float types.str ]);
in
{
  date = "2026-08-23";

  options = {
    assertions = list "misc/assertions.nix" types.unspecified;
    warnings = list "misc/assertions.nix" types.str;
    "system.stateVersion" = set "misc/version.nix" types.str "26.05";

    "zramSwap.enable" = off zram;
    "zramSwap.algorithm" = set zram (types.either (types.enum [ "842" "lzo" "lzo-rle" "lz4" "lz4hc" "zstd" ]) types.str) "zstd";
    "zramSwap.memoryPercent" = set zram types.ints.positive 50;
    "zramSwap.memoryMax" = set zram (types.nullOr types.int) null;
    "zramSwap.priority" = set zram types.int 5;
    "zramSwap.swapDevices" = set zram types.int 1;
    "zramSwap.writebackDevice" = set zram (types.nullOr types.path) null;
    "services.zram-generator.enable" = off "services/system/zram-generator.nix";
    "services.zram-generator.settings" = attrs "services/system/zram-generator.nix" (types.attrsOf atom);
    swapDevices = list "config/swap.nix" types.attrs;

    "boot.kernel.sysctl" = set "config/sysctl.nix" units.sysctl { };
    "boot.kernelModules" = list boot types.str;
    "boot.kernelParams" = list boot types.str;
    "boot.kernelPackages" = option boot types.raw;
    "boot.extraModprobeConfig" = set "system/boot/modprobe.nix" types.lines "";
    "boot.blacklistedKernelModules" = list "system/boot/modprobe.nix" types.str;
    "services.udev.extraRules" = set "services/hardware/udev.nix" types.lines "";
    "services.udev.packages" = list "services/hardware/udev.nix" types.path;
    "hardware.block.defaultScheduler" = set "hardware/block.nix" (types.nullOr types.str) null // { since = "25.05"; };

    "systemd.packages" = list "system/boot/systemd.nix" types.package;
    "systemd.units" = attrs "system/boot/systemd.nix" units.unit;
    "systemd.services" = attrs "system/boot/systemd.nix" (units.of "service");
    "systemd.slices" = attrs "system/boot/systemd.nix" (units.of "slice");
    "systemd.timers" = attrs "system/boot/systemd.nix" (units.of "timer");
    "systemd.settings.Manager" = attrs "system/boot/systemd.nix" units.value // { since = "25.11"; };
    "systemd.user.units" = attrs "system/boot/systemd/user.nix" units.unit;
    "systemd.user.services" = attrs "system/boot/systemd/user.nix" (units.of "service");
    "systemd.user.slices" = attrs "system/boot/systemd/user.nix" (units.of "slice");
    "systemd.user.settings.Manager" = attrs "system/boot/systemd/user.nix" units.value // { since = "25.11"; };
    "systemd.oomd.enable" = on oomd;
    "systemd.oomd.enableRootSlice" = off oomd;
    "systemd.oomd.enableSystemSlice" = off oomd;
    "systemd.oomd.enableUserSlices" = off oomd;
    "systemd.oomd.settings.OOM" = attrs oomd units.value // { since = "25.11"; };
    "systemd.tmpfiles.rules" = list "system/boot/systemd/tmpfiles.nix" types.str;
    "systemd.tmpfiles.settings" = attrs "system/boot/systemd/tmpfiles.nix" (types.attrsOf (types.attrsOf types.attrs));

    "environment.etc" = attrs "system/etc/etc.nix" units.file;
    "environment.systemPackages" = list "config/system-path.nix" types.package;
    "environment.sessionVariables" = attrs "config/system-environment.nix" variable // { apply = units.variables; };
    "environment.variables" = attrs "config/shells-environment.nix" variable // { apply = units.variables; };

    "hardware.graphics.enable" = off graphics // { since = "24.11"; };
    "hardware.graphics.enable32Bit" = off graphics // { since = "24.11"; };
    "hardware.graphics.extraPackages" = list graphics types.package // { since = "24.11"; };
    "hardware.graphics.extraPackages32" = list graphics types.package // { since = "24.11"; };
    # No default below version 560; from there on null fails an assertion.
    "hardware.nvidia.open" = set nvidia (types.nullOr types.bool) null;
    "hardware.nvidia.package" = option nvidia types.package;
    "hardware.nvidia.branch" = set nvidia branch "stable" // { since = "26.05"; };
    "hardware.nvidia.modesetting.enable" = on nvidia;
    "hardware.nvidia.videoAcceleration" = on nvidia;
    "hardware.nvidia.prime.intelBusId" = set nvidia types.str "";
    "hardware.nvidia.prime.nvidiaBusId" = set nvidia types.str "";
    "hardware.nvidia.prime.offload.enable" = off nvidia;
    "hardware.nvidia.prime.sync.enable" = off nvidia;
    "hardware.nvidia.prime.reverseSync.enable" = off nvidia;
    "hardware.nvidia.powerManagement.enable" = off nvidia;

    "services.xserver.enable" = off "services/x11/xserver.nix";
    "services.xserver.videoDrivers" = set "services/x11/xserver.nix" (types.listOf types.str) [ "modesetting" "fbdev" ];
    "services.displayManager.enable" = off "${displayManager}/default.nix";
    "services.displayManager.defaultSession" = set "${displayManager}/default.nix" (types.nullOr types.str) null;
    "services.displayManager.autoLogin.enable" = off "${displayManager}/default.nix";
    "services.displayManager.sddm.enable" = off "${displayManager}/sddm.nix";
    "services.displayManager.gdm.enable" = off "${displayManager}/gdm.nix";
    "services.displayManager.lemurs.enable" = off "${displayManager}/lemurs.nix" // { since = "25.11"; };
    "services.displayManager.plasma-login-manager.enable" = off "${displayManager}/plasma-login-manager.nix" // { since = "26.05"; };
    "services.xserver.displayManager.lightdm.enable" = off "services/x11/display-managers/lightdm.nix";
    "services.greetd.enable" = off "${displayManager}/greetd.nix";
    "services.desktopManager.plasma6.enable" = off "services/desktop-managers/plasma6.nix";
    "services.desktopManager.gnome.enable" = off "services/desktop-managers/gnome.nix";

    "nixpkgs.overlays" = list "misc/nixpkgs.nix" units.overlay;
    "nixpkgs.config" = set "misc/nixpkgs.nix" types.attrs { };
    "nixpkgs.pkgs" = option "misc/nixpkgs.nix" types.raw; # with it, hostPlatform is ignored
    "nixpkgs.hostPlatform" = set "misc/nixpkgs.nix" (types.either types.str types.attrs) "x86_64-linux";
    "nix.settings.system-features" = list "config/nix.nix" types.str;
    "nix.settings.experimental-features" = list "config/nix.nix" types.str;
    "system.replaceDependencies.replacements" = list "system/activation/top-level.nix" types.attrs // { since = "24.11"; };

    "networking.hostName" = set "tasks/network-interfaces.nix" types.str "nixos";
    "users.users" = attrs "config/users-groups.nix" types.attrs;
    "fileSystems" = attrs "tasks/filesystems.nix" types.attrs;
    "boot.loader.systemd-boot.enable" = off "system/boot/loader/systemd-boot/systemd-boot.nix";
    "boot.loader.efi.canTouchEfiVariables" = off "system/boot/loader/efi.nix";
  };

  renamed = {
    "hardware.opengl.enable" = "hardware.graphics.enable"; # 24.11
    "hardware.opengl.extraPackages" = "hardware.graphics.extraPackages";
    "hardware.opengl.driSupport32Bit" = "hardware.graphics.enable32Bit";
    "services.xserver.displayManager.sddm.enable" = "services.displayManager.sddm.enable"; # 24.05
    "services.xserver.displayManager.defaultSession" = "services.displayManager.defaultSession";
    "systemd.oomd.enableUserServices" = "systemd.oomd.enableUserSlices"; # 24.05
    "systemd.oomd.extraConfig" = "systemd.oomd.settings.OOM"; # 25.11
  };

  removed = {
    "zramSwap.numDevices" = "Using ZRAM devices as general purpose ephemeral block devices is no longer supported";
    "hardware.opengl.driSupport" = "The setting can be removed."; # 24.11
    "systemd.extraConfig" = "Use systemd.settings.Manager instead."; # 26.05
    "systemd.user.extraConfig" = "Use systemd.user.settings.Manager instead.";
    "systemd.enableCgroupAccounting" = "cgroup accounting is always enabled now."; # 25.11
  };
}
