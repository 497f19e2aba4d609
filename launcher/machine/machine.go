// Package machine reads the few figures of this machine that a launch decides
// by. It costs one system call.
package machine

import (
	"runtime"
	"syscall"
)

// A Machine is what limits are relative to, and what they lean on.
type Machine struct {
	RAM      uint64 // bytes
	Swap     uint64 // bytes, zram included
	FreeSwap uint64 // bytes of it
	Threads  int    // processors that this process may use
}

// Read asks the kernel: sysinfo(2), sched_getaffinity(2). A refusal, which no
// kernel gives, would leave RAM at 0.
func Read() Machine {
	var s syscall.Sysinfo_t
	m := Machine{Threads: runtime.NumCPU()}
	if syscall.Sysinfo(&s) == nil {
		unit := uint64(s.Unit)
		m.RAM, m.Swap, m.FreeSwap = uint64(s.Totalram)*unit, uint64(s.Totalswap)*unit, uint64(s.Freeswap)*unit
	}
	return m
}
