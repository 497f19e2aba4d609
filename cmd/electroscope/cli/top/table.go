package top

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"electroscope/cmd/electroscope/cli/render"
	"electroscope/launcher/term"
	"electroscope/monitor"
)

// A column of the table. A screen that is narrower than from goes without it.
type column struct {
	head  string
	width int
	right bool
	from  int
	cell  func(w *render.Writer, a monitor.App, now time.Time) string
}

// columns take 65 of 80 columns. The history has the rest.
var columns = []column{
	{head: "APP", width: 14, cell: func(_ *render.Writer, a monitor.App, _ time.Time) string { return a.Name }},
	{head: "PID", width: 7, right: true, from: 70, cell: func(_ *render.Writer, a monitor.App, _ time.Time) string { return pid(a.Main) }},
	{head: "UP", width: 6, right: true, from: 60, cell: func(_ *render.Writer, a monitor.App, now time.Time) string {
		return render.Duration(now.Sub(a.Started))
	}},
	{head: "", width: barWidth, from: 50, cell: bar},
	{head: "MEMORY", width: 12, cell: memory},
	{head: "SWAP", width: 5, right: true, from: 90, cell: func(_ *render.Writer, a monitor.App, _ time.Time) string { return render.Size(a.Group.Memory.Swap) }},
	{head: "CPU", width: 6, right: true, cell: cpu},
	{head: "SLOWED", width: 6, right: true, from: 78, cell: func(_ *render.Writer, a monitor.App, _ time.Time) string { return render.Percent(a.Rates.Throttled) }},
	{head: "STALL", width: 5, right: true, from: 96, cell: func(_ *render.Writer, a monitor.App, _ time.Time) string {
		return render.Percent(a.Group.Pressure.MemorySome)
	}},
	{head: "PROC", width: 4, right: true, from: 104, cell: func(_ *render.Writer, a monitor.App, _ time.Time) string { return strconv.Itoa(len(a.Processes)) }},
	{head: "GPU", width: 8, from: 116, cell: func(_ *render.Writer, a monitor.App, _ time.Time) string { return string(a.GPU) }},
}

// barWidth is that of the bar of the cap, leastHistory that of a history worth a look.
const barWidth, leastHistory = 8, 6

func pid(n int) string {
	if n == 0 {
		return "-"
	}
	return strconv.Itoa(n)
}

func bar(w *render.Writer, a monitor.App, _ time.Time) string {
	max, used := a.MemoryMax()
	switch {
	case a.Kind == monitor.Outside, max.IsKnown() && !max.IsSet():
		return "no cap"
	case !max.IsKnown(), !used.IsKnown():
		return ""
	}
	return w.Bar(used.Or(0), max.Or(0), barWidth)
}

func memory(_ *render.Writer, a monitor.App, _ time.Time) string {
	max, used := a.MemoryMax()
	if a.Kind == monitor.Outside || !max.IsSet() {
		return render.Size(a.Memory())
	}
	return render.Size(used) + " of " + render.Size(max)
}

func cpu(_ *render.Writer, a monitor.App, _ time.Time) string {
	if isFrozen(a) {
		return "frozen"
	}
	return render.Percent(a.Rates.CPU)
}

// tableOf are the lines of the heads and of some rows, each of width columns at most.
func (m Model) tableOf(w *render.Writer, rows []monitor.App, selected, width int) []string {
	room := width - 1
	var shown []column
	for _, c := range columns {
		if width >= c.from {
			shown = append(shown, c)
			room -= c.width + 1
		}
	}
	head, lines := " ", []string(nil)
	for _, c := range shown {
		head += c.fit(c.head) + " "
	}
	if room >= leastHistory {
		head += "HISTORY"
	}
	lines = append(lines, w.Style.Heading(cut(head, width)))
	for i, a := range rows {
		line, mark := " ", w.Mark(tone(a))
		if i == selected {
			line, mark = ">", w.Style.Selected
		}
		for _, c := range shown {
			line += c.fit(c.cell(w, a, m.sample.Time)) + " "
		}
		if room >= leastHistory {
			line += m.historyOf(w, a, room)
		}
		lines = append(lines, mark(pad(cut(line, width), width)))
	}
	return lines
}

// tone is that of a failure if nothing holds the app, of a warning if its limits slow it, or soon
// end a part of it.
func tone(a monitor.App) render.Tone {
	max, used := a.MemoryMax()
	capped, known := a.IsCapped()
	switch {
	case a.Kind == monitor.Outside, a.HasEscaped(), known && !capped:
		return render.Failure
	case max.IsSet() && float64(used.Or(0)) > 0.9*float64(max.Or(0)), percent(a.Rates.Throttled) > 25, isFrozen(a):
		return render.Warning
	}
	return render.Plain
}

// historyOf draws the memory of the last samples, against the cap if there is one.
func (m Model) historyOf(w *render.Writer, a monitor.App, width int) string {
	list := m.history[a.ID()]
	list = list[max(0, len(list)-width):]
	limit, _ := a.MemoryMax()
	if a.Kind == monitor.Outside || !limit.IsSet() {
		limit = monitor.Figure{}
	}
	return w.Spark(list, limit.Or(0))
}

// fit pads or cuts a cell.
func (c column) fit(text string) string {
	text = cut(term.Printable(text), c.width)
	if c.right {
		return strings.Repeat(" ", c.width-utf8.RuneCountInString(text)) + text
	}
	return pad(text, c.width)
}

func pad(text string, width int) string {
	return text + strings.Repeat(" ", max(0, width-utf8.RuneCountInString(text)))
}

func cut(text string, width int) string {
	if r := []rune(text); len(r) > width {
		return string(r[:max(0, width)])
	}
	return text
}
