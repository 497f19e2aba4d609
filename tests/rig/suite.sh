#!/bin/bash
# suite.sh bookworm|trixie|sid [vm|uml]: prints the folder that holds a small Debian of that suite with systemd in it, made by
# mmdebstrap at the first call and kept in ${ELECTROSCOPE_RIGS:-/var/cache/electroscope-rigs}. With vm: one that can boot on a PC;
# with uml: one that can boot on a kernel from elsewhere, with Chromium and sshd.
set -eu

cache=${ELECTROSCOPE_RIGS:-/var/cache/electroscope-rigs}
packages=systemd,dbus,dbus-user-session,procps
bootable=systemd-sysv,libpam-systemd,kmod,systemd-zram-generator

say() { [ -n "${RIG_QUIET:-}" ] || printf 'rig: %s\n' "$*" >&2; }
die() { printf 'rig: %s\n' "$*" >&2; exit 99; }

suite=${1:?a suite}
kind=${2:-session}
case $suite in bookworm | trixie | sid) ;; *) die "$suite: bookworm, trixie or sid" ;; esac
# A recipe is raised when its list changes, so that old folders are not used any more.
case $kind in
session) recipe=3 ;;
vm) recipe=3 packages=$packages,$bootable,linux-image-cloud-amd64,udev,initramfs-tools,zstd ;;
uml) recipe=4 packages=$packages,$bootable,chromium,openssh-server ;;
*) die "$kind: session, vm or uml" ;;
esac
root=$cache/$suite-$kind-$recipe
new=$root.new
making=

# shellcheck disable=SC2317 # the trap calls it
finish() {
	[ -z "$making" ] || { kill -TERM "$making" && wait "$making"; } 2>/dev/null || true
	rm -rf "$new"
}

make() {
	command -v mmdebstrap >/dev/null || die "no mmdebstrap (remedy: $(dirname "$0")/install.sh suites)"
	say "$suite: making $root with mmdebstrap (once, about half a minute)"
	trap finish EXIT
	trap 'exit 143' INT TERM HUP
	rm -rf "$new"
	# sid's Release file may be past its date on a snapshot mirror. The job runs in the background so that a signal finds us waiting.
	timeout 480 mmdebstrap --quiet --variant=minbase --include="$packages" --aptopt='Acquire::Check-Valid-Until "false"' \
		--dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*' \
		--dpkgopt='path-exclude=/usr/share/locale/*' "$suite" "$new" >"$root.log" 2>&1 </dev/null &
	making=$!
	wait "$making" || { making='' && die "mmdebstrap $suite failed: $(tail -n 5 "$root.log")"; }
	making=
	rm -rf "$new"/var/lib/apt/lists/* "$new"/var/cache/apt/*
	mv -T "$new" "$root"
}

mkdir -p "$cache"
exec {lock}>"$cache/$suite-$kind.lock"
flock --wait 600 "$lock" || die "another process has held $cache/$suite-$kind.lock for ten minutes"
[ -d "$root" ] || make {lock}>&-
echo "$root"
