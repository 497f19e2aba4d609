package limit

import (
	"strconv"
	"strings"
)

// Readable reports whether the kernel's file says the property's value. Weights
// and shares become other numbers there.
func (l Limit) Readable() bool { return l.Kind != Weight && l.Kind != Scaled }

// Read returns the value that the text of the kernel's file stands for, in the unit
// of the D-Bus property. The text is without the newline at its end.
func (l Limit) Read(text string) (value uint64, ok bool) {
	switch {
	case !l.Readable():
		return 0, false
	case l.Kind == Quota:
		return parseQuota(text)
	}
	return parseNumber(text)
}

// Same reports whether the value that the kernel has is the one that was asked for.
// It keeps memory in whole pages, and a quota in whole microseconds of a period that
// systemd stretches for small ones (cgroup_cpu_adjust_period, src/core/cgroup.c).
func (l Limit) Same(asked, found uint64) bool {
	const page = 64 << 10 // the largest of any architecture
	switch {
	case asked == found:
		return true
	case asked == Infinity || found == Infinity:
		return false
	case l.Kind == Quota:
		return max(asked, found)-min(asked, found) <= max(asked/100, 1)
	case l.Kind == Memory:
		return found < asked && asked-found < page // not more than asked for
	}
	return false
}

func parseNumber(text string) (uint64, bool) {
	if text == "max" {
		return Infinity, true
	}
	v, err := strconv.ParseUint(text, 10, 64)
	return v, err == nil
}

// parseQuota reads cpu.max, "50000 100000": microseconds in each period of microseconds.
func parseQuota(text string) (uint64, bool) {
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
