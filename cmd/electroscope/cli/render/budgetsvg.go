package render

import (
	"fmt"
	"io"
	"strings"

	"electroscope/launcher/term"
	"electroscope/monitor"
	"electroscope/monitor/budget"
)

// Pixels of the picture: a row for each category, one for the whole.
const (
	svgWidth   = 760
	svgLeft    = 150 // where bars begin
	svgBar     = 470 // as long as a whole bar is
	svgRow     = 30
	svgTop     = 64
	svgBarHigh = 16
)

// The picture brings all it needs: a reader that loads nothing shows it whole. Text in a bar's
// colour would not be told apart by all, so each bar has its figure beside it.
const svgHead = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %[1]d %[2]d" width="%[1]d" height="%[2]d" role="img">
<title>%[3]s</title>
<style>
text { font: 13px system-ui, "DejaVu Sans", sans-serif; fill: #202124 }
.head { font-weight: bold; font-size: 15px } .small { font-size: 11px; fill: #5f6368 } .over { fill: #b3261e }
.plan { fill: #e3e6ea } .now { fill: #1a73e8 } .bar-over { fill: #d93025 } .idle { stroke: #202124; stroke-width: 2 }
</style>
<rect width="100%%" height="100%%" fill="#ffffff"/>
`

// BudgetSVG writes the report as a picture.
func BudgetSVG(out io.Writer, r budget.Report) error {
	scale := budgetScale(r)
	verdicts := verdictRows(r)
	height := svgTop + (len(r.Rows)+1)*svgRow + 3*18 + 24
	var b strings.Builder
	fmt.Fprintf(&b, svgHead, svgWidth, height, "Memory of this machine beside its budget")
	svgText(&b, 16, 26, "head", "Memory beside its budget")
	svgText(&b, 16, 46, "small", "grey: the plan under work; line: the plan idle; coloured: now")
	for i, row := range r.Rows {
		svgCategory(&b, row, svgTop+i*svgRow, scale)
	}
	total := budget.Row{Category: budget.Category{Name: "in use", Idle: r.Targets.Idle, Work: r.Targets.Work, WorkMost: r.Targets.Work}, Now: r.Used}
	svgCategory(&b, total, svgTop+len(r.Rows)*svgRow, max(r.RAM.Or(0), r.Targets.Work, 1))
	y := svgTop + (len(r.Rows)+1)*svgRow + 14
	for _, row := range []Row{verdicts[0], verdicts[1], verdicts[3]} {
		class := "small"
		if row.Tone == Failure {
			class = "small over"
		}
		svgText(&b, 16, y, class, row.Text)
		y += 18
	}
	b.WriteString("</svg>\n")
	_, err := io.WriteString(out, b.String())
	return err
}

func svgCategory(b *strings.Builder, row budget.Row, y int, scale uint64) {
	length := func(n uint64) float64 { return float64(min(n, scale)) / float64(scale) * svgBar }
	svgText(b, 16, y+13, "", row.Name)
	fmt.Fprintf(b, `<rect class="plan" x="%d" y="%d" width="%.1f" height="%d"/>`+"\n", svgLeft, y, length(row.WorkMost), svgBarHigh)
	class, text := "now", Size(row.Now)
	if overText(row) != "" {
		class, text = "bar-over", text+", over"
	}
	n, _ := row.Now.Get()
	fmt.Fprintf(b, `<rect class="%s" x="%d" y="%d" width="%.1f" height="%d"/>`+"\n", class, svgLeft, y+4, length(n), svgBarHigh-8)
	if row.Idle > 0 {
		x := svgLeft + length(row.Idle)
		fmt.Fprintf(b, `<line class="idle" x1="%.1f" x2="%.1f" y1="%d" y2="%d"/>`+"\n", x, x, y-2, y+svgBarHigh+2)
	}
	svgText(b, svgLeft+svgBar+12, y+13, "", text+" / "+planText(row.Work, row.WorkMost))
}

// svgText writes a line of text.
func svgText(b *strings.Builder, x, y int, class, text string) {
	fmt.Fprintf(b, `<text x="%d" y="%d" class="%s">%s</text>`+"\n", x, y, class, svgEscape(text))
}

// svgEscape writes what XML would take for its own as entities, and control characters, which XML
// does not allow, as what they are on a terminal.
func svgEscape(text string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(term.Printable(text))
}

// Budgets in JSON are reports with their verdicts.
type budgetJSON struct {
	budget.Report
	AtHigh      monitor.Figure `json:"at_high"`
	IdleVerdict budget.Verdict `json:"idle_verdict"`
	WorkVerdict budget.Verdict `json:"work_verdict"`
}

// BudgetJSON is the report as `electroscope budget --json` has it. Keys stay as they are.
func BudgetJSON(r budget.Report) any {
	idle, work := r.Verdicts()
	return budgetJSON{r, r.AtHigh(), idle, work}
}
