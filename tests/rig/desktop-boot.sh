#!/bin/bash
# desktop-boot.sh: the part of desktop.sh that runs inside its namespaces. It puts the folders together and becomes systemd, PID 1.
set -eu
umask 022
: "${RIG_ROOT:?}" "${RIG_CHECKOUT:?}" # never on the machine itself

# What is written lands in memory and is gone with the namespace.
mount -t tmpfs -o mode=755 rig /run
mkdir /run/upper /run/work /run/root
root=/run/root
mount -t overlay -o "lowerdir=$RIG_ROOT,upperdir=/run/upper,workdir=/run/work" rig $root
mount -t proc -o nosuid,nodev,noexec proc $root/proc
mount -t sysfs -o ro,nosuid,nodev,noexec sysfs $root/sys
mount -t cgroup2 cgroup2 $root/sys/fs/cgroup
mount -t tmpfs -o mode=755 rig $root/run
mount -t tmpfs -o mode=1777 rig $root/tmp

# A /dev of its own, with what a container may have (systemd.io/CONTAINER_INTERFACE), and /dev/fuse for Flatpak.
mount -t tmpfs -o mode=755 rig $root/dev
mkdir $root/dev/{pts,shm,mqueue}
for node in null:1:3 zero:1:5 full:1:7 random:1:8 urandom:1:9 tty:5:0 fuse:10:229; do
	IFS=: read -r name major minor <<<"$node"
	mknod -m 666 "$root/dev/$name" c "$major" "$minor"
done
ln -s /proc/self/fd $root/dev/fd
ln -s fd/0 $root/dev/stdin
ln -s fd/1 $root/dev/stdout
ln -s fd/2 $root/dev/stderr
mount -t devpts -o newinstance,ptmxmode=0666,mode=620,gid=5 devpts $root/dev/pts
ln -s pts/ptmx $root/dev/ptmx
mount -t tmpfs -o mode=1777 rig $root/dev/shm

mkdir -p "$root$RIG_CHECKOUT"
mount --bind "$RIG_CHECKOUT" "$root$RIG_CHECKOUT"
mount -o remount,bind,ro "$root$RIG_CHECKOUT"
up=$(dirname "$RIG_CHECKOUT")
while [ "$up" != / ]; do # a checkout below /root: open the way, in the overlay only
	chmod a+x "$root$up"
	up=$(dirname "$up")
done

cd $root
pivot_root . mnt
umount -l /mnt
cd /
exec env -i container=electroscope-rig PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 /usr/lib/systemd/systemd --log-target=journal --show-status=no
