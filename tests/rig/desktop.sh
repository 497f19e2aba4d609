#!/bin/bash
# desktop.sh [--all] [--timeout SECONDS] [--quiet] -- COMMAND [ARG...]
#
# Boots a Debian trixie with real desktops (desktop-root.sh) as a container, with systemd as PID 1, journal, logind and buses, and runs
# COMMAND in there as root, beside the system's units. All of it is in namespaces (mount, PID, cgroup, network, IPC, host name) over a
# throw-away overlay, with the checkout at its own path, read-only. When COMMAND ends, the kernel ends the rest, and nothing has been
# written. COMMAND keeps stdin, stdout, stderr and its exit status; 99 is the rig's own failure, 124 the timeout.
set -eu

here=$(dirname "$(readlink -f "$0")")
say() { [ -n "$RIG_QUIET" ] || printf 'rig: %s\n' "$*" >&2; }
die() { printf 'rig: %s\n' "$*" >&2; exit 99; }
usage() { sed -n '2s/^# //p' "$0" >&2; exit 99; }

export RIG_QUIET='' RIG_ROOT='' RIG_CHECKOUT=''
kind=usual limit=600
while [ $# -gt 0 ]; do
	case $1 in
	--all) kind=all ;;
	--timeout) limit=${2:?} && shift ;;
	--quiet) RIG_QUIET=yes ;;
	--) shift && break ;;
	*) usage ;;
	esac
	shift
done
[ $# -gt 0 ] || usage
[ "$(id -u)" = 0 ] || die "namespaces and users need root"
cgroup2=$(awk '$3 == "cgroup2" { print $2; exit }' /proc/mounts)
[ -n "$cgroup2" ] || die "no cgroup2 is mounted (remedy: mount -t cgroup2 cgroup2 /sys/fs/cgroup)"
RIG_CHECKOUT=$(readlink -f "$here/../..")
RIG_ROOT=$(exec setpriv --pdeathsig TERM -- "$here/desktop-root.sh" $kind)

# Control groups are all that outlives a namespace: ours is named for our PID, and those of dead rigs go first, as in session.sh.
for old in "$cgroup2"/electroscope-rig.*; do
	[ ! -d "$old" ] || [ -d "/proc/${old##*.}" ] || find "$old" -depth -type d -exec rmdir {} + 2>/dev/null || true
done
group=$cgroup2/electroscope-rig.$$
inner=$group/container # no controller is handed on to it, on any machine: what systemd says of limits is all that can be read in there
machine=
console=$(mktemp -t electroscope-desktop.XXXXXX)

# shellcheck disable=SC2317 # the trap calls it
finish() {
	trap '' INT TERM HUP
	[ -z "$machine" ] || { kill -KILL "$machine" && wait "$machine"; } 2>/dev/null || true # --kill-child: PID 1 in there dies with it
	rm -f "$console"
	for _ in {1..200}; do
		find "$group" -depth -type d -exec rmdir {} + 2>/dev/null || true
		[ -d "$group" ] || return 0
		sleep 0.05
	done
	printf 'rig: control group %s is still busy\n' "$group" >&2
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
trap 'exit 129' HUP

# within COMMAND...: the calling subshell goes on as COMMAND in the container, in a control group beside PID 1's.
within() {
	echo "$BASHPID" >"$inner/command/cgroup.procs"
	exec nsenter --target "$init" --all -- env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 HOME=/root \
		ELECTROSCOPE_RIG=desktop "${passed[@]}" "$@"
}

mkdir -p "$inner/command"
(
	echo "$BASHPID" >"$inner/cgroup.procs"
	exec setpriv --pdeathsig KILL -- unshare --mount --propagation private --pid --fork --kill-child --cgroup --net --uts --ipc -- \
		bash "$here/desktop-boot.sh"
) <&- >"$console" 2>&1 &
machine=$!

# What COMMAND gets of our environment.
passed=()
for name in ${!ELECTROSCOPE_*}; do passed+=("$name=${!name}"); done

init=''
for _ in {1..300}; do
	init=$(pgrep --parent "$machine" || true)
	[ -z "$init" ] || [ "$(cat "/proc/$init/comm" 2>/dev/null)" != systemd ] || [ ! -S "/proc/$init/root/run/systemd/private" ] || break
	[ -d "/proc/$machine" ] || die "the container did not boot: $(tail -n 5 "$console")"
	sleep 0.1
done
[ -S "/proc/$init/root/run/systemd/private" ] || die "no systemd after 30 s: $(tail -n 5 "$console")"
state=$(within timeout 60 systemctl is-system-running --wait) || true
[ "$state" = running ] || die "the container is ${state:-still starting}: $(within systemctl --failed --plain --no-legend)"
say "systemd as PID 1 in $RIG_ROOT: $1"

status=0
(within timeout --foreground --kill-after 5 "$limit" env --chdir "$RIG_CHECKOUT" "$@") <&0 || status=$?
exit "$status"
