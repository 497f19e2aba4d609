#!/bin/bash
# run.sh ELECTROSCOPE: what the NixOS modules say (tests/nix/golden/nixos) and what an app is held to there, under a PC's kernel, in an
# emulated machine. What needs neither is in tests/uml.
set -eu

electroscope=$(readlink -e "${1:?which electroscope?}")
here=$(dirname "$(readlink -f "$0")")
rendered=$here/../nix/golden/nixos

bash "$here/../rig/vm.sh" --timeout 420 --root "$here/configure.sh" --copy "$electroscope:/opt/electroscope" \
	--copy "$here/foundation.sh:/opt/foundation.sh" --copy "$here/doctor.sh:/opt/doctor.sh" \
	--copy "$rendered/60-nixos.conf:/etc/sysctl.d/60-nixos.conf" \
	--copy "$rendered/zram-generator.conf:/etc/systemd/zram-generator.conf" \
	--copy "$rendered/user-.slice.d:/etc/systemd/system/user-.slice.d" \
	--copy "$rendered/system.slice:/etc/systemd/system/system.slice" \
	--copy "$rendered/app.slice.d:/etc/systemd/user/app.slice.d" \
	--copy "$rendered/99-local.rules:/etc/udev/rules.d/99-local.rules" \
	--copy "$rendered/98-disk.rules:/etc/udev/rules.d/98-disk.rules" \
	-- "$here/enforce.sh"
