#!/bin/sh
# run.sh [--suite bookworm|trixie|sid] [--peers DIR] [-n ROUNDS] [-alone ROUNDS] [-together ROUNDS] [-max DURATION]: builds what the
# benchmark needs and runs it beside this user's own manager, or a private one (tests/rig) where there is none or a suite's is
# asked for. What of runapp, app2unit and uwsm is in DIR or on PATH takes part.
set -eu

cd "$(dirname "$0")/../.."
suite='' peers=''
while :; do
	case ${1:-} in
	--suite) suite=${2:?} ;;
	--peers) peers=$(readlink -e "${2:?}") ;;
	*) break ;;
	esac
	shift 2
done

programs=build/bench
built=$programs/built
mkdir -p $built
export CGO_ENABLED=0
go build -trimpath -ldflags '-s -w' -o $built/electroscope ./cmd/electroscope
go build -trimpath -ldflags '-s -w' -o $built/launchonly ./tests/bench/launchonly
go build -trimpath -o $built/bench ./tests/bench
for name in floor peak engine; do
	cc -static -O2 -Wall -Wextra -o $built/$name tests/bench/c/$name.c
done
truncate -s 64M $built/engine # no engine is smaller; what is added is not read
# What the Go linker wrote lies in the page cache in small pieces, and starts a tenth slower than a copy of it, which is what
# make install and packages leave.
for name in electroscope launchonly bench floor peak engine; do
	rm -f $programs/$name
	cp --sparse=always $built/$name $programs/$name
done

set -- "$programs/bench" -programs $programs "$@"
if [ -n "$peers" ]; then
	export PATH="$peers:$PATH"
fi
if [ -z "$suite" ] && [ -S "${XDG_RUNTIME_DIR:-/nonexistent}/systemd/private" ]; then
	exec "$@"
fi
exec tests/rig/session.sh ${suite:+--suite "$suite"} ${peers:+--bind "$peers"} --bus -- "$@"
