package render

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"electroscope/baseline"
)

// The page brings all it needs and loads nothing, which its policy says to the browser too
// (https://www.w3.org/TR/CSP3/).
const baselineHead = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>%s</title>
<style>
` + baselineColours + baselineStyle + `body { margin: 0 auto; padding: 1.5rem; max-width: 50rem; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, "DejaVu Sans", sans-serif }
h1 { font-size: 1.5rem; line-height: 1.25 } h2 { font-size: 1.15rem; margin-top: 2rem }
.sums { display: flex; flex-wrap: wrap; gap: 1rem; padding: 0; list-style: none }
.sums li { flex: 1 1 10rem; box-sizing: border-box; padding: .75rem 1rem; border: 1px solid var(--line); border-radius: .5rem }
.sums b { display: block; font-size: 1.6rem; line-height: 1.3; font-variant-numeric: tabular-nums }
.sums span, figcaption, footer { color: var(--dim); font-size: .875rem }
b.less, td.less { color: var(--less) } b.more, td.more { color: var(--more) }
figure { margin: 0; overflow-x: auto } svg { max-width: 100%%; min-width: 36rem; height: auto }
.wide { overflow-x: auto } table { border-collapse: collapse; width: 100%%; font-variant-numeric: tabular-nums }
th, td { padding: .3rem .6rem; text-align: left; border-bottom: 1px solid var(--line); vertical-align: top }
thead th { color: var(--dim); font-size: .875rem } th { font-weight: 600 } tbody th { font-weight: 400 }
.number { text-align: right; white-space: nowrap }
@media print { body { max-width: none; padding: 0; font-size: 11pt } h2 { break-after: avoid } figure, tr, .sums li { break-inside: avoid } * { print-color-adjust: exact } }
</style>
</head>
<body>
`

// BaselineHTML writes a comparison as a page of its own.
func BaselineHTML(out io.Writer, c baseline.Comparison, zone *time.Location) error {
	var b strings.Builder
	title := svgEscape(baselineName(c))
	fmt.Fprintf(&b, baselineHead+"<h1>%s</h1>\n", title, title)
	htmlSums(&b, c.Whole)
	b.WriteString("<h2>By category</h2>\n<figure>\n")
	baselinePicture(&b, c, false)
	b.WriteString("</figure>\n")
	htmlTable(&b, []string{"category", "before", "now", "change", "plan, idle", "under work"}, changeCells(c.Categories))
	b.WriteString("<h2>The whole machine</h2>\n")
	htmlTable(&b, []string{"memory", "before", "now", "change", "target"}, changeCells(c.Whole))
	if len(c.Parts) > 0 {
		b.WriteString("<h2>What the plan expects of Plasma</h2>\n")
		htmlTable(&b, []string{"part", "expected", "before", "now", "verdict"}, textCells(partRows(c.Parts), 2, 3))
	}
	if len(c.Programs) > 0 {
		b.WriteString("<h2>Programs that changed the most</h2>\n")
		htmlTable(&b, []string{"program", "before", "now", "change", "processes"}, textCells(programRows(c.Programs), 1, 2, 3))
	}
	if notes := BaselineNotes(c); notes != nil {
		b.WriteString("<h2>To be kept in mind</h2>\n<ul>\n")
		for _, note := range notes {
			fmt.Fprintf(&b, "<li>%s</li>\n", svgEscape(note))
		}
		b.WriteString("</ul>\n")
	}
	b.WriteString("<h2>The two records</h2>\n")
	htmlTable(&b, []string{"", "before", "now"}, textCells(recordRows(c, zone)))
	fmt.Fprintf(&b, "<footer><p>Made by electroscope %s. A change of the cache is not drawn: it gives way as soon as memory is wanted.</p></footer>\n</body>\n</html>\n",
		svgEscape(c.Now.Electroscope))
	_, err := io.WriteString(out, b.String())
	return err
}

// htmlSums shows the whole machine's figures that are known, large.
func htmlSums(b *strings.Builder, list []baseline.Change) {
	b.WriteString(`<ul class="sums">` + "\n")
	for _, c := range list {
		if _, known := c.Saved(); known {
			fmt.Fprintf(b, `<li>%s <b class="%s">%s</b> <span>%s, now %s</span></li>`+"\n", svgEscape(c.Name), changeClass(c), changeText(c), Size(c.Before), Size(c.Now))
		}
	}
	b.WriteString("</ul>\n")
}

// changeClass says which colour a change has: none if hardly anything changed, and for the cache.
func changeClass(c baseline.Change) string {
	const hardly = 1 << 20
	switch saved, known := c.Saved(); {
	case !known, c.Size() < hardly, c.Gives():
		return ""
	case saved > 0:
		return "less"
	}
	return "more"
}

// A cell is a text with the class that it has.
type cell struct{ text, class string }

// textCells are rows of texts, some of whose columns have numbers.
func textCells(rows [][]string, numbers ...int) [][]cell {
	var list [][]cell
	for _, row := range rows {
		var cells []cell
		for i, text := range row {
			class := ""
			if slices.Contains(numbers, i) {
				class = "number"
			}
			cells = append(cells, cell{text, class})
		}
		list = append(list, cells)
	}
	return list
}

func changeCells(list []baseline.Change) [][]cell {
	var rows [][]cell
	for _, c := range list {
		row := []cell{{c.Name, ""}, {Size(c.Before), "number"}, {Size(c.Now), "number"}, {changeText(c), "number " + changeClass(c)}}
		for _, text := range planTexts(c.Plan) {
			row = append(row, cell{text, "number"})
		}
		rows = append(rows, row)
	}
	return rows
}

// htmlTable writes a table. The first cell of a row is its heading; what a row lacks is empty.
func htmlTable(b *strings.Builder, heads []string, rows [][]cell) {
	b.WriteString(`<div class="wide"><table>` + "\n<thead><tr>")
	for i, head := range heads {
		class := ""
		for _, row := range rows {
			if i < len(row) && strings.HasPrefix(row[i].class, "number") {
				class = "number"
			}
		}
		fmt.Fprintf(b, `<th scope="col" class="%s">%s</th>`, class, svgEscape(head))
	}
	b.WriteString("</tr></thead>\n<tbody>\n")
	for _, row := range rows {
		row = append(row, make([]cell, len(heads)-len(row))...)
		fmt.Fprintf(b, `<tr><th scope="row">%s</th>`, svgEscape(row[0].text))
		for _, c := range row[1:] {
			fmt.Fprintf(b, `<td class="%s">%s</td>`, strings.TrimSpace(c.class), svgEscape(c.text))
		}
		b.WriteString("</tr>\n")
	}
	b.WriteString("</tbody>\n</table></div>\n")
}
