package render

import (
	"fmt"
	"strconv"
	"time"

	"electroscope/launcher/limit"
	"electroscope/monitor"
)

// none stands for a figure that is not known.
const none = "-"

// Size writes bytes for people, to two digits or three: "1.2G", "310M".
func Size(f monitor.Figure) string {
	n, known := f.Get()
	switch {
	case !known:
		return none
	case n == limit.Infinity:
		return "infinity"
	case n == 0:
		return "0"
	}
	const units = "BKMGTPE"
	value, i := float64(n), 0
	for value >= 999.5 && i < len(units)-1 {
		value /= 1024
		i++
	}
	if value < 9.95 && i > 0 {
		text := strconv.FormatFloat(value, 'f', 1, 64)
		return trimZero(text) + units[i:i+1]
	}
	return strconv.FormatFloat(value, 'f', 0, 64) + units[i:i+1]
}

func trimZero(text string) string {
	if l := len(text); l > 2 && text[l-2:] == ".0" {
		return text[:l-2]
	}
	return text
}

// Count writes a number.
func Count(f monitor.Figure) string {
	n, known := f.Get()
	switch {
	case !known:
		return none
	case n == limit.Infinity:
		return "infinity"
	}
	return strconv.FormatUint(n, 10)
}

// Percent writes a percentage without its fraction, but does not make nothing of something.
func Percent(p monitor.Percentage) string {
	n, known := p.Get()
	switch {
	case !known:
		return none
	case n > 0 && n < 1:
		return "<1%"
	}
	return strconv.FormatFloat(n, 'f', 0, 64) + "%"
}

// QuotaText writes a CPU quota as a percentage of one CPU.
func QuotaText(f monitor.Figure) string {
	n, known := f.Get()
	if !known {
		return none
	}
	return limit.QuotaText(n)
}

// Duration writes a time in its two largest units: "3d4h", "2h10m", "45s".
func Duration(d time.Duration) string {
	d = max(d, 0).Round(time.Second)
	days, hours, minutes, seconds := int(d.Hours())/24, int(d.Hours())%24, int(d.Minutes())%60, int(d.Seconds())%60
	switch {
	case days > 0:
		return fmt.Sprintf("%dd%dh", days, hours)
	case hours > 0:
		return fmt.Sprintf("%dh%dm", hours, minutes)
	case minutes > 0:
		return fmt.Sprintf("%dm%ds", minutes, seconds)
	}
	return fmt.Sprintf("%ds", seconds)
}
