#!/bin/bash
# image.sh is sourced by vm-image.sh and uml-image.sh: what a Debian of suite.sh needs to boot as a machine of machine.sh, and how its image
# is kept. They define make, which fills the folder $new.
set -eu

here=$(dirname "$(readlink -f "$0")")
cache=${ELECTROSCOPE_RIGS:-/var/cache/electroscope-rigs}

say() { [ -n "${RIG_QUIET:-}" ] || printf 'rig: %s\n' "$*" >&2; }
die() { printf 'rig: %s\n' "$*" >&2; exit 99; }

# trim takes away what an emulated machine spends its time on and no test looks at: udev (devtmpfs makes the nodes), generators,
# timers, consoles. Journal, logind, both buses and the managers stay as Debian ships them; zram-generator too, with nothing to do.
trim() { # ROOT
	find "$1"/{usr/lib,etc}/systemd/system/*.target.wants -type l ! -name 'systemd-journald*' ! -name dbus.socket \
		! -name systemd-tmpfiles-setup.service ! -name systemd-logind.service ! -name systemd-user-sessions.service -delete
	find "$1/usr/lib/systemd/system-generators" -type f,l ! -name zram-generator -delete
	rm -rf "$1/usr/lib/systemd/zram-generator.conf"
	touch -r "$1/usr" "$1/etc/.updated" "$1/var/.updated" # systemd-update-done.service(8)
}

# furnish puts in place what runs the tests: the user, and the files in guest/.
furnish() { # ROOT
	trim "$1"
	cp -a "$here/guest/." "$1/"
	chown -R root:root "$1"/{etc,usr/local}
	mkdir -p "$1/etc/systemd/system/multi-user.target.wants"
	ln -sf ../rig.service "$1/etc/systemd/system/multi-user.target.wants/"
	grep -q '^rig:' "$1/etc/passwd" || chroot "$1" useradd --uid 1000 --create-home --shell /bin/bash rig
	tr -d - </proc/sys/kernel/random/uuid >"$1/etc/machine-id"
}

# remake calls make. What it made is renamed when whole; images of older recipes go, unless a machine holds one (machine.sh).
remake() { # NAME
	local old
	say "making $image (once)"
	trap 'rm -rf "$new"' EXIT
	trap 'exit 143' INT TERM HUP
	rm -rf "$new"
	mkdir "$new"
	make
	mv -T "$new" "$image"
	for old in "$cache/$1"-*; do
		[ "$old" = "$image" ] || flock --nonblock "$old/disk" rm -rf "$old" || say "$old is in use"
	done
}

# keep prints the folder of the image NAME, which make fills at the first call and whenever one of its FILES or suite.sh has changed.
keep() { # NAME FILE...
	local name=$1
	shift
	image=$cache/$name-$(find "$here"/{image.sh,suite.sh,guest} "$0" "$@" -type f -exec cat {} + | sha256sum | cut -c1-12)
	new=$image.new
	mkdir -p "$cache"
	exec {lock}>"$cache/$name.lock"
	flock --wait 900 "$lock" || die "another process has held $cache/$name.lock for a quarter of an hour"
	[ -d "$image" ] || remake "$name" {lock}>&-
	echo "$image"
}
