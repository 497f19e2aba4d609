#!/bin/bash
# entries.sh: prints a folder with the desktop entries and the programs of Debian packages, each package in a folder of its name.
# They are fetched at the first call, by this machine's apt, and kept in ${ELECTROSCOPE_RIGS:-/var/cache/electroscope-rigs}.
set -eu -o pipefail

# With D-Bus activation, actions, TryExec, arguments before the field codes, several entries of one program.
packages=(evince feh galculator gnome-calculator kcalc mousepad mpv nautilus pidgin transmission-gtk xterm zathura)

cache=${ELECTROSCOPE_RIGS:-/var/cache/electroscope-rigs}
kept=$cache/desktop-entries-1
die() { printf 'desktop: %s\n' "$*" >&2; exit 99; }

mkdir -p "$cache"
exec 9>"$cache/desktop-entries.lock"
flock 9
[ ! -d "$kept" ] || { echo "$kept" && exit 0; }
command -v apt-get dpkg-deb >/dev/null || die "no apt-get or no dpkg-deb: Debian's packages need them"
new=$(mktemp -d "$cache/new.XXXXXX")
trap 'rm -rf "$new"' EXIT
chmod 755 "$new"
cd "$new"
fetch() { timeout 300 apt-get -qq -o APT::Sandbox::User= -o Acquire::Retries=2 download "${packages[@]}" >&2; }
fetch || { timeout 300 apt-get -qq update >&2 && fetch; } || die "could not download ${packages[*]}"
for package in "${packages[@]}"; do
	mkdir "$package"
	dpkg-deb --fsys-tarfile "$package"_*.deb | tar --extract --directory "$package" ./usr/bin ./usr/share/applications
done
rm ./*.deb
mv -T "$new" "$kept"
echo "$kept"
