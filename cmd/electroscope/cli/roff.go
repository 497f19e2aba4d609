package cli

import (
	"slices"
	"strings"
)

// A roff is a page in the making, in the macros of man(7), groff_man(7).
type roff struct {
	b      strings.Builder
	headed bool // a heading was the last: a paragraph begins by itself
}

// newRoff begins a page of that section of the manual; date is YYYY-MM-DD.
func newRoff(title, section, date, manual string) *roff {
	r := &roff{}
	r.b.WriteString(`.TH "` + title + `" "` + section + `" "` + date + `" "electroscope" "` + manual + "\"\n")
	return r
}

func (r *roff) String() string { return r.b.String() }

// macro writes a request with its arguments.
func (r *roff) macro(name string, args ...string) {
	r.b.WriteString("." + name)
	for _, a := range args {
		r.b.WriteString(` "` + strings.ReplaceAll(escaped(a), `"`, `\(dq`) + `"`)
	}
	r.b.WriteString("\n")
	r.headed = name == "SH" || name == "SS"
}

// text writes paragraphs of a help text. One with an indented line is left as it
// stands: an example, or a list.
func (r *roff) text(s string) {
	if s == "" {
		return
	}
	for paragraph := range strings.SplitSeq(strings.Trim(s, "\n"), "\n\n") {
		if !r.headed {
			r.macro("PP")
		}
		if strings.Contains("\n"+paragraph, "\n ") {
			r.literal(paragraph)
		} else {
			r.prose(paragraph)
		}
	}
}

// literal keeps lines as they are, less an indent of four that all have.
func (r *roff) literal(s string) {
	if lines := strings.Split(s, "\n"); !slices.ContainsFunc(lines, func(l string) bool { return !strings.HasPrefix(l, "    ") }) {
		s = strings.ReplaceAll("\n"+s, "\n    ", "\n")[1:]
	}
	r.macro("RS", "4")
	r.macro("EX")
	for line := range strings.SplitSeq(s, "\n") {
		r.line(line)
	}
	r.macro("EE")
	r.macro("RE")
}

// prose is filled; its lines are kept short for mandoc -Tlint.
func (r *roff) prose(s string) {
	for _, line := range folded(s, 72) {
		r.line(line)
	}
}

// line writes a line of text, which must not begin as a request does.
func (r *roff) line(s string) {
	s = escaped(s)
	if strings.HasPrefix(s, ".") || strings.HasPrefix(s, `\(aq`) {
		s = `\&` + s
	}
	r.b.WriteString(s + "\n")
	r.headed = false
}

// item writes a tagged paragraph, each text on a line of its own.
func (r *roff) item(tag string, texts ...string) {
	r.macro("TP")
	r.macro("B", tag)
	for i, text := range texts {
		if i > 0 {
			r.macro("br")
		}
		r.prose(text)
	}
}

// escaped keeps what roff would read otherwise: the backslash, and characters that
// it prints as typographic ones.
func escaped(s string) string {
	return strings.NewReplacer(`\`, `\e`, "-", `\-`, "'", `\(aq`, "`", `\(ga`, "^", `\(ha`, "~", `\(ti`, "…", "...").Replace(s)
}
