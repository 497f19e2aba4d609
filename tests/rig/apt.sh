#!/bin/bash
# apt.sh SUITE FOLDER ARGUMENTS...: runs apt-get for a suite of Debian (bookworm, trixie-security, sid ...) after an update, with its lists,
# archives and settings in FOLDER. Nothing counts as installed, no root is needed, and the machine's own apt is not touched.
set -eu -o pipefail

keyring=/usr/share/keyrings/debian-archive-keyring.gpg
die() { printf 'rig: %s\n' "$*" >&2; exit 99; }

[ $# -gt 2 ] || { sed -n '2s/^# //p' "$0" >&2 && exit 99; }
suite=$1 apt=$2
shift 2
case $suite in *-security) archive=debian-security ;; *) archive=debian ;; esac
command -v apt-get dpkg-deb >/dev/null || die "no apt-get or no dpkg-deb: Debian's packages need them"
[ -r $keyring ] || die "no $keyring (remedy: apt-get install debian-archive-keyring)"
# shellcheck disable=SC2016 # apt's variable, not the shell's
mirror=$(apt-get indextargets --format '$(REPO_URI)' | sed -n 's,/debian/*$,,p' | sort -u | tail -n 1)
[ -n "$mirror" ] || die "apt knows no mirror of Debian here"

mkdir -p "$apt"/{lists,archives}/partial "$apt"/etc/{apt.conf,preferences}.d
: >"$apt/status"
echo "deb [signed-by=$keyring] $mirror/$archive $suite main" >"$apt/sources.list"
# sid's Release file may be past its date on a snapshot mirror.
cat >"$apt/conf" <<-END
	Dir::State "$apt"; Dir::State::status "$apt/status"; Dir::Cache "$apt"; Dir::Etc "$apt/etc"; Dir::Etc::sourcelist "$apt/sources.list";
	Acquire::Check-Valid-Until "false"; Acquire::Languages "none"; Acquire::Retries "2"; APT::Sandbox::User ""; Debug::NoLocking "true";
END
export APT_CONFIG=$apt/conf
timeout 120 apt-get -qq update >&2
timeout 300 apt-get -qq -y --no-install-recommends "$@" >&2
