# The machine, told once: machine.nix and home.nix both read this file. CHANGE it to yours; `nix flake check` finds what is misspelt.
# For one that is shipped, a whole file can be: `electroscope.lib.hardwareProfiles.shoshin`.
{
  name = "shoshin";

  cpu = {
    family = "skylake"; # as GCC's -march spells it: gcc -march=native -Q --help=target | grep march
    cores = 4;
    threads = 8;
  };

  # Only what you compile yourself is made with these: nothing, until systemLibs is on.
  build = {
    compiler = {
      march = "skylake";
      mtune = "skylake";
      optimizationLevel = "2";
    };
    goamd64 = "v3"; # v3: AVX2, Haswell and Zen or later
  };

  gpu = {
    vendor = "nvidia"; # nvidia, amd, intel or none
    generation = "maxwell"; # decides which branch of NVIDIA's driver knows the card
    decode = [ "h264" "hevc" "hevc-main10" "vp8" "vp9" ]; # what `vainfo` lists with VAEntrypointVLD
  };

  memory = {
    ram = 16; # GiB; the caps of all apps and users are shares of it
    zram.percent = 75;
  };

  storage = {
    kind = "nvme"; # nvme, ssd or disk
    scheduler = "none"; # null leaves the kernel's choice
  };

  # What all apps together may use.
  budget = {
    memory = "60%"; # of the RAM
    cpus = "50%"; # of the threads
  };
}
