#!/bin/bash
# run.sh [BINARY]: tests a built electroscope (build/electroscope) against real user managers: systemd of this machine, of
# trixie and of sid, beside notification daemons, a window manager and a sound server, one that dies, none at all, a hybrid cgroup
# tree, on file systems that do not answer (as root, without a manager), and at last with real Chromium, and its table of names
# against the Chromium of every suite. Any failure fails it.
set -eu

here=$(dirname "$(readlink -f "$0")")
checkout=$(readlink -f "$here/../..")
cd "$checkout"
say() { printf 'session: %s\n' "$*" >&2; }

ELECTROSCOPE_BIN=$(readlink -e "${1:-build/electroscope}") || { say "no ${1:-build/electroscope} (remedy: make build)" && exit 99; }
export ELECTROSCOPE_BIN
bind=() # the rig shows the checkout only
case $ELECTROSCOPE_BIN in "$checkout"/*) ;; *) bind=(--bind "$(dirname "$ELECTROSCOPE_BIN")") ;; esac
mkdir -p build
for package in session chromium files; do
	CGO_ENABLED=0 go test -c -tags rig -o "build/$package.test" "./tests/$package"
done

# These need a rig of their own (tests/session/main_test.go).
own='^Test(Hybrid|WithoutManager|ManagerDies|Notice|Top|Background)'
failed=()

# in_rig NAME [RIG-OPTION...] -- TEST [TEST-OPTION...]: the tests are told apart in the output by the rig's own line.
in_rig() {
	local name=$1
	shift
	say "$name"
	bash tests/rig/session.sh "${bind[@]}" --timeout 240 "$@" || failed+=("$name")
}

started=$SECONDS
for suite in host trixie sid; do
	in_rig "real manager, $suite" --suite "$suite" --bus -- build/session.test -test.skip "$own"
done
in_rig "notification daemons" --bus --xvfb -- build/session.test -test.run '^TestNotice'
in_rig "top in tmux" --bus -- build/session.test -test.run '^TestTop'
in_rig "apps in the background" --bus --xvfb -- build/session.test -test.run '^TestBackground'
in_rig "manager that dies" -- build/session.test -test.run '^TestManagerDies'
in_rig "no manager" --no-manager -- build/session.test -test.run '^TestWithoutManager'
say "files that do not answer"
unshare --mount --pid --fork --mount-proc timeout 240 build/files.test || failed+=("files that do not answer")
in_rig "hybrid cgroups" --view hybrid -- build/session.test -test.run '^TestHybrid'
in_rig "real Chromium" --bus --xvfb -- build/chromium.test -test.skip '^Test(Table|Starts|Restart)'
for manager in '' trixie sid; do
	in_rig "real Chromium in all ways, manager of ${manager:-host}" --timeout 480 ${manager:+--manager "$manager"} --bus --xvfb -- \
		build/chromium.test -test.run '^Test(Starts|Restart)'
done

# Every milestone that Debian has, and Qt's for those between. All are read; the older ones run too where the libraries allow it.
kept=${ELECTROSCOPE_RIGS:-/var/cache/electroscope-rigs}
chromiums=''
for of in bullseye bookworm bookworm-security trixie trixie-security sid \
	"bookworm libqt5webenginecore5" "bookworm libqt6webenginecore6" "trixie libqt6webenginecore6" "sid libqt6webenginecore6"; do
	read -r -a of <<<"$of"
	file=$(bash tests/rig/chromium.sh "${of[@]}") || { failed+=("fetching ${of[*]}") && continue; }
	chromiums+=${chromiums:+:}$file
	case ${of[*]} in bullseye | bookworm) ;; *) continue ;; esac
	libraries=$(dirname "$file")
	if LD_LIBRARY_PATH=$libraries ldd "$file" 2>&1 | grep -q 'not found'; then
		say "Chromium of ${of[*]} does not run here: it is only read"
	else
		in_rig "real Chromium of ${of[*]}" --bind "$kept" --bus --xvfb -- \
			env LD_LIBRARY_PATH="$libraries" ELECTROSCOPE_CHROMIUM="$file" build/chromium.test -test.run '^Test(Heap|Merged|Plan)'
	fi
done
in_rig "the table against every suite's Chromium" --bind "$kept" --bus --xvfb -- \
	env ELECTROSCOPE_CHROMIUMS="$chromiums" build/chromium.test -test.run '^TestTable'
say "took $((SECONDS - started)) s"
[ ${#failed[@]} -eq 0 ] || { printf 'session: failed: %s\n' "${failed[@]}" >&2 && exit 1; }
say "all passed"
