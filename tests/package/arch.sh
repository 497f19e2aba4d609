#!/bin/bash
# arch.sh TREE: makepkg makes the package of desktop/arch/PKGBUILD, and its files are those that make install put into TREE.
set -eu

here=$(dirname "$(readlink -f "$0")")
checkout=$(readlink -f "$here/../..")
say() { printf 'package: %s\n' "$*" >&2; }
die() { say "$*" && exit 1; }

# pack runs makepkg in WORK, as nobody: it refuses to be root. The modules come from the caller's cache, which is shown there.
pack() {
	local work=$1 modules=$2 go=$3
	mount --bind "$modules" "$work/modules"
	cd "$work"
	exec setpriv --reuid nobody --regid nogroup --clear-groups -- env -i PATH="$go:/usr/bin:/bin" HOME="$work" PKGEXT=.pkg.tar \
		GOMODCACHE="$work/modules" GOPROXY=off GOFLAGS=-modcacherw GOTOOLCHAIN=local makepkg --nodeps --noconfirm
}

if [ "$1" = pack ]; then
	shift
	pack "$@"
fi
tree=$(readlink -e "${1:?a tree}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$checkout/desktop/arch/PKGBUILD" "$work"
version=$(sed -n 's/^pkgver=//p' "$work/PKGBUILD")
cd "$checkout"
git ls-files --cached --others --exclude-standard | while read -r file; do # those deleted and not yet committed are left out
	[ ! -e "$file" ] || printf '%s\n' "$file"
done | tar -czf "$work/electroscope-$version.tar.gz" --transform "s,^,electroscope-$version/," --files-from -
install -d "$work/modules"
chown -R nobody: "$work"
unshare --mount --propagation private -- bash "$0" pack "$work" "$(go env GOMODCACHE)" "$(go env GOROOT)/bin" >"$work/log" 2>&1 ||
	die "makepkg: $(tail -n 20 "$work/log")"

list() { sed '/\/$/d; s,^\./,,' | LC_ALL=C sort; }
tar -tf "$work"/electroscope-*.pkg.tar --exclude=.BUILDINFO --exclude=.MTREE --exclude=.PKGINFO | list >"$work/packed"
{
	(cd "$tree" && find . ! -type d | sed 's,\(/man/.*\),\1.gz,') # makepkg packs man pages
	echo usr/share/licenses/electroscope/LICENSE
} | list >"$work/wanted"
diff "$work/wanted" "$work/packed" >&2 || die "PKGBUILD (>) does not pack what make install (<) puts"
say "the PKGBUILD: makepkg packs $(wc -l <"$work/packed") files, those of make install"
