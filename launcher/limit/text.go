package limit

import (
	"math/bits"
	"strconv"
	"strings"
)

// Setting writes the limit with a value of its property as a unit file has it, NAME=VALUE,
// to the last byte. systemd-run -p takes the same.
func (l Limit) Setting(value uint64) string {
	switch {
	case l.Kind == Quota && value == Infinity:
		return l.Name + "=" // which lifts it; "infinity" is refused (config_parse_cpu_quota, src/core/load-fragment.c)
	case l.Kind == Memory && value != Infinity:
		return l.Name + "=" + exactSize(value)
	}
	return l.Spell(value)
}

// Spell writes the limit with a value for people to read, a size being rounded:
// "MemoryMax=2.5G", "CPUQuota=50%".
func (l Limit) Spell(value uint64) string { return l.Name + "=" + l.Text(value) }

// Text writes a value for people to read.
func (l Limit) Text(value uint64) string {
	switch {
	case value == Infinity:
		return "infinity"
	case l.Kind == Memory:
		return SizeText(value)
	case l.Kind == Quota:
		return QuotaText(value)
	case l.Kind == Scaled:
		return Decimal(float64(value)/(1<<32)*100) + "%"
	case l.Idle && value == 0:
		return "idle"
	}
	return strconv.FormatUint(value, 10)
}

// suffixes are those of sizes, each 1024 of the next.
const suffixes = "EPTGMK"

// SizeText spells bytes as systemd does: exactly if four digits and two decimals can, such as
// "2.5G" or "2457M", else to two decimals of the largest unit.
func SizeText(bytes uint64) string {
	if bytes == Infinity {
		return "infinity"
	}
	rough := ""
	for i := range len(suffixes) {
		unit := uint64(1) << (10 * (len(suffixes) - i))
		if bytes < unit {
			continue
		}
		text := Decimal(float64(bytes)/float64(unit)) + suffixes[i:i+1]
		high, low := bits.Mul64(bytes, 100)
		if high == 0 && low%unit == 0 && bytes/unit < 10_000 {
			return text
		}
		if rough == "" {
			rough = text
		}
	}
	if rough == "" {
		return strconv.FormatUint(bytes, 10) + "B"
	}
	return rough
}

// QuotaText spells microseconds of CPU time per second as CPUQuota= does.
func QuotaText(microseconds uint64) string {
	if microseconds == Infinity {
		return "infinity"
	}
	return Decimal(float64(microseconds)/1e4) + "%"
}

// Decimal writes a number with at most two decimals.
func Decimal(n float64) string {
	text := strconv.FormatFloat(n, 'f', 2, 64)
	return strings.TrimRight(strings.TrimRight(text, "0"), ".")
}

// exactSize spells bytes in the largest unit that leaves nothing over.
func exactSize(bytes uint64) string {
	for i := range len(suffixes) {
		if unit := uint64(1) << (10 * (len(suffixes) - i)); bytes >= unit && bytes%unit == 0 {
			return strconv.FormatUint(bytes/unit, 10) + suffixes[i:i+1]
		}
	}
	return strconv.FormatUint(bytes, 10)
}
