package main

import (
	"context"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"
)

// A Lack is how short of memory the machine was.
type Lack struct {
	Available uint64 `json:"available_least"` // bytes
	Swap      uint64 `json:"swap_most"`       // bytes
}

// watch looks four times a second, until the context ends.
func watch(ctx context.Context) func() Lack {
	var l Lack
	var looking sync.WaitGroup
	looking.Go(func() {
		for ctx.Err() == nil {
			m := table("/proc/meminfo")
			if available := m["MemAvailable:"] << 10; l.Available == 0 || available < l.Available {
				l.Available = available
			}
			l.Swap = max(l.Swap, (m["SwapTotal:"]-m["SwapFree:"])<<10)
			time.Sleep(250 * time.Millisecond)
		}
	})
	return func() Lack { looking.Wait(); return l }
}

// kills is how many processes the kernel has killed for want of memory since it began.
func kills() uint64 { return table("/proc/vmstat")["oom_kill"] }

// table reads a file of names and numbers.
func table(path string) map[string]uint64 {
	text, _ := os.ReadFile(path)
	values := map[string]uint64{}
	for line := range strings.Lines(string(text)) {
		if f := strings.Fields(line); len(f) >= 2 {
			values[f[0]], _ = strconv.ParseUint(f[1], 10, 64)
		}
	}
	return values
}
