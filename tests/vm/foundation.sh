#!/bin/bash
# foundation.sh is sourced by enforce.sh in the machine that configure.sh set up: do kernel and systemd hold what the files say?

check "sysctl" "$(sysctl -n vm.swappiness vm.vfs_cache_pressure vm.overcommit_memory vm.overcommit_ratio vm.dirty_ratio \
	vm.dirty_background_ratio vm.panic_on_oom | xargs)" "67 125 0 50 10 5 0"

chosen() { sed 's/.*\[\(.*\)\].*/\1/' "$1"; } # of a file in /sys that lists what there is, with the one in use in brackets
check "zram's algorithm" "$(chosen /sys/block/zram0/comp_algorithm)" zstd
check "zram's priority" "$(swapon --noheadings --show=NAME,PRIO | xargs)" "/dev/zram0 100"
ram=$(sed -n 's/^MemTotal: *\([0-9]*\) kB/\1/p' /proc/meminfo)
size=$(($(cat /sys/block/zram0/disksize) / 1024))
check "zram has 75 % of the RAM ($size of $ram KiB), to the MiB" "$(((ram * 75 / 100 - size) / 1024))" 0

slice=/sys/fs/cgroup/user.slice/user-1000.slice
check "the user's slice takes the drop-in" "$(systemctl show user-1000.slice --property DropInPaths --value |
	tr ' ' '\n' | grep -c '/user-\.slice\.d/overrides\.conf$')" 1
check "the user's memory.high" "$(cat $slice/memory.high)" $((12 << 30))
check "the user's memory.max" "$(cat $slice/memory.max)" $((14 << 30))
check "the user's cpu.max" "$(cat $slice/cpu.max)" "600000 100000"
check "what is kept for services" "$(cat /sys/fs/cgroup/system.slice/memory.low)" $((512 << 20))
check "systemd-oomd is to watch the swap of apps" "$(systemctl --user show --property ManagedOOMSwap --value app.slice)" kill
check "and no pressure of users" "$(systemctl show user.slice user-1000.slice --property ManagedOOMMemoryPressure --value | xargs)" "auto auto"

check "the disk's scheduler, and not that of NVMe" "$(chosen /sys/block/vda/queue/scheduler)" bfq
