// Package machine reads the few figures of this machine that a launch decides
// by.
package machine

import (
	"runtime"
	"strconv"
	"strings"
	"syscall"

	"electroscope/launcher/regular"
)

// A Machine is what limits are relative to, and what they lean on.
type Machine struct {
	RAM      uint64 // bytes
	Swap     uint64 // bytes, zram included
	FreeSwap uint64 // bytes of it
	Threads  int    // processors that are online
}

// onlineFile lists the processors, as "0-3,6".
const onlineFile = "/sys/devices/system/cpu/online"

// Read asks the kernel: sysinfo(2) and /sys. A refusal of the first, which no
// kernel gives, would leave RAM at 0.
func Read() Machine {
	var s syscall.Sysinfo_t
	m := Machine{Threads: online(onlineFile)}
	if syscall.Sysinfo(&s) == nil {
		unit := uint64(s.Unit)
		m.RAM, m.Swap, m.FreeSwap = uint64(s.Totalram)*unit, uint64(s.Totalswap)*unit, uint64(s.Freeswap)*unit
	}
	return m
}

// online counts the processors of the machine. Those that this process may use
// (sched_getaffinity(2)) are another number: the budget is that of all apps, and one that was started by taskset(1) must not change it for the others. Without /sys
// they are all that is known.
func online(file string) int {
	text, err := regular.Read(file, 4096)
	if n := count(strings.TrimSpace(string(text))); err == nil && n > 0 {
		return n
	}
	return runtime.NumCPU()
}

// count is how many numbers are in a list such as "0-3,8" (cpuset(7), "List format");
// 0 if it is none.
func count(list string) int {
	n := 0
	for item := range strings.SplitSeq(list, ",") {
		from, to, isRange := strings.Cut(item, "-")
		if !isRange {
			to = from
		}
		first, err := strconv.ParseUint(from, 10, 16)
		last, err2 := strconv.ParseUint(to, 10, 16)
		if err != nil || err2 != nil || last < first {
			return 0
		}
		n += int(last-first) + 1
	}
	return n
}
