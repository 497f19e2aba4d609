#!/bin/bash
# soak.sh [MINUTES] [BINARY]: what `make test` tries a sample of, at full length: every fault that tests/faults knows, install and
# uninstall killed at every system call, all desktops, real Chromium; then every fuzzer for MINUTES (4). It takes hours. What came of it is
# kept in tests/faults/soak.txt. Any failure fails it.
set -eu -o pipefail

here=$(dirname "$(readlink -f "$0")")
cd "$here/.."
minutes=${1:-4}
binary=${2:-build/electroscope}
kept=tests/faults/soak.txt
export ELECTROSCOPE_SOAK=1
failed=()
started=$SECONDS

part() { # NAME COMMAND...
	local name=$1 began=$SECONDS result=passed
	shift
	printf 'soak: %s\n' "$name" >&2
	"$@" || { result=FAILED && failed+=("$name"); }
	printf 'soak\t%s\t%d s\t%s\n' "$name" $((SECONDS - began)) "$result" >>"$kept"
}

# The watcher beside launches that come and go: it must not grow.
watcher() {
	CGO_ENABLED=0 go test -c -tags rig -o build/session.test ./tests/session
	ELECTROSCOPE_WATCH=1h ELECTROSCOPE_BIN=$(readlink -f "$binary") bash tests/rig/session.sh --timeout 4500 --bus -- \
		build/session.test -test.v -test.timeout 80m -test.run '^TestWatchDoesNotGrow$'
}

# fuzzed NAME PACKAGE: what was tried is kept, too.
fuzzed() {
	local out
	out=$(go test -run '^$' -fuzz "^$1\$" -fuzztime "${minutes}m" -fuzzminimizetime 2s -parallel 1 "$2" 2>&1) || { printf '%s\n' "$out" >&2 && return 1; }
	printf 'fuzz\t%s\t%s\t%s executions\n' "$1" "$2" "$(sed -n 's/.*execs: \([0-9]*\).*/\1/p' <<<"$out" | tail -n 1)" >>"$kept"
}

# Each target by itself: go test takes one (-fuzz).
fuzz() {
	local package name
	for package in $(go list ./...); do
		for name in $(go test -list '^Fuzz' "$package" | grep '^Fuzz' || true); do
			part "$name, $minutes min" fuzzed "$name" "$package"
		done
	done
}

printf 'soak of %s, Linux %s, %d processors\n' "$(git describe --always --dirty)" "$(uname -r)" "$(nproc)" >"$kept"
part "faults" bash tests/faults/run.sh --update "$binary"
grep '^fault' build/faults.txt >>"$kept"
part "desktop" bash tests/desktop/run.sh "$binary"
part "real desktops" bash tests/desktops/run.sh --all --update "$binary"
part "sessions and real Chromium" bash tests/session/run.sh "$binary"
part "the watcher, for an hour" watcher
part "the effect" make docs-effect
fuzz
printf 'soak: took %d s\n' $((SECONDS - started)) | tee -a "$kept" >&2
[ ${#failed[@]} -eq 0 ] || { printf 'soak: failed: %s\n' "${failed[@]}" >&2 && exit 1; }
