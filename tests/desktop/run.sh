#!/bin/bash
# run.sh [BINARY]: tests what electroscope (build/electroscope) installs for the desktop: real Chromium by its entry, by a URL and
# from autostart, real entries of Debian, what KDE reads after doctor --fix, units under the systemd of this machine, of trixie and of
# sid. Any failure fails it.
set -eu

here=$(dirname "$(readlink -f "$0")")
checkout=$(readlink -f "$here/../..")
cd "$checkout"
say() { printf 'desktop: %s\n' "$*" >&2; }

ELECTROSCOPE_BIN=$(readlink -e "${1:-build/electroscope}") || { say "no ${1:-build/electroscope} (remedy: make build)" && exit 99; }
ELECTROSCOPE_ENTRIES=$(bash tests/desktop/entries.sh) || exit 99
ELECTROSCOPE_KCONFIG=$(bash tests/rig/kconfig.sh) || exit 99
export ELECTROSCOPE_BIN ELECTROSCOPE_ENTRIES ELECTROSCOPE_KCONFIG
bind=(--bind "$ELECTROSCOPE_ENTRIES" --bind "$(dirname "$ELECTROSCOPE_KCONFIG")") # the rig shows the checkout only
case $ELECTROSCOPE_BIN in "$checkout"/*) ;; *) bind+=(--bind "$(dirname "$ELECTROSCOPE_BIN")") ;; esac
mkdir -p build
CGO_ENABLED=0 go test -c -tags rig -o build/desktop.test ./tests/desktop

failed=()
in_rig() { # NAME [RIG-OPTION...] -- TEST [TEST-OPTION...]
	local name=$1
	shift
	say "$name"
	bash tests/rig/session.sh "${bind[@]}" --timeout 400 "$@" || failed+=("$name")
}

in_rig "this machine's desktop" --bus --xvfb -- build/desktop.test
for suite in trixie sid; do
	in_rig "units, $suite" --suite "$suite" --bus -- build/desktop.test -test.run '^TestUnits'
done
[ ${#failed[@]} -eq 0 ] || { printf 'desktop: failed: %s\n' "${failed[@]}" >&2 && exit 1; }
say "all passed"
