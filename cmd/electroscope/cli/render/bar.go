package render

import (
	"strings"

	"electroscope/monitor"
)

// Bar draws part of whole in a number of columns: "████░░░░", without UTF-8 "####....".
func (w *Writer) Bar(part, whole uint64, columns int) string {
	full, empty := "#", "."
	if w.UTF8 {
		full, empty = "█", "░"
	}
	n := columns
	if part < whole {
		n = int(float64(part) / float64(whole) * float64(columns))
	}
	if n == 0 && part > 0 {
		n = 1 // something, however little
	}
	return strings.Repeat(full, n) + strings.Repeat(empty, columns-n)
}

// Gauge is a bar with its figures: "██░░░░░░ 4G of 16G". Of what is not known it has no bar.
func (w *Writer) Gauge(part, whole monitor.Figure, columns int) string {
	text := Size(part) + " of " + Size(whole)
	if n, known := part.Get(); known && whole.IsSet() && whole.Or(0) > 0 {
		return w.Bar(n, whole.Or(0), columns) + " " + text
	}
	return text
}

// Spark draws a column for each value, as high as it is of whole: "▁▂▅█". Of one that is not known
// it draws a blank. Whole 0 is the greatest of them.
func (w *Writer) Spark(values []monitor.Figure, whole uint64) string {
	steps := []rune("_.-=+*#@")
	if w.UTF8 && !w.Console {
		steps = []rune("▁▂▃▄▅▆▇█")
	}
	if whole == 0 {
		for _, v := range values {
			whole = max(whole, v.Or(0))
		}
	}
	var b strings.Builder
	for _, v := range values {
		switch n, known := v.Get(); {
		case !known:
			b.WriteByte(' ')
		case n == 0:
			b.WriteRune(steps[0])
		case n >= whole:
			b.WriteRune(steps[len(steps)-1])
		default:
			b.WriteRune(steps[int(float64(n)/float64(whole)*float64(len(steps)))])
		}
	}
	return b.String()
}
