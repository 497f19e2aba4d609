#!/bin/bash
# unpack.sh SUITE FOLDER PACKAGE...: unpacks Debian's packages of that suite into FOLDER, with all they depend on, whatever the machine
# has installed.
set -eu -o pipefail

[ $# -gt 2 ] || { sed -n '2s/^# //p' "$0" >&2 && exit 99; }
suite=$1 folder=$2 apt=$2.apt
shift 2
trap 'rm -rf "$apt"' EXIT
trap 'exit 143' INT TERM HUP
rm -rf "$apt"
mkdir -p "$folder"
bash "$(dirname "$0")/apt.sh" "$suite" "$apt" --download-only install "$@"
for deb in "$apt"/archives/*.deb; do dpkg-deb --fsys-tarfile "$deb" | tar --extract --directory "$folder"; done
