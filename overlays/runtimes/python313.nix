# Python, the interpreter; extension modules are compiled as before. LTO is on in nixpkgs. PGO is not: it trains on
# Python's tests while building and gives other bytes each time (docs.python.org, --enable-optimizations).
{
  append,
  flags,
  pythonPgo,
  ...
}:
prev:
let
  trained = prev.python313.override { enableOptimizations = true; };
in
{
  python313 = append "NIX_CFLAGS_COMPILE" flags.c (if pythonPgo then trained else prev.python313);
}
