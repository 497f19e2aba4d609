package render

import "strings"

// bar draws part of whole in a number of columns: "████░░░░", without UTF-8 "####....".
func (w *Writer) bar(part, whole uint64, columns int) string {
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
