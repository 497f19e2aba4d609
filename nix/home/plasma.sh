#!/usr/bin/env bash
# plasma.sh [TABLE TOOLS]: sets the keys of TABLE in KDE's configuration files, and gives a key that the TABLE of the last time had and
# this one has not what it had before us. With no TABLE it gives back all; so does its copy `restore`, which outlives the module.
#
# TABLE has a line for each key: file below $XDG_CONFIG_HOME, group, key, type (string or path), value, with tabs between. TOOLS is a
# folder with kreadconfig6 and kwriteconfig6: they parse, lock and write the files as KDE does, which may be writing at the same time.
# Kept in $XDG_STATE_HOME/electroscope/plasma: `table`, the last TABLE; `before/FILE`, what its keys had; `tools`; `restore`.
# What is so already is not written. Exit status 1: some keys could not be written (said on stderr), all others are.
set -eu -o pipefail
export LC_ALL=C.UTF-8 # any other than UTF-8 makes Qt warn at each call

config=${XDG_CONFIG_HOME:-$HOME/.config}
state=${XDG_STATE_HOME:-$HOME/.local/state}/electroscope/plasma
unset='<not set>' # stands for an entry that a file does not have
failed=

say() { printf 'electroscope: %s\n' "$*"; }
die() { say "$*" >&2 && exit 1; }

# entry FILE GROUP KEY TYPE prints what FILE has there. An absolute FILE is read alone, without the system's (KConfig, NoGlobals).
entry() { kreadconfig6 --file "$1" --group "$2" --key "$3" --type "$4" --default "$unset"; }

# put FILE GROUP KEY TYPE VALUE makes the entry VALUE and looks whether it is: kwriteconfig6 succeeds when it could not write, too.
put() {
	local how=(--type "$4" -- "$5")
	[ "$5" != "$unset" ] || how=(--delete)
	kwriteconfig6 --file "$1" --group "$2" --key "$3" "${how[@]}" || return
	[ "$(entry "$1" "$2" "$3" "$4")" = "$5" ]
}

# change FILE GROUP KEY TYPE VALUE WHAT does that to one of the user's files, and tells.
change() {
	local now
	now=$(entry "$config/$1" "${@:2:3}")
	[ "$now" != "$5" ] || return 0
	if put "$config/$1" "${@:2:4}"; then
		say "$1 [$2] $3: $5 ($6 $now)"
	else
		say "cannot write $1 [$2] $3: it stays $now" >&2
		say "remedy: see whether $config/$1 is a link of home-manager's, is read-only, or marks the key [\$i] (immutable)" >&2
		failed=yes
	fi
}

# keep FILE: writes what stands on stdin to FILE, whole or not at all, unless it is there already.
keep() {
	local text
	text=$(cat && echo .) # the dot keeps newlines at the end
	[ "$text" != "$(cat "$1" 2>/dev/null && echo .)" ] || return 0
	printf '%s' "${text%.}" >"$1.new"
	sync "$1.new"
	mv "$1.new" "$1"
}

# each FUNCTION ROW...: calls FUNCTION with a row's file, group, key, type and value.
each() {
	local row cells
	for row in "${@:2}"; do
		IFS=$'\t' read -r -a cells <<<"$row"
		"$1" "${cells[@]:0:4}" "${cells[4]-}"
	done
}

remember() {
	put "$state/before/$1" "$2" "$3" "$4" "$(entry "$config/$1" "$2" "$3" "$4")" || die "cannot write $state/before/$1: nothing is changed"
}

apply() { change "$@" was; }

give_back() {
	local now
	now=$(entry "$config/$1" "$2" "$3" "$4")
	if [ "$now" = "$5" ]; then
		change "$1" "$2" "$3" "$4" "$(entry "$state/before/$1" "$2" "$3" "$4")" "as before; we had set"
		[ -s "$config/$1" ] || rm -f "$config/$1" # kwriteconfig6 leaves an empty file where it took the last entry
	else
		say "$1 [$2] $3: $now stays, it is not ours"
	fi
}

main() {
	local table=${1:-/dev/null} tools=${2:-$state/tools} row rows=() old=() fresh=() dropped=()
	local -A wanted=() had=() # by file, group and key: a row without its type and value
	PATH=$tools:$PATH
	type -P kreadconfig6 kwriteconfig6 >/dev/null ||
		die "no kreadconfig6 and kwriteconfig6 on PATH (remedy: nix shell nixpkgs#kdePackages.kconfig --command $0)"

	mapfile -t rows <"$table"
	[ ! -e "$state/table" ] || mapfile -t old <"$state/table"
	[ ${#rows[@]} -gt 0 ] || [ ${#old[@]} -gt 0 ] || return 0
	for row in "${rows[@]}"; do wanted[${row%$'\t'*$'\t'*}]=yes; done
	for row in "${old[@]}"; do had[${row%$'\t'*$'\t'*}]=yes; done
	for row in "${rows[@]}"; do [ "${had[${row%$'\t'*$'\t'*}]-}" ] || fresh+=("$row"); done
	for row in "${old[@]}"; do [ "${wanted[${row%$'\t'*$'\t'*}]-}" ] || dropped+=("$row"); done

	mkdir -p "$state/before"
	[ "$tools" = "$state/tools" ] || [ "$(readlink "$state/tools")" = "$tools" ] || ln -sfn "$tools" "$state/tools"
	keep "$state/restore" <"$0" && chmod 755 "$state/restore"
	each remember "${fresh[@]}"
	printf '%s\n' "${rows[@]}" "${dropped[@]}" | keep "$state/table" # before the first change, so that none is forgotten
	each give_back "${dropped[@]}"
	each apply "${rows[@]}"
	[ -z "$failed" ] || exit 1 # the table still has what could not be given back: the next time tries again
	if [ ${#rows[@]} -gt 0 ]; then keep "$state/table" <"$table"; else rm -rf "$state"; fi
}

main "$@"
