package render

import (
	"slices"
	"strings"
)

// A Roff is a page in the making, in the macros of man(7), groff_man(7).
type Roff struct {
	b      strings.Builder
	headed bool // a heading was the last: a paragraph begins by itself
}

// NewRoff begins a page of that section of the manual; date is YYYY-MM-DD.
func NewRoff(title, section, date, manual string) *Roff {
	r := &Roff{}
	r.b.WriteString(`.TH "` + title + `" "` + section + `" "` + date + `" "electroscope" "` + manual + "\"\n")
	return r
}

func (r *Roff) String() string { return r.b.String() }

// Macro writes a request with its arguments.
func (r *Roff) Macro(name string, args ...string) {
	r.b.WriteString("." + name)
	for _, a := range args {
		r.b.WriteString(` "` + strings.ReplaceAll(escaped(a), `"`, `\(dq`) + `"`)
	}
	r.b.WriteString("\n")
	r.headed = name == "SH" || name == "SS"
}

// Text writes paragraphs of a help text. One with an indented line is left as it
// stands: an example, or a list.
func (r *Roff) Text(s string) {
	if s == "" {
		return
	}
	for paragraph := range strings.SplitSeq(strings.Trim(s, "\n"), "\n\n") {
		if !r.headed {
			r.Macro("PP")
		}
		if strings.Contains("\n"+paragraph, "\n ") {
			r.literal(paragraph)
		} else {
			r.prose(paragraph)
		}
	}
}

// literal keeps lines as they are, less an indent of four that all have.
func (r *Roff) literal(s string) {
	if lines := strings.Split(s, "\n"); !slices.ContainsFunc(lines, func(l string) bool { return !strings.HasPrefix(l, "    ") }) {
		s = strings.ReplaceAll("\n"+s, "\n    ", "\n")[1:]
	}
	r.Macro("RS", "4")
	r.Macro("EX")
	for line := range strings.SplitSeq(s, "\n") {
		r.Line(line)
	}
	r.Macro("EE")
	r.Macro("RE")
}

// prose is filled; its lines are kept short for mandoc -Tlint.
func (r *Roff) prose(s string) {
	for _, line := range Fold(s, 72) {
		r.Line(line)
	}
}

// Line writes a line of text, which must not begin as a request does.
func (r *Roff) Line(s string) {
	s = escaped(s)
	if strings.HasPrefix(s, ".") || strings.HasPrefix(s, `\(aq`) {
		s = `\&` + s
	}
	r.b.WriteString(s + "\n")
	r.headed = false
}

// Item writes a tagged paragraph, each text on a line of its own.
func (r *Roff) Item(tag string, texts ...string) {
	r.Macro("TP")
	r.Macro("B", tag)
	for i, text := range texts {
		if i > 0 {
			r.Macro("br")
		}
		r.prose(text)
	}
}

// escaped keeps what roff would read otherwise: the backslash, and characters that
// it prints as typographic ones.
func escaped(s string) string {
	return strings.NewReplacer(`\`, `\e`, "-", `\-`, "'", `\(aq`, "`", `\(ga`, "^", `\(ha`, "~", `\(ti`, "…", "...").Replace(s)
}
