#!/bin/sh
# run.sh [--suite bookworm|trixie|sid] [-n ROUNDS] [-max DURATION] [-rest DURATION]: builds what the benchmark needs and runs it
# beside this user's own manager, or a private one (tests/rig) where there is none or a suite's is asked for. What of runapp,
# app2unit and uwsm is on PATH takes part.
set -eu

cd "$(dirname "$0")/../.."
suite=
if [ "${1:-}" = --suite ]; then
	suite=${2:?}
	shift 2
fi

programs=build/bench
mkdir -p $programs
export CGO_ENABLED=0
go build -trimpath -ldflags '-s -w' -o $programs/electroscope ./cmd/electroscope
go build -trimpath -ldflags '-s -w' -o $programs/launchonly ./tests/bench/launchonly
go build -trimpath -o $programs/bench ./tests/bench
for name in floor peak engine; do
	cc -static -O2 -o $programs/$name tests/bench/c/$name.c
done
truncate -s 64M $programs/engine # no engine is smaller; what is added is not read

set -- "$programs/bench" -programs $programs "$@"
if [ -z "$suite" ] && [ -S "${XDG_RUNTIME_DIR:-/nonexistent}/systemd/private" ]; then
	exec "$@"
fi
exec tests/rig/session.sh ${suite:+--suite "$suite"} --bus -- "$@"
