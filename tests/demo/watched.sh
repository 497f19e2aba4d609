#!/bin/bash
# watched.sh ELECTROSCOPE FOLDER: records watching.sh in User Mode Linux, and writes into FOLDER what status and budget said, and
# top.svg, the screen of top as a terminal shows it: tmux(1) is given what top wrote there. `make docs-top` puts that into docs/.
set -eu -o pipefail

here=$(dirname "$(readlink -f "$0")")
electroscope=$(readlink -e "${1:?which electroscope?}")
folder=$(readlink -f "${2:?into which folder?}")
scratch=$(mktemp -d)
server=''
trap '[ -z "$server" ] || kill -9 "$server"; rm -rf "$scratch"' EXIT

# As picture.sh has it: swap, and what a Chromium without a card, a screen and its own sandbox needs.
cat >"$scratch/prepare.sh" <<-'END'
	modprobe zram
	echo 2G >/sys/block/zram0/disksize
	mkswap --quiet /dev/zram0
	swapon /dev/zram0
	echo 'export CHROMIUM_FLAGS="$CHROMIUM_FLAGS --headless --no-sandbox --disable-gpu --no-first-run"' >/etc/chromium.d/picture
END
cat >"$scratch/record.sh" <<-'END'
	bash /opt/watching.sh /opt/bin/electroscope /tmp/recorded >/tmp/said 2>&1 || { cat /tmp/said && exit 1; }
	echo recorded:
	tar -C /tmp/recorded -c . | base64
END
bash "$here/../rig/uml.sh" --timeout 200 --quiet --root "$scratch/prepare.sh" --copy "$electroscope:/opt/bin/electroscope" \
	--copy "$here/watching.sh:/opt/watching.sh" -- "$scratch/record.sh" >"$scratch/recorded" || { cat "$scratch/recorded" >&2 && exit 1; }
tr -d '\r' <"$scratch/recorded" | sed '0,/^recorded:$/d' | base64 -d | tar -C "$scratch" -x
screen=(tmux -S "$scratch/tmux" -f /dev/null)
env LANG=C.UTF-8 TERM=xterm-256color "${screen[@]}" new-session -d -x 80 -y 24 "cat '$scratch/top'; sleep 60"
server=$("${screen[@]}" display-message -p '#{pid}')
sleep 2
"${screen[@]}" capture-pane -e -p >"$scratch/screen"
grep -q 'electroscope top' "$scratch/screen"
(cd "$here" && go run ./svg -columns 80 -title 'electroscope top: two apps, their memory against their limits') <"$scratch/screen" >"$scratch/top.svg"
for file in status budget budget.svg top.svg; do
	cp "$scratch/$file" "$folder/$file"
done
