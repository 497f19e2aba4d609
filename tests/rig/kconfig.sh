#!/bin/bash
# kconfig.sh: prints a folder with kreadconfig6 and kwriteconfig6 of KDE Frameworks 6 (KConfig 6.13), and kreadconfig5 of 5 (5.116), out
# of trixie's packages. Fetched at the first call, and kept in ${ELECTROSCOPE_RIGS:-/var/cache/electroscope-rigs}.
set -eu -o pipefail

cache=${ELECTROSCOPE_RIGS:-/var/cache/electroscope-rigs}
recipe=2 # raise it when what is made below changes, so that old folders are not used any more

say() { [ -n "${RIG_QUIET:-}" ] || printf 'rig: %s\n' "$*" >&2; }
die() { printf 'rig: %s\n' "$*" >&2; exit 99; }

root=$cache/kconfig-trixie-$recipe
new=$root.new

# program writes bin/$1, which their own suite's ld.so runs.
program() {
	cat >"$new/bin/$1" <<-END
		#!/bin/sh
		for loader in $root/root/lib64/ld-linux-*.so.* $root/root/usr/lib64/ld-linux-*.so.* $root/root/lib/ld-linux-*.so.*; do
			[ ! -e "\$loader" ] || exec "\$loader" --argv0 $1 --library-path $root/root/usr/lib/$(uname -m)-linux-gnu $root/root/usr/bin/$1 "\$@"
		done
		exit 127
	END
	chmod 755 "$new/bin/$1"
}

mkdir -p "$cache"
exec {lock}>"$cache/kconfig-trixie.lock"
flock --wait 600 "$lock" || die "another process has held $cache/kconfig-trixie.lock for ten minutes"
if [ ! -d "$root" ]; then
	trap 'rm -rf "$new"' EXIT
	trap 'exit 143' INT TERM HUP
	rm -rf "$new"
	mkdir -p "$new/bin"
	say "fetching KConfig (once, about 40 MB)"
	bash "$(dirname "$0")/unpack.sh" trixie "$new/root" libkf6config-bin libkf5config-bin {lock}>&- & # in the background: a signal finds us waiting
	wait $! || die "cannot fetch KConfig"
	program kreadconfig6
	program kwriteconfig6
	program kreadconfig5
	mv -T "$new" "$root"
fi
echo "$root/bin"
