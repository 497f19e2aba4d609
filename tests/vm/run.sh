#!/bin/bash
# run.sh ELECTROSCOPE: the limits under a real kernel, in a virtual machine: once without swap, once with zram.
set -eu

electroscope=$(readlink -e "${1:?which electroscope?}")
here=$(dirname "$(readlink -f "$0")")
for swap in none zram; do
	echo "vm: limits in a machine with swap: $swap"
	script=$(mktemp)
	{ echo "swap=$swap" && cat "$here/enforce.sh"; } >"$script"
	status=0
	bash "$here/../rig/vm.sh" --swap "$swap" --copy "$electroscope:/opt/electroscope" -- "$script" || status=$?
	rm -f "$script"
	[ "$status" = 0 ] || exit "$status"
done
