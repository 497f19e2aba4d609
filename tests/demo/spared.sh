#!/bin/bash
# spared.sh ELECTROSCOPE FOLDER: has the same Chromium do the same, first without electroscope, then under its limits, and records the
# machine each time, with what the comparison shows, into FOLDER. baselines.sh runs it in a machine whose kernel enforces the limits.
set -eu

PATH=$(dirname "$1"):$HOME/.local/bin:$PATH
out=$2
export LANG=C.UTF-8
mkdir -p "$out" ~/.config/electroscope
cat >~/.config/electroscope/apps.toml <<-END
	[apps.chat]
	exec   = ["/usr/bin/chromium"]
	memory = "400M"
	heap   = "128M"
END
# A page that keeps 300 MB which it does not touch again, half of it such as no compression makes smaller, and leaves garbage behind all
# the time.
cat >~/chat.html <<-'END'
	<script>
	const kept = [], piece = 1 << 16;
	for (let i = 0; i < 300 << 4; i++) {
		const bytes = new Uint8Array(piece).fill(i);
		crypto.getRandomValues(bytes.subarray(0, piece / 2));
		kept.push(bytes);
	}
	console.log("all is kept");
	setInterval(() => { const lines = []; for (let i = 0; i < 20000; i++) lines.push({text: "line " + i}); window.last = lines; }, 50);
	</script>
END

# recorded NAME COMMAND...: starts it, gives it a while, records the machine, and ends it.
recorded() {
	local name=$1 pid
	shift
	"$@" --enable-logging=stderr --user-data-dir="$HOME/profile-$name" "file://$HOME/chat.html" >"$out/$name.log" 2>&1 &
	pid=$!
	for _ in {1..600}; do
		grep -q 'all is kept' "$out/$name.log" && break
		sleep 0.2
	done
	grep -q 'all is kept' "$out/$name.log"
	sleep 20 # what is kept gets cold
	electroscope baseline record --seconds=5 "$name" >"$out/$name"
	electroscope status >"$out/$name.status"
	kill "$pid"
	for _ in {1..300}; do
		pgrep -x chromium >/dev/null || return 0
		sleep 0.2
	done
	echo "chromium does not end" >&2
	return 1
}

recorded without chromium
recorded with electroscope run chat
electroscope baseline compare --svg="$out/baseline.svg" --html="$out/baseline.html" without with >"$out/compare"
electroscope baseline compare --json without with >"$out/compare.json"
cp ~/.local/state/electroscope/baseline/*.json "$out"
