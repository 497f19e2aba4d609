#!/bin/bash
# desktop-root.sh usual|all: prints the folder that holds a Debian trixie with real desktops, which desktop.sh boots. It is made by mmdebstrap
# at the first call and kept in ${ELECTROSCOPE_RIGS:-/var/cache/electroscope-rigs}. "usual" is what `make test` runs, "all" also what
# `make soak` does.
set -eu -o pipefail

here=$(dirname "$(readlink -f "$0")")
cache=${ELECTROSCOPE_RIGS:-/var/cache/electroscope-rigs}
recipe=2 # raise one of these when what is made below changes, so that old folders are not used any more
recipe_all=3

say() { [ -n "${RIG_QUIET:-}" ] || printf 'rig: %s\n' "$*" >&2; }
die() { printf 'rig: %s\n' "$*" >&2; exit 99; }

base='systemd,systemd-sysv,libpam-systemd,dbus,dbus-user-session,dbus-x11,procps'
session='xvfb,xdg-utils,libglib2.0-bin,libgtk-3-bin,xdg-desktop-portal,xdg-desktop-portal-gtk,fonts-dejavu-core,xdotool,chromium,pulseaudio-utils'
plasma='plasma-workspace,plasma-desktop,kwin-wayland,xwayland,kde-cli-tools'
gnome='gnome-shell,gnome-session,gnome-settings-daemon'
wlroots='labwc,mako-notifier,fuzzel,wtype,python3-dbus,python3-xdg' # uwsm, which needs the last two, is sid's
xfce='xfce4-session,xfwm4,xfce4-panel,xfce4-appfinder,xfce4-notifyd,xfce4-settings,exo-utils'
flatpak='flatpak,ostree,busybox-static'
packages=$base,$session,$plasma,$gnome,$wlroots,$xfce,$flatpak
more='kwin-x11,sway,wofi,bemenu,libbemenu-wayland,wmenu,i3-wm,suckless-tools,rofi,openbox,cinnamon,nautilus'
more=$more,lxqt-session,lxqt-panel,lxqt-runner,lxqt-globalkeys,lxqt-notificationd

# What no desktop needs in order to start a program: texts, pictures, other languages, hardware tables, a compiler's parts. The first are
# never unpacked, the second are taken away when all is configured, which some of it is needed for.
not_unpacked=('/usr/share/doc/*' '/usr/share/man/*' '/usr/share/locale/*' '/usr/share/help/*' '/usr/share/wallpapers/*' '/usr/share/icons/breeze*/*')
taken_away=(usr/share/{backgrounds,desktop-base,plymouth,sounds,osinfo,gnome-control-center,info,lintian} usr/lib/udev/hwdb.{d,bin}
	usr/lib/gcc usr/libexec/gcc usr/bin/gdb usr/lib/x86_64-linux-gnu/sane var/lib/apt/lists var/cache)

# shellcheck disable=SC2317 # the trap calls it
finish() {
	[ -z "$making" ] || { kill -TERM "$making" && wait "$making"; } 2>/dev/null || true
	rm -rf "$new" "$new.uwsm"
}

# make fills $new. What takes long runs in the background so that a signal finds us waiting.
make() {
	local options=() path
	for path in "${not_unpacked[@]}"; do options+=("--dpkgopt=path-exclude=$path"); done
	# sid's Release file may be past its date on a snapshot mirror; nothing here need survive a loss of power.
	timeout 1500 mmdebstrap --verbose --variant=minbase --include="$packages" --aptopt='Acquire::Check-Valid-Until "false"' \
		"${options[@]}" --dpkgopt=force-unsafe-io trixie "$new" >"$root.log" 2>&1 </dev/null &
	making=$!
	wait "$making" || { making='' && die "could not make $root: $(grep '^dpkg: error\|^E: ' "$root.log" | head -n 5)"; }
	making=
	find "$new/usr/lib/chromium/locales" -type f ! -name 'en-US*' -delete
	(cd "$new" && rm -rf "${taken_away[@]}")
	mkdir "$new.uwsm"
	(cd "$new.uwsm" && exec bash "$here/apt.sh" sid "$new.uwsm/apt" download uwsm) >>"$root.log" 2>&1 || die "cannot fetch uwsm: $(tail -n 3 "$root.log")"
	dpkg-deb --extract "$new.uwsm"/uwsm_*.deb "$new"
	furnish
}

# furnish makes the user, and keeps out what only hardware or a network has.
furnish() {
	local unit
	chroot "$new" useradd --uid 1000 --create-home --shell /bin/bash rig
	tr -d - </proc/sys/kernel/random/uuid >"$new/etc/machine-id"
	ln -sf /usr/lib/systemd/system/multi-user.target "$new/etc/systemd/system/default.target"
	ln -sf /proc/self/mounts "$new/etc/mtab"
	for unit in $(cd "$new/usr/lib/systemd/system" && ls -- *.timer) \
		systemd-udevd.service systemd-udevd-control.socket systemd-udevd-kernel.socket systemd-udev-trigger.service console-getty.service \
		getty@.service systemd-modules-load.service systemd-networkd.service NetworkManager.service wpa_supplicant.service \
		ModemManager.service bluetooth.service udisks2.service upower.service power-profiles-daemon.service systemd-oomd.service \
		display-manager.service avahi-daemon.service smartmontools.service; do
		ln -sf /dev/null "$new/etc/systemd/system/$unit"
	done
}

case ${1:-} in
usual) ;;
all) packages=$packages,$more recipe=$recipe_all ;;
*) die "usual or all" ;;
esac
root=$cache/trixie-desktop-$1-$recipe
new=$root.new
making=
mkdir -p "$cache"
exec {lock}>"$cache/trixie-desktop-$1.lock"
flock --wait 1800 "$lock" || die "another process has held $cache/trixie-desktop-$1.lock for half an hour"
if [ ! -d "$root" ]; then
	command -v mmdebstrap >/dev/null || die "no mmdebstrap (remedy: $here/install.sh suites)"
	say "making $root with mmdebstrap (once, about three minutes)"
	trap finish EXIT
	trap 'exit 143' INT TERM HUP
	rm -rf "$new" "$new.uwsm"
	make {lock}>&-
	rm -rf "$new.uwsm"
	mv -T "$new" "$root"
fi
echo "$root"
