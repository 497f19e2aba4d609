#!/bin/bash
# prepare.sh runs in the machine, as root, before the login: the user may turn zram on and off as swap, by a word to /run/swap. The journal
# is kept on the disk, so that the user has a part of his own; a word to /run/journal opens the system's part to him, or closes it,
# or has journald start anew. A word to /run/clock sets the clock.
# shellcheck disable=SC2016 # $word is for the scripts below
set -eu

# answers NAME SCRIPT: a word to /run/NAME has root run the script, which has it as $word, and comes back when that has ended.
answers() {
	printf '[Socket]\nListenStream=/run/%s\nAccept=yes\n' "$1" >"/run/systemd/system/$1.socket"
	printf '#!/bin/bash\nset -eu\nread -r word\n%s\necho "$word"\n' "$2" >"/run/$1.sh"
	printf '[Service]\nStandardInput=socket\nExecStart=/bin/bash /run/%s.sh\n' "$1" >"/run/systemd/system/$1@.service"
}

modprobe zram
echo 1G >/sys/block/zram0/disksize
mkswap --quiet /dev/zram0
answers swap 'swapoff -a; [ "$word" = off ] || swapon /dev/zram0'
answers journal 'case $word in
open) chmod o+r /var/log/journal/*/system.journal ;;
restart) systemctl restart systemd-journald ;;
*) chmod o-r /var/log/journal/*/system.journal ;;
esac'
answers clock 'date --set="$word" >/dev/null'
systemctl daemon-reload
systemctl start swap.socket journal.socket clock.socket
journalctl --flush

# A second user logs in and out while the tests run. His manager goes with the last of his logins, at once (logind.conf(5)). The first
# user may be him, or root, by ssh.
useradd --create-home --shell /bin/bash guest
mkdir -p /run/systemd/logind.conf.d
printf '[Login]\nUserStopDelaySec=0\n' >/run/systemd/logind.conf.d/guest.conf
systemctl restart systemd-logind
runuser -u rig -- ssh-keygen -q -t ed25519 -N '' -f /home/rig/.ssh/id_ed25519
for user in root guest; do
	install -D --owner "$user" --mode 600 /home/rig/.ssh/id_ed25519.pub "$(getent passwd "$user" | cut -d: -f6)/.ssh/authorized_keys"
done
systemctl start ssh
