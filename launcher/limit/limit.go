// Package limit is the one table of the limits a scope or slice can have: what
// each is called in a unit file, over D-Bus and in the kernel's cgroup files.
// It rests on systemd.resource-control(5), org.freedesktop.systemd1(5) and
// Documentation/admin-guide/cgroup-v2.rst.
package limit

import (
	"strconv"
	"strings"
)

// A Limit is one row of the table.
type Limit struct {
	Name       string // in unit files and in apps.toml
	Property   string // over D-Bus
	Controller string // the cgroup controller that enforces it
	File       string // where the kernel has it

	parse func(text string) (uint64, bool)
	exact bool // the kernel takes any number as it is
}

var table = [...]Limit{
	{Name: "MemoryMin", Property: "MemoryMin", Controller: "memory", File: "memory.min", parse: number},
	{Name: "MemoryLow", Property: "MemoryLow", Controller: "memory", File: "memory.low", parse: number},
	{Name: "MemoryHigh", Property: "MemoryHigh", Controller: "memory", File: "memory.high", parse: number},
	{Name: "MemoryMax", Property: "MemoryMax", Controller: "memory", File: "memory.max", parse: number},
	{Name: "MemorySwapMax", Property: "MemorySwapMax", Controller: "memory", File: "memory.swap.max", parse: number},
	{Name: "MemoryZSwapMax", Property: "MemoryZSwapMax", Controller: "memory", File: "memory.zswap.max", parse: number},
	{Name: "TasksMax", Property: "TasksMax", Controller: "pids", File: "pids.max", parse: number, exact: true},
	{Name: "TasksMax", Property: "TasksMaxScale", Controller: "pids", File: "pids.max"},
	{Name: "CPUQuota", Property: "CPUQuotaPerSecUSec", Controller: "cpu", File: "cpu.max", parse: quota},
	{Name: "CPUWeight", Property: "CPUWeight", Controller: "cpu", File: "cpu.weight"},
	{Name: "IOWeight", Property: "IOWeight", Controller: "io", File: "io.weight"},
}

// Infinity is the value of a limit that is not set, in systemd's interface and here.
const Infinity = ^uint64(0)

// ByProperty finds the limit that systemd's interface has under that name.
func ByProperty(name string) (Limit, bool) {
	for _, l := range table {
		if l.Property == name {
			return l, true
		}
	}
	return Limit{}, false
}

// Caps are the upper limits, of which the least along a path in the tree holds.
// A unit that is left takes its own with it.
func Caps() []Limit {
	var caps []Limit
	for _, l := range table {
		if l.parse != nil && l.Name != "MemoryMin" && l.Name != "MemoryLow" && l.Name != "MemoryZSwapMax" {
			caps = append(caps, l)
		}
	}
	return caps
}

// Readable reports whether the kernel's file says the property's value. Weights
// and shares become other numbers there.
func (l Limit) Readable() bool { return l.parse != nil }

// Read gives the value that the text of the kernel's file, without the newline at
// its end, stands for, in the unit
// of the D-Bus property: bytes, tasks, microseconds of CPU time a second.
func (l Limit) Read(text string) (value uint64, ok bool) {
	if l.parse == nil {
		return 0, false
	}
	return l.parse(text)
}

// Same reports whether the value the kernel has is the one that was asked for. It
// keeps memory in whole pages, and a quota in whole microseconds of a period that
// systemd stretches for small ones (cgroup_cpu_adjust_period, src/core/cgroup.c).
func (l Limit) Same(asked, found uint64) bool {
	switch {
	case asked == found:
		return true
	case asked == Infinity || found == Infinity || l.exact:
		return false
	case l.Controller == "cpu":
		return max(asked, found)-min(asked, found) <= max(asked/100, 1)
	}
	const page = 64 << 10 // the largest of any architecture
	return found < asked && asked-found < page
}

// Spell writes the limit with a value as a unit file has it: "MemoryMax=64M",
// "CPUQuota=50%".
func (l Limit) Spell(value uint64) string {
	switch {
	case value == Infinity:
		return l.Name + "=infinity"
	case l.Controller == "cpu":
		return l.Name + "=" + QuotaText(value)
	case l.Controller == "memory":
		return l.Name + "=" + SizeText(value)
	}
	return l.Name + "=" + strconv.FormatUint(value, 10)
}

func number(text string) (uint64, bool) {
	if text == "max" {
		return Infinity, true
	}
	v, err := strconv.ParseUint(text, 10, 64)
	return v, err == nil
}

// quota reads cpu.max, "50000 100000": microseconds in each period of microseconds.
func quota(text string) (uint64, bool) {
	most, period, _ := strings.Cut(text, " ")
	if most == "max" {
		return Infinity, true
	}
	a, err := strconv.ParseUint(most, 10, 32)
	b, wrong := strconv.ParseUint(period, 10, 32)
	if err != nil || wrong != nil || b == 0 {
		return 0, false
	}
	return a * 1e6 / b, true
}
