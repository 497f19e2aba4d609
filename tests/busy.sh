#!/bin/bash
# busy.sh TIMES COMMAND [ARG...]: runs COMMAND so many times on a machine that is kept busy, and counts those that pass. Any
# failure fails it; nothing is repeated to make it pass. The load: two loops without pause for each processor, one that forks
# without pause, and one that writes 64 MB and waits for the disk. It ends with the command.
set -eu

say() { printf 'busy: %s\n' "$*" >&2; }
usage() { sed -n '2s/^# //p' "$0" >&2; exit 99; }
case ${1:-} in '' | *[!0-9]*) usage ;; esac
[ $# -gt 1 ] || usage
times=$1
shift

scratch=$(mktemp /tmp/electroscope-busy.XXXXXX)
loads=()
# shellcheck disable=SC2317 # the trap calls it
finish() {
	kill "${loads[@]}" 2>/dev/null || true
	wait "${loads[@]}" 2>/dev/null || true
	rm -f "$scratch"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

loops=$((2 * $(nproc)))
for ((i = 0; i < loops; i++)); do
	(while :; do :; done) &
	loads+=($!)
done
(while :; do /bin/true; done) &
loads+=($!)
(while :; do dd if=/dev/zero of="$scratch" bs=1M count=64 conv=fsync status=none; done) &
loads+=($!)
say "$loops loops, one that forks, one that writes, on $(nproc) processors: $times times: $*"

passed=0
for ((run = 1; run <= times; run++)); do
	began=$SECONDS result=FAILED
	"$@" </dev/null && result=passed && passed=$((passed + 1))
	say "run $run: $result in $((SECONDS - began)) s, load $(cut -d ' ' -f 1 /proc/loadavg)"
done
say "$passed of $times passed"
[ "$passed" = "$times" ]
