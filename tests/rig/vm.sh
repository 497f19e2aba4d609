#!/bin/bash
# vm.sh [--memory MiB] [--root SCRIPT] [--copy SRC:DST]... [--timeout SECONDS] [--quiet] -- SCRIPT
#
# Boots a small Debian trixie in qemu and runs the shell script SCRIPT there, logged in as user 1000: a real session, a real user
# manager, controllers delegated, so limits bite. --copy puts a file or folder of ours at DST, an absolute path, in the machine.
# Then --root's script is run by root, before the login; where it fails, so does the rig. The machine has no swap of its own.
# What SCRIPT prints comes out on stdout, its exit status is ours; 99 is the rig's own failure, 124 the timeout.
set -eu

here=$(dirname "$(readlink -f "$0")")
say() { [ -n "${RIG_QUIET:-}" ] || printf 'rig: %s\n' "$*" >&2; }
die() { printf 'rig: %s\n' "$*" >&2; exit 99; }
usage() { sed -n '2s/^# //p' "$0" >&2; exit 99; }

export RIG_QUIET=''
memory=2048 root='' limit=240 copies=()
while [ $# -gt 0 ]; do
	case $1 in
	--memory) memory=${2:?} && shift ;;
	--root) root=${2:?} && shift ;;
	--copy) copies+=("${2:?}") && shift ;;
	--timeout) limit=${2:?} && shift ;;
	--quiet) RIG_QUIET=yes ;;
	--) shift && break ;;
	*) usage ;;
	esac
	shift
done
[ $# = 1 ] || usage
[ -r "$1" ] || die "cannot read script $1"
[ -z "$root" ] || [ -r "$root" ] || die "cannot read script $root"
command -v qemu-system-x86_64 mke2fs >/dev/null || die "no qemu or no mke2fs (remedy: $here/install.sh vm)"

image=$(exec setpriv --pdeathsig TERM -- "$here/vm-image.sh")
work=$(mktemp -d -t electroscope-rig.XXXXXX)
machine=
# shellcheck disable=SC2317 # the trap calls it
finish() {
	trap '' INT TERM HUP
	[ -z "$machine" ] || { kill -TERM "$machine" && wait "$machine"; } 2>/dev/null || true
	rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
trap 'exit 129' HUP

# The second disk: SCRIPT, and the files to put in place.
mkdir -p "$work/disk/files"
cp "$1" "$work/disk/script"
[ -z "$root" ] || cp "$root" "$work/disk/root"
for copy in ${copies[@]+"${copies[@]}"}; do
	to=${copy#*:}
	case $copy in *:/*) ;; *) die "--copy $copy: wants SRC:/DST" ;; esac
	mkdir -p "$work/disk/files$(dirname "$to")"
	cp -a "${copy%%:*}" "$work/disk/files$to"
done
chmod -R a+rX "$work/disk"
mke2fs -q -t ext4 -L rig -d "$work/disk" "$work/rig.img" "$(($(du -sm "$work/disk" | cut -f1) * 5 / 4 + 16))M" >/dev/null

# ttyS0 is the console, ttyS1 what SCRIPT prints, ttyS2 its exit status. Emulation, not KVM: the same everywhere. Without cx16 it
# boots more reliably under emulation (tried). One thread: with one for each processor, the kernel's patching of its own code on one can
# be seen half done by another ("Oops: int3", 2 of some 30 boots). A kernel that panics ends the machine: -no-reboot.
boot() {
	say "booting trixie in qemu ($memory MiB, at most $limit s): ${root:+$root, }$1"
	setpriv --pdeathsig TERM -- timeout --kill-after 5 "$limit" \
		qemu-system-x86_64 -accel tcg,thread=single -cpu max,-cx16 -smp 2 -m "$memory" -display none -monitor none -nic none -no-reboot \
		-kernel "$image/vmlinuz" -initrd "$image/initrd" -append 'root=/dev/vda rw console=ttyS0 quiet panic=-1 cryptomgr.notests' \
		-drive "file=$image/disk,if=virtio,format=raw,snapshot=on" -drive "file=$work/rig.img,if=virtio,format=raw,readonly=on" \
		-chardev stdio,id=out,signal=off \
		-serial "file:$work/console" -serial chardev:out -serial "file:$work/status" </dev/null &
	machine=$!
	ended=0
	wait "$machine" || ended=$?
	machine=
}

# Now and then the emulated processor does wrong, and the kernel panics in code that has run a thousand times. That says nothing of
# SCRIPT, so another machine is booted, twice at most; a panic that comes each time is the rig's failure.
for left in 2 1 0; do
	boot "$1"
	grep -q 'Kernel panic' "$work/console" || break
	say "the kernel panicked: $(grep -m 3 -E 'BUG:|Oops|RIP:|Kernel panic' "$work/console" | tr -d '\r')"
	[ "$left" = 0 ] || say "once more"
done
[ "$ended" != 124 ] || { say "no end after $limit s; the console's last lines: $(tail -n 5 "$work/console")" && exit 124; }
status=$(tr -d '\r\n' <"$work/status")
case $status in
'' | *[!0-9]*) die "no exit status (${status:-none}, qemu $ended); the console's last lines: $(tail -n 5 "$work/console")" ;;
esac
exit "$status"
