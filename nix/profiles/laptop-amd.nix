# A laptop with a Ryzen of the 6000 or 7000 series and its own Radeon.
{
  name = "laptop-amd";
  cpu = {
    family = "znver3";
    cores = 8;
    threads = 16;
  };
  build = {
    compiler = {
      march = "znver3";
      mtune = "znver3";
      optimizationLevel = "2";
    };
    goamd64 = "v3";
  };
  gpu = {
    vendor = "amd";
    generation = "rdna2";
    decode = [ "h264" "hevc" "hevc-main10" "vp9" "av1" ];
  };
  memory.ram = 16;
  storage = {
    kind = "nvme";
    scheduler = "none";
  };
}
