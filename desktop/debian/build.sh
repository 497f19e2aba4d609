#!/bin/bash
# build.sh: packs build/electroscope and what goes with it into build/electroscope_VERSION_ARCH.deb, and prints that name. The
# version is that of the file VERSION, which the changelog beside this file has too. It needs dpkg-deb and make, and no root.
set -eu
umask 022

here=$(dirname "$(readlink -f "$0")")
checkout=$(readlink -f "$here/../..")
cd "$checkout"

version=$(cat VERSION)
architecture=$(dpkg --print-architecture)
deb=build/electroscope_${version}_$architecture.deb
# Files carry the day of the changelog's newest entry, so that the same sources make the same package.
SOURCE_DATE_EPOCH=$(date --date "$(sed -n '/^ -- /{s/.*>  //p;q}' "$here/changelog")" +%s)
export SOURCE_DATE_EPOCH

root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
chmod 755 "$root"
# Debian's zsh looks in a folder of its own.
make --no-print-directory install DESTDIR="$root" PREFIX=/usr ZSHDIR=share/zsh/vendor-completions >&2

doc=$root/usr/share/doc/electroscope
install -d "$doc" "$root/usr/share/lintian/overrides" "$root/DEBIAN"
install -m 644 "$here/copyright" "$here/README.Debian" "$doc"
gzip -9n <"$here/changelog" >"$doc/changelog.gz"
install -m 644 "$here/lintian-overrides" "$root/usr/share/lintian/overrides/electroscope"
gzip -9n "$root"/usr/share/man/man?/*

{
	sed "s/@VERSION@/$version/; s/@ARCHITECTURE@/$architecture/" "$here/control"
	printf 'Installed-Size: %s\n' "$(du --apparent-size -sk "$root/usr" | cut -f 1)"
} >"$root/DEBIAN/control"
install -m 755 "$here/prerm" "$root/DEBIAN/prerm"
(cd "$root" && find usr -type f -print0 | sort -z | xargs -0 md5sum) >"$root/DEBIAN/md5sums"

dpkg-deb --root-owner-group --build "$root" "$deb" >&2
echo "$deb"
