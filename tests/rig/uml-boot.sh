#!/bin/bash
# uml-boot.sh IMAGE WORK MIB: the part of uml.sh that runs in its namespaces, as their PID 1. It becomes the kernel, in a root of its own
# because that needs a later C library than the machine may have (the kernel finds itself by /proc/self/exe, so that ld.so cannot run it).
# Descriptors: 1 what SCRIPT prints, 3 the console, 4 SCRIPT's exit status.
set -eu

image=$1 work=$2 memory=$3
root=$image/kernel
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
mount -t tmpfs -o "mode=1777,size=$((memory + 64))M" tmp "$root/tmp" # the machine's memory is a file there
mount --bind "$image" "$root/image"
mount --bind "$work" "$root/work"
cd /
# ubd0 writes to a file of its own beside the disk, ubd1r is read-only; ssl are the lines ttyS0 to ttyS2, as vm.sh has them.
exec env -i PATH="$PATH" TMPDIR=/tmp HOME=/tmp chroot "$root" /usr/bin/linux.uml "mem=${memory}M" uml_dir=/tmp/ seccomp=auto \
	ubd0=/work/cow,/image/disk ubd1r=/work/rig.img root=/dev/ubda rw quiet \
	con=null con0=null,fd:3 ssl=null ssl1=null,fd:1 ssl2=null,fd:4 2>&3
