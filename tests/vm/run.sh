#!/bin/bash
# run.sh ELECTROSCOPE: the limits under a real kernel, in two virtual machines: one without swap, and one with zram, set up as the
# NixOS modules say (tests/nix/golden/nixos).
set -eu

electroscope=$(readlink -e "${1:?which electroscope?}")
here=$(dirname "$(readlink -f "$0")")
rendered=$here/../nix/golden/nixos

# enforce SWAP OPTION...: boots a machine by vm.sh with these options and runs enforce.sh there.
enforce() {
	local swap=$1 script status=0
	shift
	echo "vm: limits in a machine with swap: $swap"
	script=$(mktemp)
	{ echo "swap=$swap" && cat "$here/enforce.sh"; } >"$script"
	bash "$here/../rig/vm.sh" "$@" --copy "$electroscope:/opt/electroscope" -- "$script" || status=$?
	rm -f "$script"
	return "$status"
}

enforce none
enforce zram --root "$here/configure.sh" --copy "$here/foundation.sh:/opt/foundation.sh" \
	--copy "$rendered/60-nixos.conf:/etc/sysctl.d/60-nixos.conf" \
	--copy "$rendered/zram-generator.conf:/etc/systemd/zram-generator.conf" \
	--copy "$rendered/user-.slice.d:/etc/systemd/system/user-.slice.d" \
	--copy "$rendered/system.slice:/etc/systemd/system/system.slice" \
	--copy "$rendered/-.slice:/etc/systemd/system/-.slice" \
	--copy "$rendered/99-local.rules:/etc/udev/rules.d/99-local.rules" \
	--copy "$rendered/98-disk.rules:/etc/udev/rules.d/98-disk.rules"
