#!/bin/bash
# session.sh ELECTROSCOPE: the session that docs/demo.svg shows, typed and answered, on the terminal that it runs on. picture.sh runs it
# in a machine of its own, where the user's manager is given the controllers: the limits are enforced.
set -eu

PATH=$(dirname "$1"):$HOME/.local/bin:$PATH
log=$(mktemp)
trap 'rm -f "$log"' EXIT
mkdir -p ~/.config/electroscope
cat >~/.config/electroscope/apps.toml <<-END
	[apps.chromium]
	exec   = ["/usr/bin/chromium"]
	memory = "800M"
	cpus   = 1.5
END

show() { printf '\033[1m$ %s\033[0m\n' "$*"; }
run() {
	show "$*"
	bash -c "$*"
}

run 'cat ~/.config/electroscope/apps.toml'
run 'electroscope link chromium'
show 'chromium about:blank &'
chromium about:blank >"$log" 2>&1 &
app=$!
for _ in {1..150}; do
	pgrep -f -- --type=renderer >/dev/null && break
	kill -0 "$app" 2>/dev/null || { cat "$log" >&2 && exit 1; }
	sleep 0.2
done
sleep 10 # in its first seconds Chromium would leave the scope
grep '^electroscope:' "$log" || true
unit=app-chromium-$app.scope
run "systemctl --user --no-pager status $unit"
group=/sys/fs/cgroup$(systemctl --user show -P ControlGroup "$unit")
cd "$group"
run "grep . memory.max memory.high cpu.max" # in the scope's folder
systemctl --user stop "$unit"
wait "$app" || true
