#!/bin/bash
# baselines.sh ELECTROSCOPE FOLDER: runs spared.sh in User Mode Linux, and writes into FOLDER what it recorded there and baseline.png, its
# page as Chromium shows it. `make docs-baseline` puts that into docs/.
set -eu -o pipefail

here=$(dirname "$(readlink -f "$0")")
electroscope=$(readlink -e "${1:?which electroscope?}")
folder=$(readlink -f "${2:?into which folder?}")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# Swap in RAM, and what a Chromium without a card, a screen and its own sandbox needs.
cat >"$scratch/prepare.sh" <<-'END'
	modprobe zram
	echo 1536M >/sys/block/zram0/disksize
	mkswap --quiet /dev/zram0
	swapon --priority 100 /dev/zram0
	echo 'export CHROMIUM_FLAGS="$CHROMIUM_FLAGS --headless --no-sandbox --disable-gpu --no-first-run"' >/etc/chromium.d/picture
END
cat >"$scratch/record.sh" <<-'END'
	bash /opt/spared.sh /opt/bin/electroscope /tmp/recorded >/tmp/said 2>&1 || { cat /tmp/said && exit 1; }
	echo recorded:
	tar -C /tmp/recorded -c . | base64
END
bash "$here/../rig/uml.sh" --timeout 300 --quiet --root "$scratch/prepare.sh" --copy "$electroscope:/opt/bin/electroscope" \
	--copy "$here/spared.sh:/opt/spared.sh" -- "$scratch/record.sh" >"$scratch/recorded" || { cat "$scratch/recorded" >&2 && exit 1; }
mkdir "$scratch/files"
tr -d '\r' <"$scratch/recorded" | sed '0,/^recorded:$/d' | base64 -d | tar -C "$scratch/files" -x
timeout 120 chromium --headless --no-sandbox --disable-gpu --no-first-run --hide-scrollbars --user-data-dir="$scratch/profile" \
	--window-size=880,980 --screenshot="$scratch/page.png" "file://$scratch/files/baseline.html" 2>"$scratch/chromium.log" ||
	{ cat "$scratch/chromium.log" >&2 && exit 1; }
pngquant --quality 60-95 --strip 64 --output "$scratch/files/baseline.png" --force "$scratch/page.png"
cp "$scratch"/files/* "$folder"
