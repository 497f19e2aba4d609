#!/bin/bash
# deb.sh DEB: lintian has no error to tell of it, and a Debian in which it was installed, used and purged is as it was before.
set -eu

here=$(dirname "$(readlink -f "$0")")
deb=$(readlink -e "${1:?a package}")
say() { printf 'package: %s\n' "$*" >&2; }
die() { say "$*" && exit 1; }

# inside DEB ROOT runs in namespaces of its own, over a throw-away overlay of that Debian.
inside() {
	local deb=$1 at=/mnt
	mount -t tmpfs package $at
	mkdir $at/upper $at/work $at/root
	mount -t overlay -o "lowerdir=$2,upperdir=$at/upper,workdir=$at/work" package $at/root
	mount -t proc proc $at/root/proc
	cp "$deb" $at/root/tmp/electroscope.deb
	root=$at/root
	tree >$at/before

	# The small Debian leaves pages and documents out; here all is to be unpacked.
	in_root dpkg --path-include='/usr/share/*' --install /tmp/electroscope.deb >$at/log 2>&1 || die "dpkg --install: $(cat $at/log)"
	[ -z "$(in_root dpkg --verify electroscope)" ] || die "dpkg --verify: $(in_root dpkg --verify electroscope)"
	in_root electroscope version | grep -q '^electroscope .* go1' || die "electroscope does not run there"
	uses
	mkdir -p $at/root/root/.local/state/electroscope
	touch $at/root/root/.local/state/electroscope/install.json
	in_root dpkg --purge electroscope >$at/log 2>&1 || die "dpkg --purge: $(cat $at/log)"
	grep -q '^electroscope: note: root has icons that start apps through electroscope' $at/log || die "dpkg --purge says: $(cat $at/log)"
	rm -r $at/root/root/.local
	tree >$at/after
	diff $at/before $at/after >&2 || die "dpkg --purge leaves that"
}

in_root() { chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/nonexistent DEBIAN_FRONTEND=noninteractive "$@"; }

# uses starts an app through the folder of links: one that is there, one that is not.
uses() {
	local status=0 said
	printf '#!/bin/sh\necho "codium runs"\n' >"$root/usr/bin/codium"
	chmod 755 "$root/usr/bin/codium"
	said=$(in_root env PATH=/usr/lib/electroscope/bin:/usr/bin:/bin codium 2>"$root/tmp/stderr")
	[ "$said" = "codium runs" ] || die "a link does not start its app: $said $(cat "$root/tmp/stderr")"
	grep -q '^electroscope: note: codium runs without limits' "$root/tmp/stderr" || die "not started by electroscope: $(cat "$root/tmp/stderr")"
	in_root env PATH=/usr/lib/electroscope/bin:/usr/bin:/bin discord 2>"$root/tmp/stderr" || status=$?
	[ "$status" = 127 ] || die "discord, which is not there, ends with $status: $(cat "$root/tmp/stderr")"
	rm "$root/usr/bin/codium" "$root/tmp/stderr"
}

# tree lists all files but dpkg's own books and what is written while it works.
tree() {
	in_root find / -xdev \( -path /proc -o -path /var/lib/dpkg -o -path /var/log -o -path /var/cache \) -prune -o \
		-printf '%y %m %U:%G %p %l\n' | sort
	in_root dpkg-query --show
}

if [ "${2-}" ]; then
	inside "$deb" "$2"
	exit
fi
lintian --allow-root --fail-on error "$deb" >&2 || die "lintian is not content"
suite=$(bash "$here/../rig/suite.sh" trixie)
unshare --mount --propagation private --pid --fork --kill-child -- bash "$0" "$deb" "$suite"
say "the Debian package: built, without an error of lintian, installed, used and purged in trixie"
