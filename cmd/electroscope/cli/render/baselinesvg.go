package render

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"electroscope/baseline"
)

// Pixels of the picture of a comparison: a row for each category with a bar before, one now, and
// one of the change on either side of an axis.
const (
	baselineRow    = 34
	baselineTop    = 40  // what stands above the rows
	baselineTitle  = 32  // and above that, if the picture stands alone
	baselineBars   = 146 // where bars of memory begin
	baselineLong   = 250 // as long as the longest of them is
	baselineAxis   = 590 // where a change of nothing is
	baselineChange = 100 // as long as the greatest change is
	baselineNumber = 704 // where its figure stands
)

// baselineStyle has colours that keep apart for the colour-blind, and on a dark ground. Less stands
// left, and more right, for those who see none.
const baselineStyle = `.baseline text { font: 13px system-ui, "DejaVu Sans", sans-serif; fill: var(--ink) }
.baseline .head { font-weight: bold; font-size: 15px } .baseline .small { font-size: 11px; fill: var(--dim) }
.baseline .paper { fill: var(--paper) } .baseline .before { fill: var(--before) } .baseline .now { fill: var(--now) }
.baseline .less { fill: var(--less) } .baseline .more { fill: var(--more) } .baseline .axis { stroke: var(--dim) }
.baseline .end { text-anchor: end }
`

// baselineColours are those of the picture and of the page. Paper is white.
const baselineColours = `:root { color-scheme: light dark; --paper: #ffffff; --ink: #202124; --dim: #5f6368; --line: #dadce0; --before: #9aa0a6; --now: #1a73e8; --less: #137333; --more: #c5221f }
@media screen and (prefers-color-scheme: dark) { :root { --paper: #1b1d21; --ink: #e8eaed; --dim: #a6abb2; --line: #3c4043; --before: #80868b; --now: #8ab4f8; --less: #81c995; --more: #f28b82 } }
`

// BaselineSVG writes a comparison as a picture of its own.
func BaselineSVG(out io.Writer, c baseline.Comparison) error {
	var b strings.Builder
	baselinePicture(&b, c, true)
	_, err := io.WriteString(out, b.String())
	return err
}

// baselinePicture draws the whole and the categories. Alone, it has a title and its style with it.
func baselinePicture(b *strings.Builder, c baseline.Comparison, alone bool) {
	rows, top := drawnRows(c), baselineTop
	if alone {
		top += baselineTitle
	}
	height := top + len(rows)*baselineRow + 4
	fmt.Fprintf(b, `<svg class="baseline" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %[1]d %[2]d" width="%[1]d" height="%[2]d" role="img">`+"\n", svgWidth, height)
	fmt.Fprintf(b, "<title>%s</title>\n<desc>%s</desc>\n", svgEscape(baselineName(c)), svgEscape(pictureText(rows)))
	if alone {
		b.WriteString("<style>\n" + baselineColours + baselineStyle + "</style>\n")
	}
	b.WriteString(`<rect class="paper" width="100%" height="100%"/>` + "\n")
	if alone {
		svgText(b, 16, 28, "head", baselineName(c))
	}
	svgText(b, 16, top-16, "small", "upper bar: "+c.Before.Name+"; lower bar: "+c.Now.Name)
	svgText(b, baselineAxis-12, top-16, "small end", "less now")
	svgText(b, baselineAxis+12, top-16, "small", "more now")
	memory, change := uint64(1), changeScale(rows)
	for _, row := range rows {
		memory = max(memory, row.Before.Or(0), row.Now.Or(0))
	}
	for i, row := range rows {
		changePicture(b, row, top+i*baselineRow, memory, change)
	}
	fmt.Fprintf(b, `<line class="axis" x1="%[1]d" x2="%[1]d" y1="%[2]d" y2="%[3]d"/>`+"\n</svg>\n", baselineAxis, top-10, height-8)
}

func baselineName(c baseline.Comparison) string {
	return "Memory: " + c.Before.Name + " and " + c.Now.Name
}

// drawnRows are the whole and the categories. The cache, which takes whatever is free, would make
// all other bars short.
func drawnRows(c baseline.Comparison) []baseline.Change {
	return slices.DeleteFunc(append(c.Whole[:1:1], c.Categories...), baseline.Change.Gives)
}

// pictureText is what the picture shows, for who cannot see it.
func pictureText(rows []baseline.Change) string {
	var parts []string
	for _, row := range rows {
		parts = append(parts, row.Name+" "+Size(row.Before)+", now "+Size(row.Now))
	}
	return strings.Join(parts, "; ")
}

func changePicture(b *strings.Builder, c baseline.Change, y int, memory, change uint64) {
	bar := func(class string, x float64, y int, n, scale uint64, long float64) {
		width := float64(min(n, scale)) / float64(scale) * long
		if class == "less" {
			x -= width
		}
		fmt.Fprintf(b, `<rect class="%s" x="%.1f" y="%d" width="%.1f" height="9"/>`+"\n", class, x, y, width)
	}
	svgText(b, 16, y+15, "", c.Name)
	for i, f := range []struct {
		class string
		n     uint64
		known bool
		text  string
	}{
		{"before", c.Before.Or(0), c.Before.IsKnown(), Size(c.Before)},
		{"now", c.Now.Or(0), c.Now.IsKnown(), Size(c.Now)},
	} {
		at := y + i*12
		if f.known {
			bar(f.class, baselineBars, at, f.n, memory, baselineLong)
		} else {
			f.text = "unknown"
		}
		svgText(b, baselineBars+int(float64(min(f.n, memory))/float64(memory)*baselineLong)+6, at+8, "small", f.text)
	}
	if saved, known := c.Saved(); known {
		class := "more"
		if saved > 0 {
			class = "less"
		}
		bar(class, baselineAxis, y+5, c.Size(), change, baselineChange)
	}
	svgText(b, baselineNumber, y+15, "", changeText(c))
}
