# nix/nixos/slices.nix: the users' slices, and the display manager's service.
{ lib, nixos, profiles, ... }:
let
  on = module: nixos [
    {
      electroscope.profile = lib.mkDefault profiles.shoshin;
      electroscope.slices.enable = true;
      zramSwap.enable = true;
    }
    module
  ];
  user = module: (on module).config.systemd.slices."user-".sliceConfig;
  machine = ram: threads: profiles.shoshin // { memory = { inherit ram; }; cpu = profiles.shoshin.cpu // { inherit threads; }; };
  # What is written of these units.
  written = prefix: evaluation: lib.filter (lib.hasPrefix "systemd/system/${prefix}") (lib.attrNames evaluation.text);
  sddm.services.displayManager.sddm.enable = true;
  # With SDDM: the display manager's settings.
  protected = displayManager: (on { imports = [ sddm ]; electroscope.slices = { inherit displayManager; }; });
  serviceOf = evaluation: evaluation.text."systemd/system/display-manager.service";
  # Of the services, those that have a setting of ours, with these settings.
  services =
    module:
    lib.filterAttrs (_: of: of != { }) (
      lib.mapAttrs (_: service: lib.intersectAttrs protection service.serviceConfig) (on module).config.systemd.services
    );

  protection = { MemoryLow = "512M"; ManagedOOMPreference = "avoid"; };
  # docs/plan.md, 0.2.
  plan.systemd = {
    slices."user-".sliceConfig = { MemoryHigh = "12G"; MemoryMax = "14G"; CPUQuota = "600%"; };
    services.display-manager.serviceConfig = { OOMScoreAdjust = -900; MemoryHigh = "512M"; MemoryMax = "1G"; };
  };
in
{
  "slices of 16 GB and 8 threads are the plan's" = {
    actual = user { };
    expected = { MemoryHigh = "12G"; MemoryMax = "14G"; CPUQuota = "600%"; };
  };
  "slices are relative to the machine" = {
    actual = map (profile: user { electroscope = { inherit profile; }; }) [ (machine 32 16) (machine 6 4) (machine 1 1) ];
    expected = [
      { MemoryHigh = "24G"; MemoryMax = "28G"; CPUQuota = "1200%"; }
      { MemoryHigh = "4608M"; MemoryMax = "5376M"; CPUQuota = "300%"; }
      { MemoryHigh = "768M"; MemoryMax = "896M"; CPUQuota = "75%"; }
    ];
  };
  "slices of a machine of which nothing is known are shares of what systemd finds" = {
    actual = map (profile: (nixos [ { electroscope = { slices.enable = true; } // profile; } ]).config.systemd.slices."user-".sliceConfig) [
      { }
      { profile.memory.ram = 64; }
      { profile.cpu.threads = 32; }
    ];
    expected = [
      { MemoryHigh = "75%"; MemoryMax = "87.5%"; }
      { MemoryHigh = "48G"; MemoryMax = "56G"; }
      { MemoryHigh = "75%"; MemoryMax = "87.5%"; CPUQuota = "2400%"; }
    ];
  };
  "slices take other limits, and none" = {
    actual = user { electroscope.slices = { memoryHigh = null; memoryMax = "90%"; cpuQuota = null; }; };
    expected.MemoryMax = "90%";
  };
  "slices give way to plain values" = {
    actual = (user { systemd.slices."user-".sliceConfig.MemoryMax = "infinity"; }).MemoryMax;
    expected = "infinity";
  };
  "slices refuse what systemd would" = {
    actual = user { electroscope.slices.memoryHigh = "12 GB"; };
    error = "electroscope.slices.memoryHigh";
  };
  "slices warn where there is no swap" = {
    actual = map (module: lib.length (on module).warnings) [
      { zramSwap.enable = lib.mkForce false; }
      { zramSwap.enable = lib.mkForce false; electroscope.slices.memoryHigh = null; }
      { zramSwap.enable = lib.mkForce false; swapDevices = [ { device = "/dev/sda2"; } ]; }
      { }
    ];
    expected = [ 1 0 0 0 ];
  };
  "user-.slice.d" = {
    actual = (on { }).text."systemd/system/user-.slice.d/overrides.conf";
    golden = "nixos/user-.slice.d/overrides.conf";
  };

  "slices protect the display manager that is enabled" = {
    actual = map services [
      { }
      sddm
      { services.displayManager.gdm.enable = true; }
      { services.greetd.enable = true; }
      { services.displayManager.plasma-login-manager.enable = true; }
      { services.displayManager.lemurs.enable = true; } # has no unit of its own name
    ];
    expected = [
      { }
      { display-manager = protection; }
      { display-manager = protection; }
      { greetd = protection; }
      { plasmalogin = protection; }
      { display-manager = protection; }
    ];
  };
  "slices leave a display manager alone if asked" = {
    actual =
      let
        left = protected { unit = null; };
      in
      lib.intersectAttrs protection (
        left.config.systemd.slices.system.sliceConfig // left.config.systemd.services.display-manager.serviceConfig
      );
    expected = { };
  };
  "system.slice" = { actual = (protected { }).text."systemd/system/system.slice"; golden = "nixos/system.slice"; };
  "display-manager.service" = { actual = serviceOf (protected { }); golden = "nixos/display-manager.service"; };
  "display-manager.service, capped as the plan has it" = {
    actual = serviceOf (protected { capped = true; });
    golden = "nixos/capped/display-manager.service";
  };

  "mistake 4: the plan's slice becomes a unit file, which systemd refuses" = {
    actual = written "user-." (nixos plan);
    expected = [ "systemd/system/user-.slice" ];
  };
  # TestRendered shows both to systemd.
  "mistake 4: the plan's user-.slice" = {
    actual = (nixos plan).text."systemd/system/user-.slice";
    golden = "nixos/plan/user-.slice";
  };
  "mistake 4: ours becomes a drop-in" = {
    actual = written "user-." (on { });
    expected = [ "systemd/system/user-.slice.d/overrides.conf" ];
  };

  "mistake 15: with plasmalogin the plan's settings are lost" = {
    actual = serviceOf (nixos [ plan { services.displayManager.plasma-login-manager.enable = true; } ]);
    expected = "-> plasmalogin.service\n";
  };
  "mistake 15: ours have no hard limit, under which X would be killed, unless asked" = {
    actual = map (
      capped: (protected { inherit capped; }).config.systemd.services.display-manager.serviceConfig.MemoryMax or "infinity"
    ) [ false true ];
    expected = [ "infinity" "1G" ];
  };
}
