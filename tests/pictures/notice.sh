#!/bin/bash
# notice.sh ELECTROSCOPE FOLDER: makes pictures of the notice of a launch without limits, as notification daemons show it that come
# after the launch: FOLDER/notice-xfce4-notifyd.png and notice-mako.png. `make docs-notice` puts them into docs/.
set -eu -o pipefail

here=$(dirname "$(readlink -f "$0")")
electroscope=$(readlink -e "${1:?which electroscope?}")
folder=$(readlink -e "${2:?which folder?}")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

for daemon in xfce4-notifyd mako; do
	bash "$here/../rig/session.sh" --quiet --timeout 120 --bus --xvfb -- \
		bash "$here/inside.sh" "$electroscope" "$daemon" >"$scratch/$daemon.png"
	pngquant --quality 60-95 --strip 64 --output "$folder/notice-$daemon.png" --force "$scratch/$daemon.png"
done
