#!/bin/bash
# vm-image.sh: prints the folder that holds kernel, initrd and disk of the machine that vm.sh boots, made at the first call from
# the bootable trixie of suite.sh and the files in vm/, and kept beside it.
set -eu

here=$(dirname "$(readlink -f "$0")")
cache=${ELECTROSCOPE_RIGS:-/var/cache/electroscope-rigs}
recipe=$(find "$here/vm" "$0" -type f -exec cat {} + | sha256sum | cut -c1-12)
image=$cache/trixie-vm-image-$recipe

say() { [ -n "${RIG_QUIET:-}" ] || printf 'rig: %s\n' "$*" >&2; }
die() { printf 'rig: %s\n' "$*" >&2; exit 99; }

# trim takes away what an emulated machine spends its time on and no test looks at: udev (devtmpfs makes the nodes), generators,
# timers, consoles. Journal, logind, both buses and the managers stay as Debian ships them; zram-generator too, with nothing to do.
trim() {
	find "$1"/{usr/lib,etc}/systemd/system/*.target.wants -type l ! -name 'systemd-journald*' ! -name dbus.socket \
		! -name systemd-tmpfiles-setup.service ! -name systemd-logind.service ! -name systemd-user-sessions.service -delete
	find "$1/usr/lib/systemd/system-generators" -type f,l ! -name zram-generator -delete
	rm -rf "$1/usr/lib/systemd/zram-generator.conf" "$1"/usr/share/initramfs-tools/{hooks,scripts/init-top,scripts/init-bottom}/udev
	touch -r "$1/usr" "$1/etc/.updated" "$1/var/.updated" # systemd-update-done.service(8)
}

make() {
	local root new=$image.new
	root=$(exec setpriv --pdeathsig TERM -- "$here/suite.sh" trixie vm)
	say "making $image (once, a few seconds)"
	trap 'rm -rf "$image.new"' EXIT
	trap 'exit 143' INT TERM HUP
	rm -rf "$new"
	mkdir "$new"
	trim "$root"
	cp -a "$here/vm/." "$root/"
	chown -R root:root "$root"/{etc,usr/local}
	mkdir -p "$root/etc/systemd/system/multi-user.target.wants"
	ln -sf ../rig.service "$root/etc/systemd/system/multi-user.target.wants/"
	grep -q '^rig:' "$root/etc/passwd" || chroot "$root" useradd --uid 1000 --create-home --shell /bin/bash rig
	tr -d - </proc/sys/kernel/random/uuid >"$root/etc/machine-id"
	chroot "$root" update-initramfs -u >&2
	cp "$root"/boot/vmlinuz-* "$new/vmlinuz"
	cp "$root"/boot/initrd.img-* "$new/initrd"
	mke2fs -q -t ext4 -d "$root" "$new/disk" 2G >&2
	mv -T "$new" "$image"
	find "$cache" -maxdepth 1 -name 'trixie-vm-image-*' ! -name "${image##*/}" -exec rm -rf {} + # older ones
}

mkdir -p "$cache"
exec {lock}>"$cache/trixie-vm-image.lock"
flock --wait 900 "$lock" || die "another process has held $cache/trixie-vm-image.lock for a quarter of an hour"
[ -d "$image" ] || make {lock}>&-
echo "$image"
