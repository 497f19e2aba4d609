#!/bin/bash
# prepare.sh runs in the machine, as root, before the login: the user may turn zram on and off as swap, by a word to /run/swap. The journal
# is kept on the disk, so that the user has a part of his own; a word to /run/journal opens the system's part to him, or closes it,
# or has journald start anew. A time said to /run/clock is the machine's from then on (date(1), --date).
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
cat >/run/systemd/system/journal.socket <<-'UNIT'
	[Socket]
	ListenStream=/run/journal
	Accept=yes
UNIT
cat >/run/systemd/system/journal@.service <<-'UNIT'
	[Service]
	StandardInput=socket
	ExecStart=/bin/bash -euc 'read -r word; case $word in open) chmod o+r /var/log/journal/*/system.journal ;; restart) systemctl restart systemd-journald ;; *) chmod o-r /var/log/journal/*/system.journal ;; esac; echo "$word"'
UNIT
cat >/run/systemd/system/clock.socket <<-'UNIT'
	[Socket]
	ListenStream=/run/clock
	Accept=yes
UNIT
cat >/run/systemd/system/clock@.service <<-'UNIT'
	[Service]
	StandardInput=socket
	ExecStart=/bin/bash -euc 'read -r word; date --set="$word" >/dev/null; echo "$word"'
UNIT
systemctl daemon-reload
systemctl start swap.socket journal.socket clock.socket
journalctl --flush
