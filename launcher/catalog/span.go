package catalog

import (
	"strconv"
	"strings"
)

// spanUnits are units of systemd.time(7), "Parsing Time Spans", in seconds.
var spanUnits = [...]struct {
	names   string
	seconds uint64
}{
	{" s sec second seconds ", 1},
	{" m min minute minutes ", 60},
	{" h hr hour hours ", 60 * 60},
	{" d day days ", 24 * 60 * 60},
}

// parseSpan reads a time span as systemd does, such as "10min" or "1h 30min", into seconds. A
// number without a unit, which systemd takes for seconds, is refused: most who write it mean
// minutes. It returns "" or what is wrong.
func parseSpan(text string) (seconds uint64, wrong string) {
	rest := strings.Trim(text, whitespace)
	if strings.HasPrefix(rest, "-") {
		return 0, "is negative"
	}
	for first := true; first || rest != ""; first = false {
		digits := leadingDigits(rest)
		if digits == "" {
			return 0, "is not a time"
		}
		n, err := strconv.ParseUint(digits, 10, 32)
		if err != nil {
			return 0, "is too large"
		}
		rest = strings.TrimLeft(rest[len(digits):], whitespace)
		letters := len(rest) - len(strings.TrimLeft(rest, "abcdefghijklmnopqrstuvwxyz"))
		unit := secondsIn(rest[:letters])
		switch {
		case unit == 0 && rest == "":
			return 0, "has no unit"
		case unit == 0:
			return 0, "is not a time"
		}
		seconds += n * unit
		rest = strings.TrimLeft(rest[letters:], whitespace)
	}
	return seconds, ""
}

// secondsIn is a unit in seconds, 0 if there is none of that name.
func secondsIn(unit string) uint64 {
	for _, u := range spanUnits {
		if unit != "" && strings.Contains(u.names, " "+unit+" ") {
			return u.seconds
		}
	}
	return 0
}
