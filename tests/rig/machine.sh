#!/bin/bash
# machine.sh is sourced by vm.sh and uml.sh: their options, the disk that takes SCRIPT and files of ours into the machine, its end, and what
# it tells. The other end of all this is in guest/.
set -eu

here=$(dirname "$(readlink -f "$0")")
say() { [ -n "${RIG_QUIET:-}" ] || printf 'rig: %s\n' "$*" >&2; }
die() { printf 'rig: %s\n' "$*" >&2; exit 99; }
usage() { sed -n '2s/^# //p' "$0" >&2; exit 99; }

# options sets $memory, $limit, $root, $script and $copies.
options() { # ARGUMENT...
	export RIG_QUIET=''
	memory=2048 limit=240 root='' copies=()
	while [ $# -gt 0 ]; do
		case $1 in
		--memory) memory=${2:?} && shift ;;
		--root) root=${2:?} && shift ;;
		--copy) copies+=("${2:?}") && shift ;;
		--timeout) limit=${2:?} && shift ;;
		--quiet) RIG_QUIET=yes ;;
		--) shift && break ;;
		*) usage ;;
		esac
		shift
	done
	[ $# = 1 ] || usage
	script=$1
	[ -r "$script" ] || die "cannot read script $script"
	[ -z "$root" ] || [ -r "$root" ] || die "cannot read script $root"
}

# finish kills: nothing in the machine is to be kept, and what boot started dies with its parent.
# shellcheck disable=SC2317 # the trap calls it
finish() {
	trap '' INT TERM HUP
	[ -z "$machine" ] || { kill -KILL "$machine" && wait "$machine"; } 2>/dev/null || true
	rm -rf "$work"
}

# prepare has IMAGE-SCRIPT make $image, and holds it (image.sh); in $work it makes the disk rig.img, with the scripts and the copies.
prepare() { # IMAGE-SCRIPT
	local copy to
	command -v mke2fs >/dev/null || die "no mke2fs (remedy: $here/install.sh vm)"
	image=$(exec setpriv --pdeathsig TERM -- "$here/$1")
	exec {held}<"$image/disk"
	flock --shared "$held"
	machine='' work=$(mktemp -d -t electroscope-rig.XXXXXX)
	trap finish EXIT
	trap 'exit 130' INT
	trap 'exit 143' TERM
	trap 'exit 129' HUP
	touch "$work"/{console,status}
	mkdir -p "$work/disk/files"
	cp "$script" "$work/disk/script"
	[ -z "$root" ] || cp "$root" "$work/disk/root"
	for copy in ${copies[@]+"${copies[@]}"}; do
		to=${copy#*:}
		case $copy in *:/*) ;; *) die "--copy $copy: wants SRC:/DST" ;; esac
		mkdir -p "$work/disk/files$(dirname "$to")"
		cp -a "${copy%%:*}" "$work/disk/files$to"
	done
	chmod -R a+rX "$work/disk"
	mke2fs -q -t ext4 -L rig -d "$work/disk" "$work/rig.img" "$(($(du -sm "$work/disk" | cut -f1) * 5 / 4 + 16))M" >/dev/null
}

# boot runs the machine within $limit. It writes its console to $work/console, the status of SCRIPT to $work/status.
boot() { # NAME COMMAND...
	say "booting trixie in $1 ($memory MiB, at most $limit s): ${root:+$root, }$script"
	shift
	ended=0
	setpriv --pdeathsig KILL -- timeout --signal KILL "$limit" setpriv --pdeathsig KILL -- "$@" </dev/null &
	machine=$!
	wait "$machine" 2>/dev/null || ended=$? # bash would say that it was killed
	machine=
}

# conclude ends with SCRIPT's status.
conclude() {
	local status
	status=$(tr -d '\r\n' <"$work/status")
	case $status in
	'' | *[!0-9]*) ;;
	*) exit "$status" ;;
	esac
	[ "$ended" != 137 ] || { say "no end after $limit s; the console's last lines: $(tail -n 5 "$work/console")" && exit 124; } # timeout(1)
	die "no exit status (${status:-none}, the machine's $ended); the console's last lines: $(tail -n 5 "$work/console")"
}
