#!/bin/bash
# chromium.sh SUITE [PACKAGE]: prints the path of the ELF file in Debian's chromium of that suite (bullseye, bookworm-security, sid ...),
# or in a PACKAGE that holds a Chromium too (libqt6webenginecore6). It is fetched at the first call, by apt.sh:
# no root, and the machine's apt is not touched. Beside it is what it runs with, of bullseye's also the libraries that a bookworm does
# not have, for LD_LIBRARY_PATH; trixie's and sid's need a later glibc. All is kept in ${ELECTROSCOPE_RIGS:-/var/cache/electroscope-rigs}.
set -eu -o pipefail

cache=${ELECTROSCOPE_RIGS:-/var/cache/electroscope-rigs}
apt=$(dirname "$(readlink -f "$0")")/apt.sh

say() { [ -n "${RIG_QUIET:-}" ] || printf 'rig: %s\n' "$*" >&2; }
die() { printf 'rig: %s\n' "$*" >&2; exit 99; }

suite=${1:?a suite}
package=${2:-chromium}
case $package in
chromium) packages=(chromium chromium-common) files=('./usr/lib/chromium/*') program=chromium ;;
libqt[56]webenginecore[56]) packages=("$package") files=('./usr/lib/*/libQt[56]WebEngineCore.so.*.*.*') program='libQt*' ;;
*) die "package $package: chromium, libqt5webenginecore5 or libqt6webenginecore6" ;;
esac
if [ "$suite/$package" = bullseye/chromium ]; then
	packages+=(libflac8 libjsoncpp24 libsnappy1v5 libwebp6 libwebpdemux2 libwebpmux3 libwoff1)
	files+=('./usr/lib/x86_64-linux-gnu/lib*.so.*')
fi

# kept prints the ELF file of an earlier call. Folders are renamed to PACKAGE-SUITE-VERSION when whole.
kept() {
	local found
	found=$(find "$cache" -mindepth 2 -maxdepth 2 -path "$cache/$package-$suite-[0-9]*/$program" -type f -print -quit)
	[ -n "$found" ] && echo "$found"
}

# fetch unpacks the files and names their folder for the version.
fetch() {
	local version deb
	cd "$new"
	bash "$apt" "$suite" "$new/apt" download "${packages[@]}"
	version=$(dpkg-deb --field "$package"_*.deb Version)
	for deb in *.deb; do dpkg-deb --fsys-tarfile "$deb"; done |
		tar --extract --ignore-zeros --wildcards --transform 'flags=r;s,^./usr/lib/[^/]*/,,' "${files[@]}"
	rm -rf apt ./*.deb
	mv -T "$new" "$cache/$package-$suite-$version"
}

mkdir -p "$cache"
exec {lock}>"$cache/$package-$suite.lock"
flock --wait 600 "$lock" || die "another process has held $cache/$package-$suite.lock for ten minutes"
kept && exit
new=$cache/.$package-$suite.new
trap 'rm -rf "$new"' EXIT
trap 'exit 143' INT TERM HUP
rm -rf "$new" && mkdir "$new"
say "$suite: fetching $package (once, about 80 MB)"
(fetch) {lock}>&- & # in the background: set -e holds in there, and a signal finds us waiting
wait $! || die "cannot fetch $package of $suite"
kept
