#!/bin/bash
# uml.sh [--memory MiB] [--root SCRIPT] [--copy SRC:DST]... [--timeout SECONDS] [--quiet] -- SCRIPT
#
# Boots a small Debian trixie with Chromium on User Mode Linux and runs the shell script SCRIPT there, as vm.sh does and with the same
# options. This kernel is an ordinary program and its processes run on the machine's own processor, so all goes at native speed: up in
# 3 s. It has one CPU, no PSI and no zstd for zram, and a program's own SIGSYS handler fails in it: Chromium needs --no-sandbox.
set -eu
# shellcheck source=tests/rig/machine.sh
. "$(dirname "$(readlink -f "$0")")/machine.sh"

options "$@"
[ "$(id -u)" = 0 ] || die "namespaces need root"
prepare uml-image.sh
# All that this kernel starts is in a PID namespace, and ends with it.
boot "User Mode Linux" unshare --mount --propagation private --pid --fork --kill-child -- bash "$here/uml-boot.sh" "$image" "$work" "$memory" \
	3>"$work/console" 4>"$work/status"
conclude
