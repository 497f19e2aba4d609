#!/bin/bash
# broker.sh bookworm|trixie|sid: prints a folder with dbus-broker as that suite has it, unpacked beside its unit. What it depends on
# dbus-daemon needs too. Kept in ${ELECTROSCOPE_RIGS:-/var/cache/electroscope-rigs}.
set -eu

cache=${ELECTROSCOPE_RIGS:-/var/cache/electroscope-rigs}
die() { printf 'rig: %s\n' "$*" >&2; exit 99; }

suite=${1:?a suite}
case $suite in bookworm | trixie | sid) ;; *) die "$suite: bookworm, trixie or sid" ;; esac
folder=$cache/broker-$suite-1
mkdir -p "$cache"
exec {lock}>"$cache/broker-$suite.lock"
flock --wait 600 "$lock" || die "another process has held $cache/broker-$suite.lock for ten minutes"
if [ ! -d "$folder" ]; then
	[ -n "${RIG_QUIET:-}" ] || printf 'rig: fetching dbus-broker of %s (once)\n' "$suite" >&2
	rm -rf "$folder.new" && mkdir "$folder.new"
	trap 'rm -rf "$folder.new"' EXIT
	here=$(readlink -f "$(dirname "$0")")
	(cd "$folder.new" && bash "$here/apt.sh" "$suite" "$folder.new/apt" download dbus-broker && dpkg-deb -x ./*.deb .) {lock}>&-
	rm -rf "$folder.new/apt" "$folder.new"/*.deb
	mv -T "$folder.new" "$folder"
	trap - EXIT
fi
echo "$folder"
