package terminal

import (
	"strconv"
	"strings"
)

// paint is what turns the screen from what is shown into lines: CUP to each line that differs, EL,
// and the line (ECMA-48, 8.3.21 and 8.3.41). Behind a line as wide as the screen, EL would erase
// its last character. If nothing is known of the screen, it is cleared.
func paint(shown, lines []string) string {
	var b strings.Builder
	if shown == nil {
		b.WriteString("\x1b[H\x1b[2J")
	}
	for i := range max(len(shown), len(lines)) {
		before, after := lineOf(shown, i), lineOf(lines, i)
		if before != after {
			b.WriteString("\x1b[" + strconv.Itoa(i+1) + ";1H\x1b[K" + after)
		}
	}
	return b.String()
}

func lineOf(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return ""
}
