# nix/nixos/io.nix: a udev rule for one kind of device.
{ lib, nixos, profiles, ... }:
let
  on = storage: module: nixos [
    {
      electroscope.profile = profiles.shoshin // { inherit storage; };
      electroscope.io.enable = true;
    }
    module
  ];
  # Of the rules those of schedulers.
  text =
    evaluation:
    lib.concatMapStrings (rule: rule + "\n") (
      lib.filter (lib.hasInfix "queue/scheduler") (lib.splitString "\n" evaluation.config.services.udev.extraRules)
    );
  rule = storage: text (on storage { });
  names = rules: lib.filter (lib.hasPrefix "KERNEL==") (lib.splitString ", " rules);
in
{
  "99-local.rules of shoshin" = { actual = rule profiles.shoshin.storage; golden = "nixos/99-local.rules"; };
  "io of a disk that turns" = { actual = rule { kind = "disk"; scheduler = "bfq"; }; golden = "nixos/98-disk.rules"; };
  "io matches one kind of device" = {
    actual = map (kind: names (rule { inherit kind; scheduler = "none"; })) [ "nvme" "ssd" "disk" ];
    expected = [
      [ ''KERNEL=="nvme[0-9]*n[0-9]*"'' ]
      [ ''KERNEL=="sd[a-z]*|vd[a-z]*|mmcblk[0-9]*"'' ]
      [ ''KERNEL=="sd[a-z]*|vd[a-z]*"'' ]
    ];
  };
  "io leaves the kernel's choice where the profile has none" = { actual = rule { kind = "nvme"; }; expected = ""; };
  "io takes another scheduler" = {
    actual = lib.last (lib.splitString ", " (text (on profiles.shoshin.storage { electroscope.io.scheduler = "kyber"; })));
    expected = "ATTR{queue/scheduler}=\"kyber\"\n";
  };
  "io refuses a scheduler that Linux has no more" = {
    actual = rule { kind = "nvme"; scheduler = "noop"; };
    error = "electroscope.profile.storage.scheduler";
  };
}
