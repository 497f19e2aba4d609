# NixOS: what lies under the apps. Each part is off until enabled, and gone when it is disabled again.
{
  electroscope = {
    profile = import ./profile.nix;

    zram.enable = true; # compressed swap in RAM, and the kernel's memory settings that go with it
    slices.enable = true; # no user takes the whole machine
    oomd.enable = true; # when RAM and swap are both full, one app ends, not the session
    io.enable = true; # the I/O scheduler of the profile
    nvidiaVaapi.enable = true; # NVIDIA's driver and video decoding; CHANGE: false for any other card

    # glibc and zlib compiled for this machine. Everything depends on them, so all of NixOS is then built from source, without
    # the binary cache, for days. Nothing here needs it; what it gains is not measured.
    systemLibs.enable = false;
  };

  nixpkgs.config.allowUnfree = true; # NVIDIA's driver

  # Two definitions of a sysctl are an error in NixOS unless they differ in priority. Ours are weaker than mkDefault, so any other wins:
  # boot.kernel.sysctl."vm.swappiness" = 100;
}
