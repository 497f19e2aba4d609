#!/bin/bash
# uml-image.sh: prints the folder that holds the disk of the machine that uml.sh boots and, in kernel/, the User Mode Linux of Debian's sid
# with the libraries it runs with. Made at the first call from the trixie with Chromium of suite.sh and the files in guest/.
set -eu
# shellcheck source=tests/rig/image.sh
. "$(dirname "$(readlink -f "$0")")/image.sh"

# shellcheck disable=SC2317 # image.sh calls it
make() {
	local root folder
	root=$(exec setpriv --pdeathsig TERM -- "$here/suite.sh" trixie uml)
	bash "$here/unpack.sh" sid "$new/kernel" user-mode-linux & # in the background: a signal finds us waiting
	wait $! || die "cannot fetch user-mode-linux"
	for folder in bin lib lib64; do ln -s "usr/$folder" "$new/kernel/$folder"; done # as base-files has them
	mkdir -p "$new"/kernel/{dev,proc,tmp,image,work}
	furnish "$root"
	rm -rf "$root/usr/lib/modules"
	mv "$new/kernel/usr/lib/uml/modules" "$root/usr/lib/modules"
	rm -rf "$new/kernel/usr/share"
	mke2fs -q -t ext4 -d "$root" "$new/disk" 2G >&2
}

keep trixie-uml-image
