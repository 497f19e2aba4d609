#!/bin/bash
# unpack.sh SUITE FOLDER PACKAGE...: unpacks Debian's packages of that suite into FOLDER, with all they depend on, whatever the machine
# has installed. By an apt with folders of its own: no root, and the machine's apt is not touched.
set -eu -o pipefail

keyring=/usr/share/keyrings/debian-archive-keyring.gpg
die() { printf 'rig: %s\n' "$*" >&2; exit 99; }

[ $# -gt 2 ] || { sed -n '2s/^# //p' "$0" >&2 && exit 99; }
suite=$1 folder=$2 apt=$2.apt
shift 2
command -v apt-get dpkg-deb >/dev/null || die "no apt-get or no dpkg-deb: Debian's packages need them"
[ -r $keyring ] || die "no $keyring (remedy: apt-get install debian-archive-keyring)"
# shellcheck disable=SC2016 # apt's variable, not the shell's
mirror=$(apt-get indextargets --format '$(REPO_URI)' | sed -n 's,/debian/*$,,p' | sort -u | tail -n 1)
[ -n "$mirror" ] || die "apt knows no mirror of Debian here"

trap 'rm -rf "$apt"' EXIT
trap 'exit 143' INT TERM HUP
rm -rf "$apt"
mkdir -p "$apt"/{lists,archives}/partial "$apt"/etc/{apt.conf,preferences}.d "$folder"
: >"$apt/status" # nothing is installed
echo "deb [signed-by=$keyring] $mirror/debian $suite main" >"$apt/sources.list"
# sid's Release file may be past its date on a snapshot mirror.
cat >"$apt/conf" <<-END
	Dir::State "$apt"; Dir::State::status "$apt/status"; Dir::Cache "$apt"; Dir::Etc "$apt/etc"; Dir::Etc::sourcelist "$apt/sources.list";
	Acquire::Check-Valid-Until "false"; Acquire::Languages "none"; Acquire::Retries "2"; APT::Sandbox::User ""; Debug::NoLocking "true";
END
export APT_CONFIG=$apt/conf
timeout 120 apt-get -qq update >&2
timeout 300 apt-get -qq -y --no-install-recommends --download-only install "$@" >&2
for deb in "$apt"/archives/*.deb; do dpkg-deb --fsys-tarfile "$deb" | tar --extract --directory "$folder"; done
