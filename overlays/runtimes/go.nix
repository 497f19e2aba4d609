# Go, whatever version nixpkgs calls `go` (docs/plan.md has 1.24, which is past its end). A Go built with GOAMD64 set takes that for
# its default (src/cmd/dist/buildruntime.go), so what `go build` makes is for the machine, as is this compiler itself.
#
# nixpkgs' own Go programs are not touched: go_1_N builds them. For one of them, its own `env` is the place:
# `pkg.overrideAttrs (old: { env = old.env // { GOAMD64 = "v3"; }; })`.
{ lib, flags, ... }:
prev:
lib.optionalAttrs (flags.go != null) {
  go = prev.go.overrideAttrs (old: {
    env = (old.env or { }) // {
      GOAMD64 = flags.go;
    };
  });
}
