package render

import (
	"fmt"
	"strings"

	"github.com/rogpeppe/go-internal/diff"

	"electroscope/launcher/term"
)

// Diff writes what becomes of a text, as a unified diff: what goes in red, what comes in green.
func Diff(w *Writer, oldName, oldText, newName, newText string) {
	lines := diff.Diff(term.Printable(oldName), []byte(oldText), term.Printable(newName), []byte(newText))
	i := 0
	for line := range strings.Lines(string(lines)) {
		line = strings.TrimSuffix(line, "\n")
		mark := func(text string) string { return text }
		switch {
		case i < headLines:
			mark = w.Style.Heading
		case strings.HasPrefix(line, "-"):
			mark = w.Style.Failure
		case strings.HasPrefix(line, "+"):
			mark = w.Style.Added
		}
		w.Styled(mark, line)
		fmt.Fprintln(w)
		i++
	}
}

// headLines are those of a diff that name the texts.
const headLines = 3
