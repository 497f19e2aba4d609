#!/bin/bash
# run.sh [--update] [BINARY]: breaks what a launch of electroscope (build/electroscope) depends on: the manager's replies, sockets
# and life, under systemd of this machine, of trixie and of sid, over dbus-daemon and dbus-broker; its system calls; what a process
# inherits, limits, files, dead file systems, stderr. With ELECTROSCOPE_SOAK=1 it tries all there is, not a sample. --update writes
# what came of it into docs/faults.md. Any failure fails it; ELECTROSCOPE_SEED is what it prints.
set -eu

here=$(dirname "$(readlink -f "$0")")
checkout=$(readlink -f "$here/../..")
cd "$checkout"
say() { printf 'faults: %s\n' "$*" >&2; }

update=
[ "${1:-}" != --update ] || { update=yes && shift; }
ELECTROSCOPE_BIN=$(readlink -e "${1:-build/electroscope}") || { say "no ${1:-build/electroscope} (remedy: make build)" && exit 99; }
export ELECTROSCOPE_BIN
bind=() # the rig shows the checkout only
case $ELECTROSCOPE_BIN in "$checkout"/*) ;; *) bind=(--bind "$(dirname "$ELECTROSCOPE_BIN")") ;; esac
mkdir -p build
CGO_ENABLED=0 go test -c -tags rig -o build/faults.test ./tests/faults
CGO_ENABLED=0 go build -o build/deadfs ./tests/faults/deadfs
dead=$(mktemp -d /tmp/electroscope-dead.XXXXXX)
limit=480 # a bound: each takes a minute or three
[ -z "${ELECTROSCOPE_SOAK:-}" ] || limit=14400
failures=$(mktemp /tmp/electroscope-failures.XXXXXX)
trap 'rmdir "$dead"; rm -f "$failures"' EXIT
failed() { say "failed: $1" && echo "$1" >>"$failures"; }

# in_rig NAME [RIG-OPTION...] -- TEST [TEST-OPTION...]
in_rig() {
	local name=$1
	shift
	say "$name"
	bash tests/rig/session.sh "${bind[@]}" --timeout "$limit" "$@" -test.timeout 0 || failed "$name"
}

one='^Test(Calls|Moments|Standstills)$' # which stop the manager, or measure
host() { in_rig "real manager, host" --bus -- build/faults.test -test.skip "^Test(Alone|Dead)|$one"; }
# broker SUITE: dbus-broker carries the calls of suites that have dbus-daemon above. It hangs up on a connection that somebody hands
# over, as what spoils replies does, so those stay with dbus-daemon.
broker() {
	local tests='^TestCrowd'
	[ -z "${ELECTROSCOPE_SOAK:-}" ] || tests='^Test(Storms|Crowd)'
	in_rig "dbus-broker, $1" --suite "$1" --bus --broker -- build/faults.test -test.run "$tests"
}
one_by_one() { in_rig "one fault after the other" --bus -- build/faults.test -test.run "$one"; }
suite() { in_rig "real manager, $1" --suite "$1" --bus -- build/faults.test -test.run '^Test(Replies|Forged|Storms|Crowd|Held)'; }
alone() { in_rig "no manager" --no-manager -- build/faults.test -test.run '^TestAlone'; }
dead() {
	say "a file system that does not answer"
	build/deadfs "$dead" bash tests/rig/session.sh "${bind[@]}" --bind "$dead" --timeout "$limit" --bus -- \
		env DEADFS="$dead" build/faults.test -test.timeout 0 -test.run '^TestDead' || failed "a file system that does not answer"
}

# Most of the time is spent waiting for what does not answer: four go on at a time, each with its output together.
started=$SECONDS
host >build/faults.1.log 2>&1 &
{ suite trixie && alone; } >build/faults.2.log 2>&1 &
{ suite sid && dead; } >build/faults.3.log 2>&1 &
{ one_by_one && for of in host trixie sid; do broker "$of"; done; } >build/faults.4.log 2>&1 &
wait
cat build/faults.[1234].log
grep -hE $'^faults?\t' build/faults.[1234].log >build/faults.txt || true
say "took $((SECONDS - started)) s"
[ -z "$update" ] || go run ./tests/faults/table build/faults.txt docs/faults.md
[ ! -s "$failures" ] || exit 1
say "all passed"
