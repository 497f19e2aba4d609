package render

import (
	"fmt"
	"strings"

	"electroscope/monitor"
	"electroscope/monitor/budget"
)

// Budget writes a row for each category, then what it comes to.
func Budget(w *Writer, r budget.Report) {
	var rows [][]string
	scale := budgetScale(r)
	for _, row := range r.Rows {
		bar := strings.Repeat(" ", 2*barWidth)
		if n, known := row.Now.Get(); known {
			bar = w.Bar(n, scale, 2*barWidth)
		}
		processes := ""
		if row.Processes > 0 {
			processes = fmt.Sprint(row.Processes)
		}
		rows = append(rows, []string{row.Name, planText(row.Idle, row.Idle), planText(row.Work, row.WorkMost), Size(row.Now), bar, processes, overText(row)})
	}
	w.Table([]string{"CATEGORY", "PLAN: IDLE", "WORK", "NOW", "", "PROCESSES", ""}, rows)
	fmt.Fprintln(w)
	w.Rows(verdictRows(r))
}

// budgetScale is what a whole bar stands for: the most of any row but the cache, which takes
// whatever is free.
func budgetScale(r budget.Report) uint64 {
	scale := uint64(1)
	for _, row := range r.Rows {
		if row.Name == budget.Cache {
			continue
		}
		scale = max(scale, row.Now.Or(0), row.WorkMost, row.Idle)
	}
	return scale
}

func planText(least, most uint64) string {
	switch {
	case most == 0:
		return none
	case least == most:
		return Size(monitor.Known(most))
	}
	return Size(monitor.Known(least)) + "-" + Size(monitor.Known(most))
}

// overText marks what uses more than the plan has under work. Cache gives way to programs, and has
// no place in it.
func overText(row budget.Row) string {
	if n, known := row.Now.Get(); known && n > row.WorkMost && row.WorkMost > 0 && row.Name != budget.Cache {
		return "over the plan"
	}
	return ""
}

func verdictRows(r budget.Report) []Row {
	idle, work := r.Verdicts()
	idleText := fmt.Sprintf("Without apps, browser and development about %s of RAM would be in use", Size(r.Idle))
	if r.IsIdle {
		idleText = fmt.Sprintf("No app, browser or development tool runs, and %s of RAM are in use", Size(r.Used))
	}
	rows := []Row{
		{Name: "idle", Text: idleText + targetText(idle, r.Targets.Idle), Tone: verdictTone(idle)},
		{Name: "work", Text: fmt.Sprintf("Now %s of %s RAM are in use", Size(r.Used), Size(r.RAM)) + targetText(work, r.Targets.Work), Tone: verdictTone(work)},
		{Name: "limits", Text: limitsText(r)},
		fullRow(r),
	}
	if text := partlyText(r.Shared, r.Unread, r.Hidden); text != "" {
		rows = append(rows, Row{Name: "figures", Text: text})
	}
	return rows
}

// partlyText says which processes are counted in another way than the rest, or not at all.
func partlyText(shared, unread int, hidden bool) string {
	of := fmt.Sprintf("%d processes of others", shared)
	if shared == 1 {
		of = "one process of somebody else"
	}
	var parts []string
	if shared > 0 {
		parts = append(parts, "Memory that is shared is divided among those who share it. Only of "+of+" it counts whole, as no more is to be seen without root.")
	}
	if unread > 0 {
		parts = append(parts, fmt.Sprintf("Processes of which nothing can be read, and which count nowhere: %d.", unread))
	}
	if hidden {
		parts = append(parts, "Processes of others are hidden here, and count nowhere.")
	}
	return strings.Join(parts, " ")
}

func targetText(v budget.Verdict, target uint64) string {
	size := Size(monitor.Known(target))
	switch v {
	case budget.Met:
		return ", below the target of " + size + "."
	case budget.Missed:
		return ": the target is " + size + "."
	}
	return ", as far as is known; the target is " + size + "."
}

func verdictTone(v budget.Verdict) Tone {
	if v == budget.Missed {
		return Failure
	}
	return Plain
}

func limitsText(r budget.Report) string {
	l := r.Limits
	if l.Apps == 0 {
		return "No app of the catalogue is installed."
	}
	text := fmt.Sprintf("%d apps are installed: their MemoryHigh add up to %s, their MemoryMax to %s", l.Apps, Size(monitor.Known(l.High)), Size(monitor.Known(l.Max)))
	if l.Unlimited > 0 {
		text += fmt.Sprintf(", and %d have no limit", l.Unlimited)
	}
	text += fmt.Sprintf("; RAM and swap are %s and %s.", Size(r.RAM), Size(r.Swap))
	if l.All.IsSet() {
		text += fmt.Sprintf(" All together are held to %s.", Size(l.All))
	}
	return text
}

// fullRow is what happens if all apps are at MemoryHigh at once.
func fullRow(r budget.Report) Row {
	row := Row{Name: "full"}
	most, known := r.AtHigh().Get()
	ram, swap := r.RAM.Or(0), r.Swap.Or(0)
	text := fmt.Sprintf("If all were at MemoryHigh at once, %s would be in use: ", Size(r.AtHigh()))
	switch {
	case !known || r.Limits.Apps == 0:
		return Row{Name: "full", Text: "What all apps at once would use is not known."}
	case r.Limits.Unlimited > 0 && !r.Limits.All.IsSet():
		row.Text, row.Tone = text+"and more, as not all of them have a limit.", Warning
	case most <= ram:
		row.Text = text + "it fits into RAM."
	case most <= ram+swap:
		row.Text, row.Tone = text+"more than RAM, so that the rest is swapped out, and the apps are slow.", Warning
	default:
		row.Text, row.Tone = text+"more than RAM and swap, so that the kernel would end processes.", Failure
	}
	return row
}
