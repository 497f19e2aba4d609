package limit

import (
	"math/bits"
	"strconv"
	"strings"
)

// suffixes are those of sizes, each 1024 of the next.
const suffixes = "EPTGMK"

// SizeText spells bytes as systemd does, exactly where four digits and two decimals can, such as
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
