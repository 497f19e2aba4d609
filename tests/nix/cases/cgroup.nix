# nix/nixos/cgroup.nix: by the kernel's parameter where there is one, else by a remount.
{ lib, nixos, ... }:
let
  on = kernel: nixos [
    { electroscope.cgroup.favorDynMods = true; }
    ({ pkgs, ... }: { boot.kernelPackages = pkgs.${kernel}; })
  ];
  done = evaluation: {
    parameter = lib.elem "cgroup_favordynmods=1" evaluation.config.boot.kernelParams;
    unit = evaluation.config.systemd.services ? electroscope-favordynmods;
  };
  mount = (on "linuxPackages_6_6").config.systemd.services.electroscope-favordynmods.serviceConfig.ExecStart;
in
{
  "favordynmods by the kernel" = {
    actual = map (version: done (on version)) [ "linuxPackages" "linuxPackages_6_12" "linuxPackages_6_6" ];
    expected = [
      { parameter = true; unit = false; }
      { parameter = true; unit = false; }
      { parameter = false; unit = true; }
    ];
  };
  "a remount keeps what systemd has mounted with" = {
    actual = lib.last (lib.splitString "bin/" mount);
    expected = "mount -o remount,nsdelegate,memory_recursiveprot,favordynmods /sys/fs/cgroup";
  };
  "off, nothing is there" = { actual = done (nixos { }); expected = { parameter = false; unit = false; }; };
}
