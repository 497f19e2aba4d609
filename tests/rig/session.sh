#!/bin/bash
# session.sh [--suite bookworm|trixie|sid | --manager bookworm|trixie|sid] [--uid N] [--bus [--broker]] [--xvfb] [--no-manager]
#            [--view v2|hybrid] [--bind DIR]... [--timeout SECONDS] [--quiet] -- COMMAND [ARG...]
#
# Runs COMMAND as an ordinary user beside a real "systemd --user", on any Linux where we are root; PID 1 need not be systemd.
# Everything happens in namespaces (mount, PID, cgroup) over a throw-away overlay of the machine's files (or of a suite's), see
# inside.sh; with --manager only the manager and its bus are the suite's, and all else, such as Chromium, is the machine's: when the command ends, the kernel ends the rest and nothing has been written. COMMAND keeps stdin, stdout, stderr
# and its exit status; 99 is the rig's own failure, 124 the timeout.
set -eu

here=$(dirname "$(readlink -f "$0")")
checkout=$(readlink -f "$here/../..")

die() { printf 'rig: %s\n' "$*" >&2; exit 99; }
usage() { sed -n '2,3s/^# //p' "$0" >&2; exit 99; }

# The rig hands its settings to inside.sh as RIG_ variables.
export RIG_SUITE=host RIG_LOWER=/ RIG_UID=1000 RIG_VIEW=v2 RIG_MANAGER=yes RIG_MANAGER_LOWER='' RIG_BUS='' RIG_BROKER='' RIG_XVFB='' RIG_QUIET='' RIG_TIMEOUT=900
export RIG_BINDS=$checkout RIG_CWD=$PWD
manager='' broker=''
while [ $# -gt 0 ]; do
	case $1 in
	--suite) RIG_SUITE=${2:?} && shift ;;
	--manager) manager=${2:?} && shift ;;
	--uid) RIG_UID=${2:?} && shift ;;
	--view) RIG_VIEW=${2:?} && shift ;;
	--bind) RIG_BINDS+=$'\n'$(readlink -e "${2:?}") || die "--bind $2: no such folder" && shift ;;
	--timeout) RIG_TIMEOUT=${2:?} && shift ;;
	--bus) RIG_BUS=yes ;;
	--broker) broker=yes ;;
	--xvfb) RIG_XVFB=yes ;;
	--no-manager) RIG_MANAGER='' ;;
	--quiet) RIG_QUIET=yes ;;
	--) shift && break ;;
	*) usage ;;
	esac
	shift
done
[ $# -gt 0 ] || usage
case $RIG_SUITE in host | bookworm | trixie | sid) ;; *) die "--suite $RIG_SUITE: bookworm, trixie or sid" ;; esac
case $manager in '' | bookworm | trixie | sid) ;; *) die "--manager $manager: bookworm, trixie or sid" ;; esac
case $RIG_VIEW in v2 | hybrid) ;; *) die "--view $RIG_VIEW: v2 or hybrid" ;; esac
case $RIG_UID in '' | 0 | *[!0-9]*) die "--uid $RIG_UID: the number of an ordinary user" ;; esac
[ "$(id -u)" = 0 ] || die "namespaces and users need root"
cgroup2=$(awk '$3 == "cgroup2" { print $2; exit }' /proc/mounts)
[ -n "$cgroup2" ] || die "no cgroup2 is mounted (remedy: mount -t cgroup2 cgroup2 /sys/fs/cgroup)"
[ "$RIG_SUITE" = host ] || RIG_LOWER=$(exec setpriv --pdeathsig TERM -- "$here/suite.sh" "$RIG_SUITE")
if [ -n "$manager" ]; then
	[ "$RIG_SUITE" = host ] || die "--manager is for the machine's own programs, not --suite $RIG_SUITE"
	RIG_MANAGER_LOWER=$(exec setpriv --pdeathsig TERM -- "$here/suite.sh" "$manager")
	RIG_SUITE=$manager
fi
if [ -n "$broker" ]; then # dbus-broker in the place of dbus-daemon
	[ -n "$RIG_BUS" ] || die "--broker goes with --bus"
	case $RIG_SUITE in host) of=bookworm ;; *) of=$RIG_SUITE ;; esac
	RIG_BROKER=$(exec setpriv --pdeathsig TERM -- bash "$here/broker.sh" "$of")
fi

# Control groups are all that outlives a namespace: ours is named for our PID, and those of dead rigs go first.
for old in "$cgroup2"/electroscope-rig.*; do
	[ ! -d "$old" ] || [ -d "/proc/${old##*.}" ] || find "$old" -depth -type d -exec rmdir {} + 2>/dev/null || true
done
group=$cgroup2/electroscope-rig.$$
inside=

# shellcheck disable=SC2317 # the trap calls it
finish() {
	trap '' INT TERM HUP
	[ -z "$inside" ] || { kill -KILL "$inside" && wait "$inside"; } 2>/dev/null || true # --kill-child: PID 1 in there dies with it
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

mkdir "$group"
# bash gives a background job /dev/null as stdin and ignores SIGINT for it: <&0 here and "env --default-signal" inside undo that.
(
	echo "$BASHPID" >"$group/cgroup.procs"
	exec setpriv --pdeathsig KILL -- \
		unshare --mount --propagation private --pid --fork --kill-child --cgroup -- bash "$here/inside.sh" "$@"
) <&0 &
inside=$!
status=0
wait "$inside" || status=$?
inside=
exit "$status"
