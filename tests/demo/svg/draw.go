package main

import (
	"fmt"
	"html"
	"strings"
	"unicode/utf8"
)

// Pixels of a character cell, and of the frame around all of them.
const (
	cellWidth  = 8.43
	cellHeight = 18
	margin     = 14
	bar        = 30
)

const head = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %[1]d %[2]d" width="%[1]d" height="%[2]d" role="img">
<title>%[3]s</title>
<style>
text { font: 14px ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; fill: #d4d4d4; white-space: pre }
.bold { font-weight: bold; fill: #ffffff }
.black, .grey { fill: #8a8a8a } .red { fill: #f14c4c } .green { fill: #23d18b } .yellow { fill: #e5c07b }
.blue { fill: #61afef } .magenta { fill: #c678dd } .cyan { fill: #56b6c2 }
</style>
<rect width="100%%" height="100%%" rx="8" fill="#1e1e1e"/>
<circle cx="20" cy="16" r="6" fill="#ff5f56"/><circle cx="40" cy="16" r="6" fill="#ffbd2e"/><circle cx="60" cy="16" r="6" fill="#27c93f"/>
`

// draw is the picture of these lines. Each span says how wide it is, so that the
// columns are where they were in whatever font the reader has.
func draw(lines [][]span, columns int, title string) string {
	width := int(float64(columns)*cellWidth) + 2*margin
	height := bar + len(lines)*cellHeight + margin
	var b strings.Builder
	fmt.Fprintf(&b, head, width, height, html.EscapeString(title))
	for row, line := range lines {
		column := 0
		for _, s := range line {
			cells := utf8.RuneCountInString(s.text)
			if strings.TrimSpace(s.text) != "" {
				fmt.Fprintf(&b, `<text xml:space="preserve" x="%.1f" y="%d" textLength="%.1f"%s>%s</text>`+"\n",
					margin+float64(column)*cellWidth, bar+(row+1)*cellHeight-4, float64(cells)*cellWidth, s.class(), html.EscapeString(s.text))
			}
			column += cells
		}
	}
	b.WriteString("</svg>\n")
	return b.String()
}

func (s style) class() string {
	var classes []string
	if s.bold {
		classes = append(classes, "bold")
	}
	if s.colour != "" {
		classes = append(classes, s.colour)
	}
	if len(classes) == 0 {
		return ""
	}
	return fmt.Sprintf(" class=%q", strings.Join(classes, " "))
}
