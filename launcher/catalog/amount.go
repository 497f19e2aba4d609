package catalog

import (
	"math"
	"math/bits"
	"strconv"
	"strings"
)

// An Amount is what a limit is set to. Its zero value is an amount that nobody set.
type Amount struct {
	Number uint64 // bytes, tasks, a weight, microseconds per second, or seconds; of a Share: hundredths of a percent
	Unit   Unit
}

// A Unit is how the number of an [Amount] is to be read.
type Unit uint8

const (
	Unset    Unit = iota // the amount was never given
	Plain                // Number as it stands
	Share                // Number hundredths of a percent of some total, as systemd's permyriad
	Infinity             // no limit
	Idle                 // CPUWeight=idle, systemd.resource-control(5)
	Auto                 // what suits the machine
)

// IsSet reports whether the amount was given at all.
func (a Amount) IsSet() bool { return a.Unit != Unset }

// Of returns the amount as a plain number; a share is taken of total and rounded down.
// Infinity is math.MaxUint64, which D-Bus properties take for it; idle, auto and unset are 0
// (systemd takes CPUWeight=0 over D-Bus as idle).
func (a Amount) Of(total uint64) uint64 {
	switch a.Unit {
	case Plain:
		return a.Number
	case Infinity:
		return math.MaxUint64
	case Share:
		high, low := bits.Mul64(total, a.Number)
		if high >= wholeShare {
			return math.MaxUint64
		}
		quotient, _ := bits.Div64(high, low, wholeShare)
		return quotient
	}
	return 0
}

// wholeShare is 100% in hundredths of a percent.
const wholeShare = 100 * 100

// size suffixes in the order in which a sum may use them.
const sizeSuffixes = "EPTGMKB"

// whitespace is systemd's WHITESPACE, src/basic/string-util.h.
const whitespace = " \t\n\r"

// ParseSize reads a size by the rules of systemd's parse_size with base 1024
// (src/basic/parse-util.c): "2.5G", plain bytes, sums of falling suffixes such as
// "1G 512M"; suffixes are upper case. People write "5GB" and "5GiB" too, which systemd
// refuses: both are taken as "5G", of base 1024. It returns "" or what is wrong.
func ParseSize(text string) (total uint64, wrong string) {
	rest := strings.TrimRight(text, whitespace) // a unit file's value is trimmed before it is parsed
	start := 0                                  // the suffixes still allowed are those from here on
	for first := true; first || rest != ""; first = false {
		rest = strings.TrimLeft(rest, whitespace)
		if strings.HasPrefix(rest, "-") {
			return 0, "is negative"
		}
		rest = strings.TrimPrefix(rest, "+") // strtoull takes it
		digits := leadingDigits(rest)
		if digits == "" {
			return 0, "is not a size"
		}
		whole, err := strconv.ParseUint(digits, 10, 64)
		if err != nil {
			return 0, "is too large"
		}
		rest = rest[len(digits):]
		fraction := 0.0
		if strings.HasPrefix(rest, ".") {
			rest = rest[1:]
			digits = leadingDigits(rest)
			fraction, _ = strconv.ParseFloat("0."+digits, 64) // "10.M" is as good as "10M"
			rest = rest[len(digits):]
		}
		rest = strings.TrimLeft(rest, whitespace)

		suffix := len(sizeSuffixes) // no suffix: bytes, and the last of a sum
		if rest != "" {
			if i := strings.IndexByte(sizeSuffixes, rest[0]); i >= 0 {
				suffix = i
				rest = withoutByte(rest[1:], factor(i))
			}
		}
		if suffix < start || start > len(sizeSuffixes) {
			return 0, "is not a size"
		}
		start = suffix + 1

		part, ok := scale(whole, fraction, factor(suffix))
		if !ok || part > math.MaxUint64-total {
			return 0, "is too large"
		}
		total += part
	}
	return total, ""
}

// withoutByte skips the B or iB after a suffix of that factor. A "B" alone is a suffix of
// its own, and the bytes of a sum have digits before it: "3G3B".
func withoutByte(rest string, factor uint64) string {
	if factor == 1 {
		return rest
	}
	if after, ok := strings.CutPrefix(rest, "iB"); ok {
		return after
	}
	return strings.TrimPrefix(rest, "B")
}

// factor is what the suffix at index i of sizeSuffixes multiplies by; B and none by 1.
func factor(i int) uint64 {
	if i >= len(sizeSuffixes)-1 {
		return 1
	}
	return 1 << (10 * (len(sizeSuffixes) - 1 - i))
}

func scale(whole uint64, fraction float64, factor uint64) (uint64, bool) {
	high, low := bits.Mul64(whole, factor)
	more := uint64(fraction * float64(factor))
	return low + more, high == 0 && low <= math.MaxUint64-more
}

func leadingDigits(s string) string {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return s[:n]
}

// parsePercent reads "40%", "12.5%" or "12.34%" into hundredths of a percent, as
// systemd's parse_permyriad_unbounded does (src/basic/percent-util.c). ok is false if
// the text is not a percentage.
func parsePercent(text string) (hundredths uint64, ok bool) {
	number, found := strings.CutSuffix(text, "%")
	if !found {
		return 0, false
	}
	whole, fraction, dotted := strings.Cut(number, ".")
	if whole == "" || leadingDigits(whole) != whole || leadingDigits(fraction) != fraction ||
		dotted && fraction == "" || len(fraction) > 2 {
		return 0, false
	}
	n, err := strconv.ParseUint(whole+(fraction + "00")[:2], 10, 31)
	return n, err == nil
}
