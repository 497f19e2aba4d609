// Package term keeps what we print from being obeyed by a terminal.
package term

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// Printable gives a line in which nothing is obeyed by a terminal: what is neither
// graphic nor a space is written as Go would escape it. So are bytes that are not
// UTF-8, for 0x9b alone is CSI to a terminal with 8-bit controls (ECMA-48, 5.4), a
// line break, which could forge a line of ours, and marks that turn the direction
// of writing. A backslash stays: the result is for reading, not for reading back.
func Printable(line string) string {
	if isPrintable(line) {
		return line
	}
	var b strings.Builder
	for len(line) > 0 {
		r, size := utf8.DecodeRuneInString(line)
		if isObeyed(r, size) {
			quoted := strconv.QuoteToASCII(line[:size])
			b.WriteString(quoted[1 : len(quoted)-1])
		} else {
			b.WriteString(line[:size])
		}
		line = line[size:]
	}
	return b.String()
}

func isPrintable(line string) bool {
	for i := 0; i < len(line); {
		r, size := utf8.DecodeRuneInString(line[i:])
		if isObeyed(r, size) {
			return false
		}
		i += size
	}
	return true
}

// isObeyed reports whether a terminal may do something else than show a rune.
// Unicode's bidirectional marks are format characters, which are not graphic.
func isObeyed(r rune, size int) bool {
	return r == utf8.RuneError && size == 1 || !strconv.IsGraphic(r)
}
