package render

import (
	"fmt"
	"time"
)

// Ago says how long ago something was, in its largest unit: "4 minutes ago".
func Ago(d time.Duration) string {
	d = max(d, 0)
	switch days := int(d.Hours()) / 24; {
	case days > 0:
		return times(days, "day") + " ago"
	case d >= time.Hour:
		return times(int(d.Hours()), "hour") + " ago"
	case d >= time.Minute:
		return times(int(d.Minutes()), "minute") + " ago"
	}
	return times(int(d.Seconds()), "second") + " ago"
}

// times is a number with its noun: "1 day", "2 days".
func times(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
