package render

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Screen is how wide a page is that does not know where it will be read.
const Screen = 80

// Columns writes indented rows, the second column folded.
func Columns(rows [][2]string) string {
	widest := 0
	for _, row := range rows {
		widest = max(widest, len(row[0]))
	}
	var b strings.Builder
	for _, row := range rows {
		first := row[0]
		for _, line := range Fold(row[1], Screen-len("    ")-widest-len("  ")) {
			fmt.Fprintf(&b, "    %-*s  %s\n", widest, first, line)
			first = ""
		}
	}
	return b.String()
}

// Fold breaks a text between words into lines of that width.
func Fold(s string, width int) []string {
	var lines []string
	line := ""
	for word := range strings.FieldsSeq(s) {
		if line != "" && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > width {
			lines = append(lines, line)
			line = ""
		}
		line = strings.TrimPrefix(line+" "+word, " ")
	}
	return append(lines, line)
}

// OneLine is the beginning of a text, on a line.
func OneLine(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	const width = 60
	if r := []rune(s); len(r) > width {
		s = string(r[:width]) + "…"
	}
	return s
}
