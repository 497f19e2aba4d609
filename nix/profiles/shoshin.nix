# The machine that docs/plan.md is for: i7-6700K, GTX 960 (4 GB), 16 GB DDR4, 500 GB NVMe.
{
  name = "shoshin";
  cpu = {
    family = "skylake";
    cores = 4;
    threads = 8;
  };
  build = {
    compiler = {
      march = "skylake";
      mtune = "skylake";
      optimizationLevel = "3";
    };
    goamd64 = "v3";
  };
  gpu = {
    vendor = "nvidia";
    generation = "maxwell";
    decode = [ "h264" "hevc" "hevc-main10" "vp8" "vp9" ]; # no AV1
  };
  memory = {
    ram = 16;
    zram.percent = 75;
  };
  storage = {
    kind = "nvme";
    scheduler = "none";
  };
  budget = {
    memory = "60%";
    cpus = "auto"; # half of the threads
  };
}
