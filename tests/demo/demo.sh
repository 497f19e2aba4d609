#!/bin/bash
# demo.sh ELECTROSCOPE: shows the main job on this machine. With a user manager at hand (a desktop, an SSH login) the
# demo runs under that; on a bare machine, as root, under one that it starts and stops itself.
set -eu

electroscope=$(readlink -e "${1:?which electroscope?}")
here=$(dirname "$(readlink -f "$0")")
rig=$here/../rig
say() { printf 'demo: %s\n' "$*" >&2; }

if [ "$(id -u)" != 0 ] && systemctl --user show-environment >/dev/null 2>&1; then
	say "your own user manager runs here: using it"
	exec bash "$here/tour.sh" "$electroscope"
fi
if [ "$(id -u)" != 0 ]; then
	say "there is no user manager, and starting one beside the machine's takes root"
	say "remedy: log in through PAM (not su), or run as root: sudo make demo"
	exit 1
fi
say "this is a bare machine: the demo brings Chromium, a screen and a user manager of its own"
bash "$rig/install.sh" demo session
exec bash "$rig/session.sh" --bus --xvfb --timeout 180 -- bash "$here/tour.sh" "$electroscope"
