# Any x86-64 of the last ten years with AVX2 (Haswell, Zen and later), when nothing more is known.
{
  name = "generic-x86_64-v3";
  cpu = {
    family = "x86-64-v3";
    cores = 4;
    threads = 8;
  };
  build = {
    compiler = {
      march = "x86-64-v3";
      mtune = "generic"; # -mtune knows no levels
      optimizationLevel = "2";
    };
    goamd64 = "v3";
  };
  gpu.vendor = "none";
  memory.ram = 16;
  storage.kind = "ssd";
}
