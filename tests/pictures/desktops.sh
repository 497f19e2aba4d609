#!/bin/bash
# desktops.sh ELECTROSCOPE FOLDER: logs in to real desktops and makes pictures: FOLDER/plasma.png, Plasma's System Monitor beside
# `electroscope status`, and FOLDER/notice-plasma.png and notice-gnome.png. `make docs-pictures` puts them into docs/.
set -eu -o pipefail

here=$(dirname "$(readlink -f "$0")")
ELECTROSCOPE_BIN=$(readlink -e "${1:?which electroscope?}")
folder=$(readlink -e "${2:?which folder?}")
export ELECTROSCOPE_BIN
cd "$here/../.."
mkdir -p build
scratch=$(mktemp -d "$PWD/build/pictures.XXXXXX") # the checkout is all that the rig shows
trap 'rm -rf "$scratch"' EXIT

# The rig's root is without what only a picture needs, and gets it in its overlay: the programs, and icons, which were left out of it.
root=$(bash tests/rig/desktop-root.sh all)
bash tests/rig/apt.sh trixie "$scratch/apt" -o "Dir::State::status=$root/var/lib/dpkg/status" --download-only install plasma-systemmonitor konsole
(cd "$scratch/apt/archives" && bash "$here/../rig/apt.sh" trixie "$scratch/apt" download kf6-breeze-icon-theme)

CGO_ENABLED=0 go test -c -tags rig -o "$scratch/desktops.test" ./tests/desktops
cat >"$scratch/inside.sh" <<-'END'
	for deb in "$1"/apt/archives/*.deb; do dpkg-deb --extract "$deb" /; done
	"$1/desktops.test" -test.run "^TestPicture$2\$" >&2
	cat /tmp/picture
END

# picture NAME TEST FORMAT PLACE: the part of the test's screen at PLACE, in few colours, as FOLDER/NAME.png.
picture() {
	bash tests/rig/desktop.sh --all --quiet --timeout 300 -- bash -eu "$scratch/inside.sh" "$scratch" "$2" >"$scratch/$1.$3"
	convert "$3:$scratch/$1.$3" -crop "$4" +repage "png:$scratch/$1.png"
	pngquant --quality 60-95 --strip 64 --output "$folder/$1.png" --force "$scratch/$1.png"
}

picture plasma SystemMonitor xwd 1280x500+0+0
picture notice-plasma NoticePlasma xwd 480x190+800+555
picture notice-gnome NoticeGNOME png 560x190+360+0
