#!/bin/bash
# run.sh [-update] [NAME]: tests the Nix tree without nixpkgs, with Debian's Nix 2.26 and 2.34, and parses every file with 2.8.
# NAME: only cases/NAME.nix, which may be a pattern. -update: write the golden files anew. README.md tells of the cases.
#
# Hooks, for where more is at hand than in CI; all else runs as well:
#   NIX_TEST_NIXPKGS=DIR  every case with a real nixpkgs too: its lib, its package set and all of NixOS' modules
#   NIX_TEST_HM=DIR       with that, the modules of home-manager's source in the place of the options file
#   NIX_TEST_PLASMA=DIR   and those of plasma-manager's
# An evaluation of all of NixOS takes seconds, and there are hundreds: name the cases to run.
set -eu

here=$(dirname "$(readlink -f "$0")")
cd "$here/../.."
say() { printf 'nix: %s\n' "$*" >&2; }

arguments=() only=''
for argument; do
	case $argument in -*) arguments+=("$argument") ;; *) only=$argument ;; esac
done

# Nix builds in a sandbox of its own, for which the kernel must make user namespaces. In a chroot it makes none (user_namespaces(7)).
unshare --user true 2>/dev/null || {
	say "no user namespaces here, and Nix cannot build without (remedy: run this in no chroot; sysctl user.max_user_namespaces)"
	exit 99
}

started=$SECONDS
for suite in bookworm trixie sid; do
	bash tests/rig/nix.sh "$suite" >/dev/null
done
bash tests/rig/kconfig.sh >/dev/null

mkdir -p build
go test -c -tags rig -o build/nix.test ./tests/nix
checkout=$PWD
cd tests/nix
if [ -n "$only" ]; then
	say "cases/$only.nix"
	"$checkout/build/nix.test" -test.run "^TestCases\$/^($only)\$" -test.parallel 2 -test.timeout 10m "${arguments[@]}"
else
	say "every case with Nix 2.26 and 2.34, every file with 2.8"
	"$checkout/build/nix.test" -test.parallel 2 -test.timeout 10m "${arguments[@]}"
fi
say "took $((SECONDS - started)) s; all passed"
