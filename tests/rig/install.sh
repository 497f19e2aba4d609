#!/bin/bash
# install.sh GROUP...: installs from Debian what the rigs and the demo need and what is not there yet, without questions.
# Groups: demo (Chromium beside a user manager), session, notice (notification daemons, a Wayland compositor), background (a window
# manager, a sound server), pictures (of what they show), bench, suites (other systemd versions), vm and uml (enforcement), package
# (shells, manual pages, packages), desktop (what opens entries and links), desktops (real desktops), nix, lint.
set -eu

say() { printf 'install: %s\n' "$*" >&2; }
die() { say "$*" && exit 99; }

# packages_of prints a group's packages; "package=command" where a program of another origin will do as well.
packages_of() {
	case $1 in
	session) echo systemd dbus dbus-user-session util-linux mount procps tmux=tmux strace=strace ;;
	demo) packages_of session && echo chromium=chromium xvfb=Xvfb make=make ca-certificates ;;
	notice) echo dunst=dunst xvfb=Xvfb xfce4-notifyd mako-notifier=mako sway=sway lxqt-notificationd=lxqt-notificationd ;;
	background) echo openbox=openbox xterm=xterm xdotool=xdotool x11-utils=xprop pulseaudio=pulseaudio pulseaudio-utils=pactl xvfb=Xvfb ;;
	pictures) packages_of notice && echo grim=grim imagemagick=import pngquant=pngquant x11-xserver-utils=xsetroot adwaita-icon-theme ;;
	bench) packages_of session && echo gcc=cc libc6-dev ;;
	suites) echo mmdebstrap=mmdebstrap util-linux ;;
	vm) packages_of suites && echo qemu-system-x86=qemu-system-x86_64 e2fsprogs=mke2fs ;;
	uml) packages_of suites && echo e2fsprogs=mke2fs debian-archive-keyring ;;
	package)
		packages_of suites && echo bash-completion zsh=zsh fish=fish man-db=man groff-base=groff mandoc=mandoc lintian=lintian \
			makepkg=makepkg pacman-package-manager=pacman libarchive-tools=bsdtar fakeroot=fakeroot make=make python3-prometheus-client ca-certificates
		;;
	desktop) packages_of demo && echo strace=strace libglib2.0-bin=gio kde-cli-tools=kioclient5 python3=python3 xfce4-panel=xfce4-panel xdotool=xdotool dillo=dillo xdg-utils=xdg-open desktop-file-utils=desktop-file-validate ;;
	desktops) packages_of suites && echo procps debian-archive-keyring ;;
	nix) echo systemd desktop-file-utils=desktop-file-validate debian-archive-keyring xz-utils ;;
	lint) echo shellcheck=shellcheck desktop-file-utils=desktop-file-validate gcc=cc libc6-dev ;;
	*) die "no group $1 (demo, session, notice, background, pictures, bench, suites, vm, uml, package, desktop, desktops, nix, lint)" ;;
	esac
}

is_there() { # package[=command]
	case $1 in *=*) ! command -v "${1#*=}" >/dev/null || return 0 ;; esac
	[ "$(dpkg-query --show --showformat '${db:Status-Status}' "${1%%=*}" 2>/dev/null)" = installed ]
}

# apt runs apt-get with a time limit, and once more when it fails: mirrors have bad minutes.
apt() {
	local command=(env DEBIAN_FRONTEND=noninteractive timeout 900 apt-get -qq -y -o DPkg::Lock::Timeout=300
		-o Acquire::Retries=2 -o Dpkg::Use-Pty=0 -o Dpkg::Options::=--force-confold "$@")
	"${command[@]}" >/dev/null </dev/null && return
	say "apt-get $1 failed; once more"
	sleep 5
	"${command[@]}" >/dev/null </dev/null
}

[ $# -gt 0 ] || die "which group? (demo, session, notice, background, pictures, bench, suites, vm, uml, package, desktop, desktops, nix, lint)"
missing=()
for group; do
	wanted=$(packages_of "$group")
	for package in $wanted; do
		is_there "$package" || missing+=("${package%%=*}")
	done
done
[ ${#missing[@]} -gt 0 ] || { say "$*: everything is there" && exit 0; }
[ "$(id -u)" = 0 ] || die "apt-get needs root, for: ${missing[*]}"
command -v apt-get >/dev/null || die "no apt-get here; install by hand: ${missing[*]}"
say "$*: installing ${missing[*]}"
apt update || say "apt-get update failed twice; trying with the lists that are there"
apt install --no-install-recommends "${missing[@]}" || die "could not install ${missing[*]}"
