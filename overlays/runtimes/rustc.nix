# Rust: what rustc makes is for the machine. rustc itself is not compiled anew: nixpkgs has no PGO build of it, hours of
# building would gain little, as most of its time is LLVM's. Instead bin/rustc names the processor, unless a target is
# named, which may be another machine's. The caller's own -C target-cpu comes later and wins.
#
# nixpkgs' own Rust programs are not touched: rustPlatform has a rustc of its own. For one of them:
# `pkg.overrideAttrs (old: { env = (old.env or { }) // { NIX_RUSTFLAGS = "-C target-cpu=skylake"; }; })`.
{ lib, flags, ... }:
prev:
let
  script = ''
    #!${prev.stdenv.shell}
    case " $* " in
      *" --target"*) exec ${prev.rustc}/bin/rustc "$@" ;;
      *) exec ${prev.rustc}/bin/rustc ${lib.escapeShellArgs flags.rust} "$@" ;;
    esac
  '';
in
{
  rustc = prev.rustc.overrideAttrs (old: {
    buildCommand = ''
      ${old.buildCommand}
      printf %s ${lib.escapeShellArg script} > $out/bin/rustc
    '';
  });
}
