#!/bin/bash
# enforce.sh runs in the virtual machine, as an ordinary user: what a launched app is held to where that takes two processors, zram with
# zstd or pressure stall information. All else is in tests/uml, at native speed. Limits, kernel and systemd are real.
set -u

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
more_than() { [ "$(cat "$2")" -gt "$1" ]; } # NUMBER FILE

# A session that still starts has other jobs for its manager; in an emulated machine that takes a while.
timeout 120 systemctl --user is-system-running --wait >/dev/null || echo "the user's manager: $(systemctl --user is-system-running)"

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
MemoryHigh = "32M"
MemoryMax  = "128M"
CPUQuota   = "150%"
[apps.stalled]
exec = ["stalled-app"]
memory-high-without-swap = "keep"
[apps.stalled.limits]
MemoryHigh    = "32M"
MemoryMax     = "256M"
MemorySwapMax = "0"
END
# It holds more than MemoryHigh.
cat >apps/capped-app <<'END'
#!/bin/bash
(head -c 48M /dev/zero; exec sleep 300) | tail -c 48M &
exec sleep 300
END
# It wants ever more, and nothing of it can be swapped out: at MemoryHigh it stands still.
printf '#!/bin/bash\nexec tail /dev/zero\n' >apps/stalled-app
chmod +x apps/capped-app apps/stalled-app
/opt/electroscope link --dir=bin capped stalled >/dev/null

# A desktop's session has its bus already. To start it takes this emulated machine longer than a launch waits.
systemctl --user start dbus.service

# shellcheck source=tests/vm/foundation.sh
. /opt/foundation.sh

capped 2>stderr &
app=$!
await 20 in_scope "$app" capped
group=$(group_of "$app")
check "the app is in its scope" "${group##*app.slice/}" "app-electron.slice/app-capped-$app.scope"
check "memory.max" "$(cat "$sys$group/memory.max")" 134217728
check "memory.high" "$(cat "$sys$group/memory.high")" 33554432
check "cpu.max, more than one processor" "$(cat "$sys$group/cpu.max")" "150000 100000"
check "nothing is said where nothing is missing" "$(cat stderr)" ""
half=$(($(sed -n 's/^MemTotal: *\([0-9]*\) kB/\1/p' /proc/meminfo) * 1024 / 2 / 4096 * 4096))
check "the budget's memory.high" "$(cat "$sys${group%/*}/memory.high")" "$half"
check "the machine has two processors" "$(nproc)" 2
check "the budget's cpu.max is half of them" "$(cat "$sys${group%/*}/cpu.max")" "100000 100000"
await 60 more_than $((4 << 20)) "$sys$group/memory.swap.current"
check "above MemoryHigh it is swapped out" $? 0
check "and its pressure is told" "$(($(sed -n 's/^some .*total=//p' "$sys$group/memory.pressure") > 0))" 1
check "it lives on" "$(group_of "$app")" "$group"

# shellcheck source=tests/vm/doctor.sh
. /opt/doctor.sh

# An app that stands still waits for memory all the time. That is told by the kernel's pressure, which tests/uml has not; of the app
# above, which is swapped out, there is nothing to tell.
/opt/electroscope watch 2>watched &
watcher=$!
stalled >/dev/null 2>&1 &
stalled=$!
await 20 in_scope "$stalled" stalled
stall() { # the share of ten seconds in which all of it waits for memory is more than that, by the kernel's own file
	[ "$(sed -n 's/^full avg10=\([0-9]*\).*/\1/p' "$sys$(group_of "$stalled")/memory.pressure")" -gt "$1" ]
}
await 60 stall 40
check "an app over its MemoryHigh without swap waits for memory" $? 0
await 120 grep -q 'stalled has been slowed for .* it is at its MemoryHigh (32M)' watched
check "and watch tells so" $? 0
check "of nothing else" "$(grep -c 'has been slowed' watched)" 1
/opt/electroscope pressure >told
check "pressure names it" "$(grep -o '^stalled ' told | head -n 1)" "stalled "
kill "$watcher"
xargs kill -KILL <"$sys$(group_of "$stalled")/cgroup.procs"

# What one app may run on says nothing of the machine, nor of the other apps.
taskset --cpu-list 0 bin/capped 2>/dev/null &
pinned=$!
await 20 in_scope "$pinned" capped
check "a pinned app leaves the budget as it is" "$(cat "$sys${group%/*}/cpu.max")" "100000 100000"
xargs kill <"$sys$(group_of "$pinned")/cgroup.procs"
xargs kill <"$sys$group/cgroup.procs" 2>/dev/null # the first ends the second
wait "$app" 2>/dev/null

rm -rf "$home"
if [ "$failures" -gt 0 ]; then
	echo "vm: $failures checks failed"
	exit 1
fi
echo "vm: all checks passed"
