# The packages that the overlays compile anew, by their names in nixpkgs.
{
  # docs/plan.md, 1.2: what programs link.
  libraries = [
    # compression
    "zstd"
    "bzip2"
    "xz"
    "lz4"
    "snappy"
    "brotli"
    # cryptography
    "openssl"
    "libgcrypt"
    "libsodium"
    # data
    "sqlite"
    "expat"
    "libxml2"
    "jansson"
    "pcre2"
    # network and event loops
    "curl"
    "nghttp2"
    "libssh2"
    "libevent"
    "libuv"
    # pictures and fonts
    "libjpeg_turbo" # libjpeg-turbo; nixpkgs' libjpeg is this one
    "libpng"
    "libwebp"
    "giflib"
    "freetype"
    "harfbuzz"
    "fontconfig"

    # The plan's list ends with "and the rest of that kind": these.
    "libdeflate"
    "nettle"
    "json_c"
    "libyaml"
    "libxslt"
    "c-ares"
    "nghttp3"
    "libtiff"
    "lcms2"
    "openjpeg"
    "pixman"
    "cairo"
    "libopus"
  ];

  # Of these, what stdenv itself is made of. nixpkgs brings such a package forward from the bootstrap, behind all overlays
  # (pkgs/stdenv/linux/default.nix, `overrides` of the last stage), so an overlay that spares the bootstrap cannot change
  # it under its own name.
  inStdenv = [
    "bzip2"
    "xz"
    "pcre2"
  ];

  # docs/plan.md, 1.1: below everything else.
  bootstrap = [
    "glibc"
    "zlib"
  ];

  # docs/plan.md, 2.
  runtimes = [
    "nodejs_24"
    "python313"
    "rustc"
    "go"
  ];
}
