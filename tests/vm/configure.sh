#!/bin/bash
# configure.sh runs in the virtual machine, as root, before the login: it makes the machine what the NixOS modules say, from the
# files they render (tests/nix/golden/nixos, put in place by run.sh), by the same programs that NixOS uses.
set -eu

/usr/lib/systemd/systemd-sysctl /etc/sysctl.d/60-nixos.conf
systemctl start systemd-udevd
systemctl daemon-reload # slices are read anew; zram-generator runs, and loads zram
systemctl start dev-zram0.swap

echo none >/sys/block/vda/queue/scheduler
udevadm trigger --action change --settle /sys/block/vda
