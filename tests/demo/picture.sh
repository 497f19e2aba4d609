#!/bin/bash
# picture.sh ELECTROSCOPE: prints a picture (SVG) of a session with a real Chromium under limits that a kernel enforces, User Mode Linux:
# session.sh typed into a terminal of 108 columns. `make docs-demo` writes it to docs/demo.svg.
set -eu -o pipefail

here=$(dirname "$(readlink -f "$0")")
electroscope=$(readlink -e "${1:?which electroscope?}")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# In the machine, as root: swap, as MemoryHigh needs, and what a Chromium without a card, a screen and its own sandbox needs (uml.sh).
cat >"$scratch/prepare.sh" <<-'END'
	modprobe zram
	echo 2G >/sys/block/zram0/disksize
	mkswap --quiet /dev/zram0
	swapon /dev/zram0
	echo 'export CHROMIUM_FLAGS="$CHROMIUM_FLAGS --headless --no-sandbox --disable-gpu --no-first-run"' >/etc/chromium.d/picture
END
cat >"$scratch/record.sh" <<-'END'
	export TERM=xterm-256color SYSTEMD_URLIFY=0
	script --quiet --return --command "stty cols 108 rows 40; bash /opt/session.sh /opt/bin/electroscope" /dev/null
END
bash "$here/../rig/uml.sh" --timeout 120 --quiet --root "$scratch/prepare.sh" --copy "$electroscope:/opt/bin/electroscope" \
	--copy "$here/session.sh:/opt/session.sh" -- "$scratch/record.sh" >"$scratch/recorded" || { cat "$scratch/recorded" >&2 && exit 1; }
cd "$here"
go run ./svg -columns 108 -title 'chromium, started through electroscope: its scope, limits and processes' <"$scratch/recorded"
