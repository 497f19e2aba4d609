# nix/nixos/sysctl.nix: seven values, each a preset.
{ lib, nixos, ... }:
let
  on = module: nixos [ { electroscope.sysctl.enable = true; } module ];
  ours = module: lib.filterAttrs (name: _: lib.elem name (lib.attrNames plan)) (on module).config.boot.kernel.sysctl;
  plan = {
    "vm.swappiness" = 67;
    "vm.vfs_cache_pressure" = 125;
    "vm.overcommit_memory" = 0;
    "vm.overcommit_ratio" = 50;
    "vm.dirty_ratio" = 10;
    "vm.dirty_background_ratio" = 5;
    "vm.panic_on_oom" = 0;
  };
  # docs/plan.md, 0.1.
  forced.boot.kernel.sysctl = lib.mapAttrs (_: lib.mkForce) plan;
in
{
  "sysctl has the plan's seven values" = { actual = ours { }; expected = plan; };
  "sysctl gives way to plain values, each by itself" = {
    actual = lib.mapAttrs (name: _: (on { boot.kernel.sysctl.${name} = 1; }).config.boot.kernel.sysctl.${name}) plan;
    expected = lib.mapAttrs (_: _: 1) plan;
  };
  # What people write in their configurations, and the driver of NixOS' own VM tests: a second mkDefault fails though it is equal.
  "sysctl gives way to what another module proposes, equal or not" = {
    actual = map (value: (on { boot.kernel.sysctl."vm.swappiness" = lib.mkDefault value; }).config.boot.kernel.sysctl."vm.swappiness") [ 10 67 ];
    expected = [ 10 67 ];
  };
  "sysctl leaves out what is null" = {
    actual = builtins.match ".*vm.swappiness.*" (on { boot.kernel.sysctl."vm.swappiness" = null; }).text."sysctl.d/60-nixos.conf";
    expected = null;
  };
  "sysctl.d" = { actual = (on { }).text."sysctl.d/60-nixos.conf"; golden = "nixos/60-nixos.conf"; };

  "mistake 13: the plan's mkForce beside another fails, though equal" = {
    actual = (nixos [ forced { boot.kernel.sysctl."vm.swappiness" = lib.mkForce 67; } ]).config.boot.kernel.sysctl."vm.swappiness";
    error = "vm.swappiness";
  };
  "mistake 13: ours stands beside the plan's" = { actual = ours forced; expected = plan; };
}
