#!/bin/bash
# run.sh [--all] [--update] [BINARY]: logs in to real desktops and has electroscope (build/electroscope) launched by each of their ways:
# Plasma, GNOME, a wlroots compositor by uwsm, XFCE, Flatpak; with --all also those that `make test` has no room for. --update writes
# what came of it into docs/desktops.md. Any failure fails it.
set -eu

here=$(dirname "$(readlink -f "$0")")
cd "$here/../.."
say() { printf 'desktops: %s\n' "$*" >&2; }

tests=(PlasmaWayland GNOME UWSM XFCE Flatpak GNOMEBusy)
rig=(--timeout 400) update=
while [ $# -gt 0 ]; do
	case $1 in
	--all) rig=(--all --timeout 3000) && tests=(PlasmaWayland PlasmaX11 PlasmaIcon PlasmaRestore GNOME GNOMEKeys UWSM Sway XFCE XFCEPanel
		LXQt Cinnamon Openbox I3 Flatpak GNOMEBusy BusyLogin) ;;
	--update) update=yes ;;
	*) break ;;
	esac
	shift
done
ELECTROSCOPE_BIN=$(readlink -e "${1:-build/electroscope}") || { say "no ${1:-build/electroscope} (remedy: make build)" && exit 99; }
case $ELECTROSCOPE_BIN in "$PWD"/*) ;; *) say "$ELECTROSCOPE_BIN is not below $PWD, which is all that the rig shows" && exit 99 ;; esac
export ELECTROSCOPE_BIN
mkdir -p build
CGO_ENABLED=0 go test -c -tags rig -o build/desktops.test ./tests/desktops

# Each in a container of its own, fresh from the root.
started=$SECONDS failed=()
: >build/desktops.txt
for name in "${tests[@]}"; do
	say "$name"
	log=build/desktops.$name.log
	if ! bash tests/rig/desktop.sh "${rig[@]}" -- build/desktops.test -test.timeout 0 -test.v -test.run "^Test$name\$" >"$log" 2>&1; then
		failed+=("$name")
		cat "$log"
	fi
	grep -v '^=== ' "$log"
	grep $'^desktops\t' "$log" >>build/desktops.txt || true
done
say "took $((SECONDS - started)) s"
[ -z "$update" ] || go run ./tests/desktops/table build/desktops.txt docs/desktops.md
[ ${#failed[@]} -eq 0 ] || { say "failed: ${failed[*]}" && exit 1; }
say "all passed"
