#!/bin/bash
# prepare.sh runs in the machine, as root, before the login: the user may turn zram on and off as swap, by a word to /run/swap.
set -eu

modprobe zram
echo 1G >/sys/block/zram0/disksize
mkswap --quiet /dev/zram0
cat >/run/systemd/system/swap.socket <<-'UNIT'
	[Socket]
	ListenStream=/run/swap
	Accept=yes
UNIT
cat >/run/systemd/system/swap@.service <<-'UNIT'
	[Service]
	StandardInput=socket
	ExecStart=/bin/bash -euc 'read -r word; swapoff -a; [ "$word" = off ] || swapon /dev/zram0; echo "$word"'
UNIT
systemctl daemon-reload
systemctl start swap.socket
