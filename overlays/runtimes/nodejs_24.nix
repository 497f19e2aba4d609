# Node.js, V8 included. Since nixos-26.05 nodejs_24 is links to nodejs-slim_24, and that is what gets compiled
# (pkgs/development/web/nodejs/symlink.nix). zlib, OpenSSL, SQLite, libuv and others it takes from nixpkgs: system-libs.
{ append, flags, ... }:
prev:
let
  name = if prev ? nodejs-slim_24 then "nodejs-slim_24" else "nodejs_24";
in
{
  ${name} = append "NIX_CFLAGS_COMPILE" flags.c prev.${name};
}
