# nix/nixos/zram.nix: zramSwap, and what zram-generator is told.
{ lib, nixos, profiles, ... }:
let
  on = module: nixos [
    {
      electroscope.profile = profiles.shoshin;
      electroscope.zram.enable = true;
    }
    module
  ];
  set = evaluation: { inherit (evaluation.config.zramSwap) enable algorithm memoryPercent priority; };
  share = percent: profiles.shoshin // { memory = { ram = 16; zram = { inherit percent; }; }; };
  shoshin = on { };
in
{
  "zram is zstd, 75 % of the RAM, priority 100" = {
    actual = set shoshin;
    expected = { enable = true; algorithm = "zstd"; memoryPercent = 75; priority = 100; };
  };
  "zram takes its share from the profile" = {
    actual = (on { electroscope.profile = lib.mkForce (share 50); }).config.zramSwap.memoryPercent;
    expected = 50;
  };
  "zram gives way to plain values" = {
    actual = set (on { zramSwap = { enable = false; algorithm = "lz4"; memoryPercent = 25; priority = 5; }; });
    expected = { enable = false; algorithm = "lz4"; memoryPercent = 25; priority = 5; };
  };
  "zram gives way to what another module proposes" = {
    actual = set (on { zramSwap = lib.mapAttrs (_: lib.mkDefault) { enable = true; algorithm = "lz4"; memoryPercent = 25; priority = 5; }; });
    expected = { enable = true; algorithm = "lz4"; memoryPercent = 25; priority = 5; };
  };
  "zram-generator.conf of shoshin" = {
    actual = shoshin.text."systemd/zram-generator.conf";
    golden = "nixos/zram-generator.conf";
  };
  "zram refuses a share of nothing" = {
    actual = set (on { electroscope.profile = lib.mkForce (share 0); });
    error = "electroscope.profile.memory.zram.percent";
  };
  "zram brings the sysctls along, and they can stay away" = {
    actual = map (module: (on module).config.boot.kernel.sysctl ? "vm.swappiness") [
      { }
      { electroscope.sysctl.enable = false; }
    ];
    expected = [ true false ];
  };

  # "About 17GB" is what the check in docs/plan.md waits for. tests/vm/foundation.sh computes it from MemTotal.
  "mistake 14: the plan's 75 % are 12 GiB, and never its 17" = {
    actual = {
      share = shoshin.config.services.zram-generator.settings.zram0.zram-size;
      gib = profiles.shoshin.memory.ram * shoshin.config.zramSwap.memoryPercent / 100;
    };
    expected = { share = "75 / 100 * ram"; gib = 12; };
  };
  # Documentation/admin-guide/sysctl/vm.rst: the ratio counts "when overcommit_memory is set to 2".
  "mistake 14: overcommit_ratio is set where it has no effect" = {
    actual = { inherit (shoshin.config.boot.kernel.sysctl) "vm.overcommit_memory" "vm.overcommit_ratio"; };
    expected = { "vm.overcommit_memory" = 0; "vm.overcommit_ratio" = 50; };
  };
}
