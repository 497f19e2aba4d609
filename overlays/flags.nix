# What each compiler is told about a machine. A profile in, lists of words out.
profile:
let
  inherit (profile.build) compiler goamd64;
  cpu = [
    "-march=${compiler.march}"
    "-mtune=${compiler.mtune}"
  ];
in
{
  # For NIX_CFLAGS_COMPILE, which stands behind the package's own arguments and the hardening flags (nixpkgs,
  # pkgs/build-support/cc-wrapper/cc-wrapper.sh). GCC takes the last -O, so this one wins over the package's -O2;
  # hardening holds, as none of these undoes it.
  c = cpu ++ [
    "-O${compiler.optimizationLevel}"
    "-pipe"
    "-fno-semantic-interposition"
    "-fno-plt"
  ];

  # glibc takes less. No -O: it sets its own, for some files another one, and refuses to do without
  # (include/libc-symbols.h); Gentoo pins it to -O2. No -fno-semantic-interposition, no -fno-plt: its own calls are bound
  # to hidden aliases already, and what is left to interpose is so on purpose (glibc manual, Replacing malloc).
  glibc = cpu ++ [ "-pipe" ];

  # rustc's names for x86 processors are LLVM's, and those are GCC's (rustc --print target-cpus).
  rust = [
    "-C"
    "target-cpu=${compiler.march}"
  ];

  # The x86-64 level, v1 to v4, or null (go.dev/wiki/MinimumRequirements).
  go = goamd64;
}
