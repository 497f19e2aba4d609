package render

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"electroscope/launcher/term"
)

// A Tone says how much a text matters to its reader.
type Tone uint8

const (
	Plain   Tone = iota
	Warning      // worth a look
	Failure      // something is not as it should be
)

// A Row is a name and what there is to say of it.
type Row struct {
	Name, Text string
	Tone       Tone
	Command    bool // the text is a command line to paste, and is not folded
}

// Rows writes rows in two columns, the names as headings, the texts folded.
func (w *Writer) Rows(rows []Row) { w.rows("", w.Style.Heading, rows) }

// List writes rows that stand below a heading.
func (w *Writer) List(rows []Row) {
	w.rows("  ", func(name string) string { return name }, rows)
}

// leastColumn is how narrow folded texts get beside long names.
const leastColumn = 24

func (w *Writer) rows(indent string, mark func(string) string, rows []Row) {
	widest := 0
	for _, r := range rows {
		widest = max(widest, utf8.RuneCountInString(r.Name))
	}
	hang := indent + strings.Repeat(" ", widest+len("  "))
	for _, r := range rows {
		lines := []string{term.Printable(r.Text)} // which may have line breaks
		if !r.Command {
			lines = Fold(r.Text, max(w.Width-len(hang), leastColumn))
		}
		fmt.Fprint(w, indent)
		w.Styled(mark, r.Name)
		fmt.Fprint(w, hang[len(indent)+utf8.RuneCountInString(r.Name):])
		for i, line := range lines {
			if i > 0 {
				fmt.Fprint(w, hang)
			}
			w.Styled(w.Mark(r.Tone), line)
			fmt.Fprintln(w)
		}
	}
}

// Mark is what marks text of a tone.
func (w *Writer) Mark(t Tone) func(string) string {
	switch t {
	case Warning:
		return w.Style.Note
	case Failure:
		return w.Style.Failure
	}
	return func(text string) string { return text }
}

// Heading writes a line above what follows, apart from what was before.
func (w *Writer) Heading(text string) {
	fmt.Fprintln(w)
	w.Styled(w.Style.Heading, text)
	fmt.Fprintln(w)
}

// Paragraph writes a folded text, apart from what was before.
func (w *Writer) Paragraph(text string) {
	fmt.Fprintln(w)
	for _, line := range Fold(text, w.Width) {
		fmt.Fprintln(w, line)
	}
}

// Table writes columns below their headings. The last is not cut: it may run over the
// width.
func (w *Writer) Table(heads []string, rows [][]string) {
	widths := make([]int, len(heads))
	lines := make([][]string, 0, len(rows)+1)
	for _, row := range append([][]string{heads}, rows...) {
		line := make([]string, len(row))
		for i, cell := range row {
			line[i] = term.Printable(cell)
			widths[i] = max(widths[i], utf8.RuneCountInString(line[i]))
		}
		lines = append(lines, line)
	}
	for n, line := range lines {
		var b strings.Builder
		for i, cell := range line {
			b.WriteString(cell + strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell)+len("  ")))
		}
		mark := w.Mark(Plain)
		if n == 0 {
			mark = w.Style.Heading
		}
		w.Styled(mark, strings.TrimRight(b.String(), " "))
		fmt.Fprintln(w)
	}
}
