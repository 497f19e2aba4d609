#!/bin/bash
# vm.sh [--memory MiB] [--root SCRIPT] [--copy SRC:DST]... [--timeout SECONDS] [--quiet] -- SCRIPT
#
# Boots a small Debian trixie in qemu and runs the shell script SCRIPT there, logged in as user 1000: a real session, a real user
# manager, controllers delegated, so limits bite. --copy puts a file or folder of ours at DST, an absolute path, in the machine.
# Then --root's script is run by root, before the login; where it fails, so does the rig. The machine has no swap of its own.
# What SCRIPT prints comes out on stdout, its exit status is ours; 99 is the rig's own failure, 124 the timeout.
set -eu
# shellcheck source=tests/rig/machine.sh
. "$(dirname "$(readlink -f "$0")")/machine.sh"

options "$@"
command -v qemu-system-x86_64 >/dev/null || die "no qemu (remedy: $here/install.sh vm)"
prepare vm-image.sh

# ttyS0 is the console, ttyS1 what SCRIPT prints, ttyS2 its exit status. Emulation, not KVM: the same everywhere. Without cx16 it
# boots more reliably under emulation (tried). One thread: with one for each processor, the kernel's patching of its own code on one can
# be seen half done by another ("Oops: int3", 2 of some 30 boots). A kernel that panics ends the machine: -no-reboot.
emulate() {
	boot qemu qemu-system-x86_64 -accel tcg,thread=single -cpu max,-cx16 -smp 2 -m "$memory" -display none -monitor none -nic none -no-reboot \
		-kernel "$image/vmlinuz" -initrd "$image/initrd" -append 'root=/dev/vda rw console=ttyS0 quiet panic=-1 cryptomgr.notests' \
		-drive "file=$image/disk,if=virtio,format=raw,snapshot=on" -drive "file=$work/rig.img,if=virtio,format=raw,readonly=on" \
		-chardev stdio,id=out,signal=off \
		-serial "file:$work/console" -serial chardev:out -serial "file:$work/status"
}

# Now and then the emulated processor does wrong, and the kernel panics in code that has run a thousand times. That says nothing of
# SCRIPT, so another machine is booted, twice at most; a panic that comes each time is the rig's failure.
for left in 2 1 0; do
	emulate
	grep -q 'Kernel panic' "$work/console" || break
	say "the kernel panicked: $(grep -m 3 -E 'BUG:|Oops|RIP:|Kernel panic' "$work/console" | tr -d '\r')"
	[ "$left" = 0 ] || say "once more"
done
conclude
