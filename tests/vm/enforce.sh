#!/bin/bash
# enforce.sh runs in the virtual machine, as an ordinary user: what the kernel does to a launched app. $swap says what the
# machine has. Apps are stand-ins made of coreutils; limits, kernel and systemd are real.
set -u

: "${swap:?none or zram}"
failures=0
check() { # WHAT GOT WANT
	if [ "$2" = "$3" ]; then
		echo "ok      $1: $2"
	else
		echo "NOT OK  $1: got '$2', want '$3'"
		failures=$((failures + 1))
	fi
}
sys=/sys/fs/cgroup
group_of() { sed -n 's/^0:://p' "/proc/$1/cgroup" 2>/dev/null; }
# await SECONDS COMMAND...: until the command succeeds.
await() {
	local i=$(($1 * 5))
	shift
	while ! "$@"; do
		i=$((i - 1)) && [ "$i" -gt 0 ] || return 1
		sleep 0.2
	done
}
in_scope() { case $(group_of "$1") in */app-"$2"-"$1".scope) ;; *) return 1 ;; esac }
gone() { ! kill -0 "$1" 2>/dev/null; }

home=$(mktemp -d) && cd "$home" || exit 1
mkdir -p bin apps config/electroscope
export XDG_CONFIG_HOME=$home/config PATH=$home/bin:$home/apps:$PATH
cat >config/electroscope/apps.toml <<'END'
[budget]
memory = "50%"
cpus   = "50%"
[apps.capped]
exec = ["capped-app"]
[apps.capped.limits]
MemoryHigh = "96M"
MemoryMax  = "128M"
CPUQuota   = "50%"
[apps.pair]
exec = ["capped-app"]
instances = "shared"
[apps.pair.limits]
MemoryMax = "128M"
END
# A main process that waits for its child, as a browser for a renderer, and lives on when that is killed.
cat >apps/capped-app <<'END'
#!/bin/bash
case ${1-} in
hog) tail /dev/zero & echo $! >child; wait $!; echo "the child ended with $?" >ended ;;
spin) while :; do :; done ;;
esac
exec sleep 300
END
chmod +x apps/capped-app
/opt/electroscope link --dir=bin capped pair >/dev/null

# A desktop's session has its bus already. To start it takes this emulated machine longer than a launch waits.
systemctl --user start dbus.service

# shellcheck source=tests/vm/foundation.sh
[ "$swap" = none ] || . /opt/foundation.sh

capped 2>stderr &
app=$!
await 20 in_scope "$app" capped
group=$(group_of "$app")
check "the app is in its scope" "${group##*app.slice/}" "app-electron.slice/app-capped-$app.scope"
check "memory.max" "$(cat "$sys$group/memory.max")" 134217728
check "cpu.max" "$(cat "$sys$group/cpu.max")" "50000 100000"
if [ "$swap" = none ]; then
	check "memory.high without swap" "$(cat "$sys$group/memory.high")" max
	check "and a line says so" "$(grep -c '^electroscope: capped runs without MemoryHigh' stderr)" 1
else
	check "memory.high with swap" "$(cat "$sys$group/memory.high")" 100663296
	check "nothing is said where nothing is missing" "$(cat stderr)" ""
	half=$(($(sed -n 's/^MemTotal: *\([0-9]*\) kB/\1/p' /proc/meminfo) * 1024 / 2 / 4096 * 4096))
	check "the budget's memory.high" "$(cat "$sys${group%/*}/memory.high")" "$half"
fi
check "the budget's cpu.max" "$(cat "$sys${group%/*}/cpu.max")" "$(($(nproc) * 50000)) 100000"
check "oom_score_adj is no worse than before" "$(($(cat /proc/$app/oom_score_adj) <= $(cat /proc/self/oom_score_adj)))" 1
kill "$app"; wait "$app" 2>/dev/null
await 20 test ! -d "$sys$group"
check "the scope goes with the app" "$(test -d "$sys$group" && echo there)" ""

# A child that takes too much is killed, the app is not (OOMPolicy=continue), and no other app feels it.
ELECTROSCOPE_SET='apps.capped.memory_high = "auto"
apps.capped.limits.MemoryHigh = "infinity"
apps.capped.limits.MemorySwapMax = "0"' capped hog 2>/dev/null &
app=$!
await 60 test -e ended
check "the hog is killed by the kernel" "$(cat ended 2>/dev/null)" "the child ended with 137"
group=$(group_of "$app")
check "oom_kill counted in the scope" "$(sed -n 's/^oom_kill //p' "$sys$group/memory.events")" 1
sleep 1 # for systemd to do what it would
check "the app lives on" "$(gone "$app" || echo lives)" lives
check "in its scope" "$(in_scope "$app" capped && echo yes)" yes
kill "$app"; wait "$app" 2>/dev/null

# CPUQuota: a spinning app is held back. How much it got in 4 s is told, not judged: this machine is emulated.
capped spin 2>/dev/null &
app=$!
await 20 in_scope "$app" capped
group=$(group_of "$app")
before=$(sed -n 's/^usage_usec //p' "$sys$group/cpu.stat")
sleep 4
used=$((($(sed -n 's/^usage_usec //p' "$sys$group/cpu.stat") - before) / 1000))
echo "        a spinning app with CPUQuota=50% used $used ms in 4 s"
check "it was throttled" "$(($(sed -n 's/^nr_throttled //p' "$sys$group/cpu.stat") > 0))" 1
kill -9 "$app"; wait "$app" 2>/dev/null

# instances = "shared": two launches, one cap.
pair 2>/dev/null & one=$!
pair 2>/dev/null & two=$!
await 20 in_scope "$one" pair
await 20 in_scope "$two" pair
slice=$(group_of "$one") && slice=${slice%/*}
check "both under one slice" "$(dirname "$(group_of "$two")")" "$slice"
check "which has the cap" "${slice##*/} $(cat "$sys$slice/memory.max")" "app-electron-pair.slice 134217728"
check "and the scopes have none" "$(cat "$sys$(group_of "$one")/memory.max")" max
kill "$one" "$two"; wait "$one" "$two" 2>/dev/null

rm -rf "$home"
if [ "$failures" -gt 0 ]; then
	echo "vm: $failures checks failed"
	exit 1
fi
echo "vm: all checks passed"
