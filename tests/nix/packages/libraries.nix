# Fake libraries and languages: names, versions, flags and who needs whom, as nixpkgs has them (26.11-pre, 2026-07). An overlay on one
# of them changes the derivation of all that need it, as it would there.
lib: final:
let
  # A library of which only flags and needs matter. `more` overrides all.
  library =
    name: needs: more:
    final.callPackage (
      { stdenv, enableOptimizations ? false }:
      stdenv.mkDerivation (
        {
          pname = name;
          version = "1.0";
          buildInputs = map (need: final.${need}) needs;
          buildCommand = "mkdir -p $out/lib && echo ${name} > $out/lib/${name}";
          meta.description = "fake ${name}";
          configureFlags = lib.optional enableOptimizations "--enable-optimizations";
        }
        // more
      )
    ) { };

  # What a library needs among these, and what its build says to the compiler.
  plain = {
    zstd = [ ];
    lz4 = [ ];
    snappy = [ ];
    brotli = [ ];
    openssl = [ ];
    libgcrypt = [ ];
    libsodium = [ ];
    nghttp2 = [ "openssl" "zlib" ];
    nghttp3 = [ ];
    libssh2 = [ "openssl" "zlib" ];
    libevent = [ "openssl" ];
    libuv = [ ];
    libjpeg_turbo = [ ];
    libpng = [ "zlib" ];
    libwebp = [ "libpng" "libjpeg_turbo" "giflib" ];
    giflib = [ ];
    freetype = [ "zlib" "bzip2" "brotli" "libpng" ];
    harfbuzz = [ "freetype" ];
    fontconfig = [ "freetype" "expat" ];
    expat = [ ];
    libxml2 = [ "zlib" "xz" ];
    libxslt = [ "libxml2" ];
    jansson = [ ];
    curl = [ "brotli" "nghttp2" "libssh2" "openssl" "zlib" "zstd" ];
    libdeflate = [ ];
    nettle = [ ];
    json_c = [ ];
    libyaml = [ ];
    c-ares = [ ];
    libtiff = [ "libjpeg_turbo" "zlib" "zstd" "libdeflate" ];
    lcms2 = [ "libtiff" ];
    openjpeg = [ "libpng" "libtiff" "lcms2" ];
    pixman = [ "libpng" ];
    cairo = [ "fontconfig" "freetype" "libpng" "pixman" ];
    libopus = [ ];
    icu = [ ];
    mold = [ ];
    libva = [ ];
    libvdpau = [ ];
    libvdpau-va-gl = [ "libva" "libvdpau" ];
    nvidia-vaapi-driver = [ "libva" ];
    libva-vdpau-driver = [ "libva" "libvdpau" ];
  };
in
lib.mapAttrs (name: needs: library name needs { }) plain
// {
  # pkgs/top-level/aliases.nix, since 2025-10.
  vaapiVdpau = throw "'vaapiVdpau' has been renamed to/replaced by 'libva-vdpau-driver'";

  # Parts of stdenv, brought forward from the bootstrap (default.nix).
  glibc = library "glibc" [ ] { env.NIX_CFLAGS_COMPILE = ""; };
  zlib = library "zlib" [ ] { env.NIX_CFLAGS_COMPILE = "-static-libgcc"; };
  bzip2 = library "bzip2" [ ] { };
  xz = library "xz" [ ] { };
  pcre2 = library "pcre2" [ ] { configureFlags = [ "--enable-jit=auto" ]; };

  # Its flags are what it can do.
  sqlite = library "sqlite" [ "zlib" ] {
    env.NIX_CFLAGS_COMPILE = toString [
      "-DSQLITE_ENABLE_COLUMN_METADATA"
      "-DSQLITE_ENABLE_FTS3"
      "-DSQLITE_ENABLE_FTS4"
      "-DSQLITE_ENABLE_FTS5"
      "-DSQLITE_ENABLE_RTREE"
      "-DSQLITE_ENABLE_UNLOCK_NOTIFY"
      "-DSQLITE_MAX_VARIABLE_NUMBER=250000"
    ];
  };
  # Shapes that nixpkgs still has in places: the variable at the top level, as a string and as a list.
  fakeWithTopLevelFlags = library "fake-top-level" [ ] { NIX_CFLAGS_COMPILE = "-DTOP"; };
  fakeWithListOfFlags = library "fake-list" [ ] { NIX_CFLAGS_COMPILE = [ "-DONE" "-DTWO" ]; };

  nodejs-slim_24 = library "nodejs-slim" [ "openssl" "zlib" "brotli" "libuv" "nghttp2" "sqlite" "zstd" ] { version = "24.4.0"; };
  nodejs_24 = final.symlinkJoin { name = "nodejs-24.4.0"; paths = [ final.nodejs-slim_24 ]; };
  python313 = library "python3" [ "openssl" "sqlite" "zlib" "xz" "bzip2" "expat" ] { version = "3.13.5"; };
  python3 = final.python313;
  rustc = library "rustc-wrapper" [ ] { version = "1.90.0"; buildCommand = "mkdir -p $out/bin\nprintf '#!/bin/bash\\necho \"$@\"\\n' > $out/bin/rustc\nchmod +x $out/bin/rustc\n"; };
  go_1_25 = library "go" [ ] { version = "1.25.0"; env.GOAMD64 = "v1"; };
  go = final.go_1_25;
  libjpeg = final.libjpeg_turbo;
}
