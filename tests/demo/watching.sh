#!/bin/bash
# watching.sh ELECTROSCOPE FOLDER: starts two apps, real Chromium with a page each, one of which computes without end, and records what
# status, top and budget show of them into FOLDER. watched.sh runs it in a machine whose kernel enforces the limits.
set -eu

PATH=$(dirname "$1"):$HOME/.local/bin:$PATH
out=$2
export LANG=C.UTF-8 TERM=xterm-256color
mkdir -p "$out" ~/.config/electroscope
cat >~/.config/electroscope/apps.toml <<-END
	[apps.chat]
	exec   = ["/usr/bin/chromium"]
	args   = ["--user-data-dir=$HOME/chat"]
	memory = "500M"

	[apps.editor]
	exec   = ["/usr/bin/chromium"]
	args   = ["--user-data-dir=$HOME/editor"]
	memory = "900M"
	cpus   = 0.3
END
echo '<script>onload = () => { for (;;); }</script>' >~/busy.html
electroscope run chat about:blank >"$out/chat.log" 2>&1 &
electroscope run editor "file://$HOME/busy.html" >"$out/editor.log" 2>&1 &
for _ in {1..300}; do
	[ "$(pgrep -c -f -- --type=renderer)" -ge 2 ] && break
	sleep 0.2
done
sleep 8
electroscope status >"$out/status"
electroscope budget >"$out/budget"
electroscope budget --svg="$out/budget.svg" >/dev/null
# Killed so that it does not leave its screen: that is what the picture is of.
timeout -s KILL 45 script --quiet --command "stty cols 80 rows 24; exec electroscope top --interval=1.5" /dev/null >"$out/top" || true
systemctl --user stop app-electron.slice
