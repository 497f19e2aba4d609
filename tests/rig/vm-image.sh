#!/bin/bash
# vm-image.sh: prints the folder that holds kernel, initrd and disk of the machine that vm.sh boots, made at the first call from
# the bootable trixie of suite.sh and the files in guest/ and vm/, and kept beside it.
set -eu
# shellcheck source=tests/rig/image.sh
. "$(dirname "$(readlink -f "$0")")/image.sh"

# shellcheck disable=SC2317 # image.sh calls it
make() {
	local root
	root=$(exec setpriv --pdeathsig TERM -- "$here/suite.sh" trixie vm)
	furnish "$root"
	rm -rf "$root"/usr/share/initramfs-tools/{hooks,scripts/init-top,scripts/init-bottom}/udev
	cp -a "$here/vm/." "$root/"
	chown -R root:root "$root/etc"
	chroot "$root" update-initramfs -u >&2
	cp "$root"/boot/vmlinuz-* "$new/vmlinuz"
	cp "$root"/boot/initrd.img-* "$new/initrd"
	mke2fs -q -t ext4 -d "$root" "$new/disk" 2G >&2
}

keep trixie-vm-image "$here/vm"
