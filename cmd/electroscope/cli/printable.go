package cli

import (
	"io"
	"strings"
	"unicode/utf8"

	"electroscope/launcher/term"
)

// A printable is the door that all output of the tool goes through. Names and texts of
// files, desktop entries and scripts are in it, which are others': nothing in them may
// be obeyed by a terminal. Lines and tabs stay.
type printable struct {
	to   io.Writer
	rest []byte // the begin of a character whose end is still to come
}

func (p *printable) Write(b []byte) (int, error) {
	text := append(p.rest, b...)
	whole := len(text) - unfinished(text)
	p.rest = append([]byte(nil), text[whole:]...)
	if _, err := io.WriteString(p.to, printableLines(string(text[:whole]))); err != nil {
		return 0, err
	}
	return len(b), nil
}

// unfinished is how many bytes at the end may be the begin of a character.
func unfinished(b []byte) int {
	for n := 1; n <= min(len(b), utf8.UTFMax-1); n++ {
		if start := b[len(b)-n:]; utf8.RuneStart(start[0]) {
			if utf8.FullRune(start) {
				return 0
			}
			return n
		}
	}
	return 0
}

func printableLines(text string) string {
	var b strings.Builder
	for text != "" {
		i := strings.IndexAny(text, "\n\t")
		if i < 0 {
			i = len(text)
		}
		b.WriteString(term.Printable(text[:i]))
		if i < len(text) {
			b.WriteByte(text[i])
			i++
		}
		text = text[i:]
	}
	return b.String()
}
