package render

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"electroscope/baseline"
	"electroscope/monitor"
	"electroscope/monitor/budget"
)

// Baseline writes a comparison: what was recorded when, the whole, the categories, what the plan
// expects of Plasma, the programs that changed the most, and why a difference may not be what it
// seems.
func Baseline(w *Writer, c baseline.Comparison, zone *time.Location) {
	w.Table([]string{"", "BEFORE", "NOW"}, recordRows(c, zone))
	fmt.Fprintln(w)
	sides := "LESS" + strings.Repeat(" ", 2*changeBar+1-len("LESS"+"MORE")) + "MORE"
	w.Table([]string{"MEMORY", "BEFORE", "NOW", "CHANGE", sides, "TARGET"}, changeRows(w, c.Whole))
	fmt.Fprintln(w)
	w.Table([]string{"CATEGORY", "BEFORE", "NOW", "CHANGE", sides, "PLAN: IDLE", "WORK"}, changeRows(w, c.Categories))
	if len(c.Parts) > 0 {
		fmt.Fprintln(w)
		w.Table([]string{"THE PLAN EXPECTS", "", "BEFORE", "NOW", ""}, partRows(c.Parts))
	}
	if len(c.Programs) > 0 {
		fmt.Fprintln(w)
		w.Table([]string{"PROGRAM", "BEFORE", "NOW", "CHANGE", "PROCESSES"}, programRows(c.Programs))
	}
	if rows := noteRows(c); rows != nil {
		fmt.Fprintln(w)
		w.Rows(rows)
	}
}

func noteRows(c baseline.Comparison) []Row {
	var rows []Row
	for _, note := range BaselineNotes(c) {
		rows = append(rows, Row{Text: note})
	}
	if rows != nil {
		rows[0].Name = "notes"
	}
	return rows
}

// recordRows are what is not memory, of both records.
func recordRows(c baseline.Comparison, zone *time.Location) [][]string {
	var rows [][]string
	for _, row := range recordFacts(c.Before, zone) {
		rows = append(rows, []string{row.Name, row.Text})
	}
	for i, row := range recordFacts(c.Now, zone) {
		rows[i] = append(rows[i], row.Text)
	}
	return rows
}

// recordFacts are always the same rows in the same order.
func recordFacts(r baseline.Record, zone *time.Location) []Row {
	return []Row{
		{Name: "name", Text: r.Name},
		{Name: "recorded", Text: minute(r.Time, zone)},
		{Name: "kernel", Text: orNone(r.Host.Kernel)},
		{Name: "RAM, swap", Text: Size(r.RAM) + ", " + Size(r.Swap)},
		{Name: "zram", Text: zramText(r.Zram)},
		{Name: "up, session", Text: ageText(r.Up) + ", " + ageText(r.Session)},
		{Name: "CPU idle", Text: Percent(r.CPU.Idle) + " of " + strconv.FormatFloat(r.CPU.Seconds, 'f', 1, 64) + "s"},
		{Name: "waits for RAM", Text: Percent(r.Pressure.MemorySome)},
		{Name: "waits for CPU", Text: Percent(r.Pressure.CPUSome)},
		{Name: "waits for disks", Text: Percent(r.Pressure.IOSome)},
	}
}

// ageText is a number of seconds.
func ageText(f monitor.Figure) string {
	if n, known := f.Get(); known {
		return Duration(time.Duration(n) * time.Second)
	}
	return none
}

// zramText is "300M in 90M, 3.3 to 1".
func zramText(z *baseline.Zram) string {
	if z == nil {
		return "there is none"
	}
	text := Size(z.Original) + " in " + Size(z.Used)
	if used := z.Used.Or(0); used > 0 && z.Original.IsKnown() {
		text += ", " + strconv.FormatFloat(float64(z.Original.Or(0))/float64(used), 'f', 1, 64) + " to 1"
	}
	return text
}

// changeBar is how many columns a bar has on each side of its axis.
const changeBar = 8

// changeScale is what a whole bar stands for: the most that a row changed by, but a tenth of the
// largest amount at least, so that what hardly changed looks so. The cache, which takes whatever is
// free, is left out.
func changeScale(list []baseline.Change) uint64 {
	scale := uint64(1)
	for _, c := range list {
		if !c.Gives() {
			scale = max(scale, c.Size(), c.Before.Or(0)/10, c.Now.Or(0)/10)
		}
	}
	return scale
}

