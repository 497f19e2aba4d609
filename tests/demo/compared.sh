#!/bin/bash
# compared.sh ELECTROSCOPE FOLDER: compares real Chromium without electroscope and with one setting after the other, in User Mode Linux,
# whose kernel enforces the limits, and writes what came of it into FOLDER/compared. docs/compare.md is made of that.
set -eu -o pipefail

here=$(dirname "$(readlink -f "$0")")
electroscope=$(readlink -e "${1:?which electroscope?}")
folder=$(readlink -f "${2:?into which folder?}")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

cat >"$scratch/prepare.sh" <<-'END'
	modprobe zram
	echo 1536M >/sys/block/zram0/disksize
	mkswap --quiet /dev/zram0
	swapon --priority 100 /dev/zram0
END
# The first with the budget of all apps, whose CPUQuota is half of this machine's one CPU; the others without, each by itself.
cat >"$scratch/compare.sh" <<-'END'
	set -eu
	mkdir -p ~/.config/electroscope
	compared() {
		/opt/bin/electroscope compare --rounds=3 --seconds=6 --b="$1" chat -- --headless --no-sandbox --no-first-run 2>&1 | cat
		echo
	}
	printf '[apps.chat]\nexec = ["/usr/bin/chromium"]\n' >~/.config/electroscope/apps.toml
	compared default
	printf '[budget]\ncpus = "infinity"\nmemory = "infinity"\n' >>~/.config/electroscope/apps.toml
	for setting in 'heap = "256M"' 'memory = "200M"' 'gpu.raster = true' 'gpu.zero-copy = true'; do
		compared "$setting"
	done
END
bash "$here/../rig/uml.sh" --timeout 1500 --quiet --root "$scratch/prepare.sh" --copy "$electroscope:/opt/bin/electroscope" -- "$scratch/compare.sh" \
	>"$scratch/compared" || { cat "$scratch/compared" >&2 && exit 1; }
tr -d '\r' <"$scratch/compared" >"$folder/compared"
