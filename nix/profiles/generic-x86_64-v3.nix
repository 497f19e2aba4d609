# Any x86-64 of the last ten years with AVX2 (Haswell, Zen and later), when nothing more is known: of its RAM and threads nothing is.
{
  name = "generic-x86_64-v3";
  cpu.family = "x86-64-v3";
  gpu.vendor = "none";
  storage.kind = "ssd";
}