func changeRows(w *Writer, list []baseline.Change) [][]string {
	scale := changeScale(list)
	var rows [][]string
	for _, c := range list {
		row := []string{c.Name, Size(c.Before), Size(c.Now), changeText(c), w.changeBar(c, scale)}
		rows = append(rows, append(row, planTexts(c.Plan)...))
	}
	return rows
}

// planTexts is what the plan has idle and under work, or the one target.
func planTexts(p *baseline.Plan) []string {
	switch {
	case p == nil:
		return nil
	case p.Idle == p.WorkMost:
		return []string{planText(p.Idle, p.Idle)}
	}
	return []string{planText(p.Idle, p.Idle), planText(p.Work, p.WorkMost)}
}

// changeBar draws a change on either side of an axis: "   ███│        ".
func (w *Writer) changeBar(c baseline.Change, scale uint64) string {
	less, more, axis := strings.Repeat(" ", changeBar), strings.Repeat(" ", changeBar), "|"
	if w.UTF8 {
		axis = "│"
	}
	if saved, known := c.Saved(); known && !c.Gives() {
		n := int(math.Round(float64(c.Size()) / float64(scale) * changeBar)) // of next to nothing there is none
		bar, space := w.Bar(uint64(n), uint64(n), n), strings.Repeat(" ", changeBar-n)
		if saved > 0 {
			less = space + bar
		} else {
			more = bar + space
		}
	}
	return less + axis + more
}

// changeText is how much more it is now: "-300M", "+1.2G", "0".
func changeText(c baseline.Change) string {
	saved, known := c.Saved()
	size := Size(monitor.Known(c.Size()))
	switch {
	case !known:
		return none
	case saved > 0:
		return "-" + size
	case saved < 0:
		return "+" + size
	}
	return size
}

func partRows(list []baseline.Part) [][]string {
	var rows [][]string
	for _, p := range list {
		rows = append(rows, []string{p.Name, rangeText(p.Before) + " to " + rangeText(p.After), Size(p.Was), Size(p.Now), string(p.Verdict)})
	}
	return rows
}

func rangeText(r budget.Range) string { return planText(r.Least, r.Most) }

func programRows(list []baseline.Change) [][]string {
	var rows [][]string
	for _, c := range list {
		rows = append(rows, []string{c.Name, Size(c.Before), Size(c.Now), changeText(c), processesText(c)})
	}
	return rows
}

// processesText is "12", or "12, now 3".
func processesText(c baseline.Change) string {
	if c.ProcessesBefore == c.ProcessesNow {
		return strconv.Itoa(c.ProcessesNow)
	}
	return strconv.Itoa(c.ProcessesBefore) + ", now " + strconv.Itoa(c.ProcessesNow)
}

// BaselineRecord writes what was recorded.
func BaselineRecord(w *Writer, r baseline.Record, zone *time.Location) {
	rows := recordFacts(r, zone)
	rows = append(rows,
		Row{Name: "in use", Text: Size(r.Used) + " of " + Size(r.RAM) + " RAM, " + Size(r.UsedSwap) + " of " + Size(r.Swap) + " swap"},
		Row{Name: "GPU memory", Text: Size(r.GPU)})
	for _, c := range r.Categories {
		rows = append(rows, Row{Name: c.Name, Text: Size(c.Memory)})
	}
	if text := partlyText(r.Resident, r.Unread, r.Hidden); text != "" {
		rows = append(rows, Row{Name: "figures", Text: text})
	}
	w.Rows(rows)
}

// BaselineList writes a row for each record.
func BaselineList(w *Writer, list []baseline.Record, zone *time.Location) {
	var rows [][]string
	for _, r := range list {
		rows = append(rows, []string{r.Name, minute(r.Time, zone), Size(r.Used) + " of " + Size(r.RAM), Size(r.UsedSwap), orNone(r.Host.Kernel)})
	}
	w.Table([]string{"NAME", "RECORDED", "IN USE", "SWAP", "KERNEL"}, rows)
}
