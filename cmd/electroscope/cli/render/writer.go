package render

import (
	"cmp"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"electroscope/launcher/term"
)

// A Writer is the door that all output of the tool goes through. Names and texts of
// files, desktop entries and scripts are in it, which are others': nothing in them may
// be obeyed by a terminal. Lines and tabs stay. Only what is written by Styled is marked.
type Writer struct {
	Style Style
	Width int  // columns of a line
	UTF8  bool // the locale has more than ASCII
	// Console: the terminal is Linux's own, whose fonts of 256 or 512 glyphs lack some that are
	// used here (setfont(8)).
	Console bool

	to   io.Writer
	err  error  // of the first write that failed
	rest []byte // the begin of a character whose end is still to come
}

// NewWriter writes to what may be a terminal. Its lines are as wide as that, unless
// COLUMNS says otherwise, as in systemctl(1).
func NewWriter(to io.Writer, getenv func(string) string) *Writer {
	w := &Writer{Style: StyleOf(to, getenv), Width: Screen, UTF8: isUTF8(getenv), Console: getenv("TERM") == "linux", to: to}
	if n, err := strconv.Atoi(getenv("COLUMNS")); err == nil && n > 0 {
		w.Width = n
	} else if n, _ := terminalWidth(to); n > 0 {
		w.Width = n
	}
	return w
}

// isUTF8 reports whether the locale writes UTF-8: the first of these variables that is set counts
// (locale(7)).
func isUTF8(getenv func(string) string) bool {
	charset := strings.ToUpper(cmp.Or(getenv("LC_ALL"), getenv("LC_CTYPE"), getenv("LANG")))
	return strings.Contains(charset, "UTF-8") || strings.Contains(charset, "UTF8")
}

func (w *Writer) Write(b []byte) (int, error) {
	text := append(w.rest, b...)
	whole := len(text) - unfinished(text)
	w.rest = append([]byte(nil), text[whole:]...)
	if err := w.put(printableLines(string(text[:whole]))); err != nil {
		return 0, err
	}
	return len(b), nil
}

// Err returns the error of the first write that failed.
func (w *Writer) Err() error { return w.err }

func (w *Writer) put(text string) error {
	_, err := io.WriteString(w.to, text)
	if w.err == nil {
		w.err = err
	}
	return err
}

// Styled writes text with a mark of the style, such as w.Styled(w.Style.Note, text).
func (w *Writer) Styled(mark func(string) string, text string) {
	_ = w.put(mark(printableLines(text)))
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
