#!/bin/bash
# nix.sh bookworm|trixie|sid: prints the folder of a Nix (2.8, 2.26, 2.34) out of that suite's packages: bin/nix, bin/nix-instantiate and
# the rest, with a store, a configuration and a HOME of their own in it and no network. Fetched at the first call by an apt with
# folders of its own: no root, the machine's apt and /nix are not touched. Kept in ${ELECTROSCOPE_RIGS:-/var/cache/electroscope-rigs}.
set -eu -o pipefail

cache=${ELECTROSCOPE_RIGS:-/var/cache/electroscope-rigs}
recipe=2 # raise it when what is made below changes, so that old folders are not used any more

say() { [ -n "${RIG_QUIET:-}" ] || printf 'rig: %s\n' "$*" >&2; }
die() { printf 'rig: %s\n' "$*" >&2; exit 99; }

suite=${1:?a suite}
case $suite in bookworm | trixie | sid) ;; *) die "$suite: bookworm, trixie or sid" ;; esac
root=$cache/nix-$suite-$recipe
new=$root.new

# configure writes nix.conf and one program for each command. They are run by their own suite's ld.so, which cannot start the build
# hook, so there is none; a build gets a sandbox with the suite's own bash, coreutils and the like in /bin, much as stdenv has them.
# NIX_REMOTE: else root's Nix would make /nix here.
configure() {
	local command
	mkdir -p "$new/conf" "$new/bin"
	cat >"$new/conf/nix.conf" <<-END
		experimental-features = nix-command flakes
		build-users-group =
		substituters =
		flake-registry =
		builders =
		sandbox = true
		sandbox-paths = /bin=$root/root/usr/bin /lib=$root/root/usr/lib /lib64=$root/root/usr/lib64 /usr/lib=$root/root/usr/lib
		warn-dirty = false
	END
	for command in nix nix-instantiate nix-build nix-store nix-env; do
		cat >"$new/bin/$command" <<-END
			#!/bin/sh
			nix=$root
			export NIX_CONFIG="build-hook =
			\${NIX_CONFIG-}" # in the file it does not take
			export NIX_REMOTE="\${NIX_REMOTE-local?root=\${NIX_STORE_ROOT:-\$nix/store}}" NIX_CONF_DIR="\$nix/conf" NIX_STATE_DIR=/nix/var/nix HOME="\$nix/home"
			libraries=\$nix/root/usr/lib/$(uname -m)-linux-gnu:\$nix/root/usr/lib/nix:\$nix/root/lib/$(uname -m)-linux-gnu
			for loader in "\$nix"/root/lib64/ld-linux-*.so.* "\$nix"/root/usr/lib64/ld-linux-*.so.* "\$nix"/root/lib/ld-linux-*.so.*; do
				[ ! -e "\$loader" ] || exec "\$loader" --argv0 $command --library-path "\$libraries" "\$nix/root/usr/bin/nix" "\$@"
			done
			exit 127
		END
		chmod 755 "$new/bin/$command"
	done
	mkdir -p "$new/home" "$new/store"
}

mkdir -p "$cache"
exec {lock}>"$cache/nix-$suite.lock"
flock --wait 600 "$lock" || die "another process has held $cache/nix-$suite.lock for ten minutes"
if [ ! -d "$root" ]; then
	trap 'rm -rf "$new"' EXIT
	trap 'exit 143' INT TERM HUP
	rm -rf "$new"
	say "$suite: fetching Nix (once, about 40 MB)"
	bash "$(dirname "$0")/unpack.sh" "$suite" "$new/root" nix-bin bash coreutils dash diffutils findutils gawk grep sed {lock}>&- &
	wait $! || die "cannot fetch Nix of $suite" # it is in the background so that a signal finds us waiting
	configure
	mv -T "$new" "$root"
fi
echo "$root"
