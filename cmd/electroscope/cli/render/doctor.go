package render

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"electroscope/doctor"
	"electroscope/launcher/term"
)

// Doctor writes the problems, each with why it matters and what mends it, then all findings by
// group, then a line that counts them.
func Doctor(w *Writer, list []doctor.Finding) {
	for _, state := range []doctor.State{doctor.Fail, doctor.Warn} {
		for _, f := range list {
			if f.State == state {
				writeProblem(w, f)
			}
		}
	}
	writeFindings(w, list)
	fmt.Fprintln(w)
	fmt.Fprintln(w, counts(list))
}

func writeProblem(w *Writer, f doctor.Finding) {
	w.Styled(w.Mark(toneOf(f.State)), string(f.State)+": "+f.Check)
	fmt.Fprintln(w)
	rows := []Row{{Name: "found", Text: f.Found}, {Name: "wanted", Text: f.Wanted}, {Name: "why", Text: f.Why}}
	if f.Mend != "" {
		rows = append(rows, Row{Name: "mend", Text: f.Mend})
	}
	w.List(rows)
	fmt.Fprintln(w)
}

func toneOf(s doctor.State) Tone {
	switch s {
	case doctor.Fail:
		return Failure
	case doctor.Warn:
		return Warning
	}
	return Plain
}

// writeFindings writes a line for each check, cut to the width.
func writeFindings(w *Writer, list []doctor.Finding) {
	widest := 0
	for _, f := range list {
		widest = max(widest, len(f.Check))
	}
	group := doctor.Group("")
	for _, f := range list {
		if f.Group != group {
			if group != "" {
				fmt.Fprintln(w)
			}
			group = f.Group
			w.Styled(w.Style.Heading, string(group))
			fmt.Fprintln(w)
		}
		state := fmt.Sprintf("%-8s", f.State)
		fmt.Fprint(w, "  ")
		w.Styled(w.Mark(toneOf(f.State)), state)
		line := fmt.Sprintf("  %-*s  ", widest, f.Check)
		text := cut(term.Printable(f.Found), max(w.Width-len("  ")-len(state)-len(line), leastColumn))
		fmt.Fprintln(w, line+text)
	}
}

// cut shortens a text to a number of columns.
func cut(text string, columns int) string {
	if utf8.RuneCountInString(text) <= columns {
		return text
	}
	const rest = "..."
	return strings.TrimRight(string([]rune(text)[:columns-len(rest)]), " ") + rest
}

// counts is "31 ok, 2 warn, 1 fail", without the states that there are none of.
func counts(list []doctor.Finding) string {
	var parts []string
	for _, s := range []doctor.State{doctor.OK, doctor.Warn, doctor.Fail, doctor.Unknown, doctor.NotHere} {
		if n := doctor.Count(list, s); n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, s))
		}
	}
	return strings.Join(parts, ", ")
}
