#!/bin/bash
# inside.sh ELECTROSCOPE DAEMON: the part of notice.sh in the rig. It launches a stand-in for Discord, starts the daemon then, and writes
# a picture of what that shows to stdout (PNG). In the rig the user manager has no memory and cpu controllers, which is the fault.
set -eu

electroscope=$1 daemon=$2
mkdir -p ~/bin ~/links ~/.local/share/dbus-1/services
printf '#!/bin/sh\nexec sleep 60\n' >~/bin/Discord
chmod +x ~/bin/Discord
"$electroscope" link --dir ~/links discord >/dev/null 2>&1
# Not the machine's own daemon, which the bus would start.
printf '[D-BUS Service]\nName=org.freedesktop.Notifications\nExec=/bin/false\n' >~/.local/share/dbus-1/services/none.service
busctl --user --quiet call org.freedesktop.DBus / org.freedesktop.DBus ReloadConfig
PATH=$HOME/links:$HOME/bin:$PATH ~/links/discord </dev/null >/dev/null 2>&1 &

# told waits until the daemon has taken the notice, and has drawn it.
told() {
	local file
	for _ in {1..300}; do
		for file in "$XDG_RUNTIME_DIR"/electroscope/app-*-notice; do
			[ ! -s "$file" ] || { sleep 2 && return; }
		done
		sleep 0.1
	done
	echo "no notice was shown" >&2
	return 1
}

sleep 1
case $daemon in
mako)
	printf 'xwayland disable\noutput * resolution 900x300 bg #3b5568 solid_color\n' >~/sway
	WLR_BACKENDS=headless WLR_LIBINPUT_NO_DEVICES=1 WLR_RENDERER=pixman sway --config ~/sway >&2 2>/dev/null &
	for _ in {1..300}; do [ ! -S "$XDG_RUNTIME_DIR/wayland-1" ] || break; sleep 0.1; done
	export WAYLAND_DISPLAY=wayland-1
	mako >&2 2>/dev/null &
	told
	grim -g '480,0 420x190' -
	;;
*)
	xsetroot -solid '#3b5568'
	program=(/usr/lib/*/xfce4/notifyd/xfce4-notifyd)
	"${program[0]}" >&2 2>/dev/null &
	told
	import -window root -crop 480x190+800+0 +repage png:-
	;;
esac
