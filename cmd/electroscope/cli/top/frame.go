package top

import (
	"fmt"
	"strings"

	"electroscope/cmd/electroscope/cli/render"
	"electroscope/launcher/term"
	"electroscope/monitor"
)

// Lines are the screen: height lines at most, each of width columns at most.
func (m Model) Lines(w *render.Writer, width, height int) []string {
	if m.help {
		return append(screen(m.helpLines(w, width), height-1), cut("any key goes back", width))
	}
	head := m.headLines(w, width)
	rows := m.rows()
	below := m.belowLines(w, rows, width)
	free := height - len(head) - len("h") - len("k") // the table's heads, the keys
	if free-len(below) < min(len(rows), 3) {
		below = nil // rather more rows
	}
	free = max(free-len(below), 0)
	selected := m.selected(rows)
	first := max(0, selected-free+1)
	page := rows[min(first, len(rows)):min(first+free, len(rows))]
	lines := head
	if len(rows) == 0 {
		lines = append(lines, cut("no app runs", width))
	} else {
		lines = append(lines, m.tableOf(w, page, selected-first, width)...)
	}
	return append(screen(append(lines, below...), height-1), m.lastLine(w, width))
}

// Once are the lines for a page: no keys, and no app is selected.
func (m Model) Once(w *render.Writer, width int) []string {
	rows := m.rows()
	lines := m.headLines(w, width)
	if len(rows) == 0 {
		return append(lines, cut("no app runs", width))
	}
	lines = append(lines, m.tableOf(w, rows, -1, width)...)
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return lines
}

// screen fills or cuts lines to the height.
func screen(lines []string, height int) []string {
	for len(lines) < height {
		lines = append(lines, "")
	}
	return lines[:max(height, 0)]
}

// headLines are all apps together, and the machine.
func (m Model) headLines(w *render.Writer, width int) []string {
	s := m.sample
	apps := fmt.Sprintf("%d apps", len(s.Apps))
	if len(s.Apps) == 1 {
		apps = "1 app"
	}
	if b := s.Budget; b != nil && b.Memory.Current.IsKnown() {
		apps += ", " + render.Size(b.Memory.Current)
		if b.Memory.High.IsSet() {
			apps += " of " + render.Size(b.Memory.High)
		}
	}
	clock := s.Time.Local().Format("15:04:05")
	title := pad(cut("electroscope top: "+apps+", by "+m.sort.String(), width-len(clock)-1), width-len(clock)) + clock
	k := s.Machine
	machine := "RAM " + w.Gauge(k.Used(), k.RAM, barWidth) + "  swap " + w.Gauge(k.UsedSwap(), k.Swap, barWidth)
	if p := k.Pressure; p.MemorySome.IsKnown() {
		machine += "  stalled for memory " + render.Percent(p.MemorySome) + ", CPU " + render.Percent(p.CPUSome)
	}
	return []string{w.Style.Heading(cut(title, width)), cut(machine, width), ""}
}

// belowLines are more about the selected app.
func (m Model) belowLines(w *render.Writer, rows []monitor.App, width int) []string {
	if len(rows) == 0 {
		return nil
	}
	a := rows[m.selected(rows)]
	g := a.Group
	lines := []string{"",
		fmt.Sprintf("%s: %s, GPU %s", a.Name, unit(a), a.GPU),
		"processes " + render.KindsText(a),
		fmt.Sprintf("high %s, peak %s, swap %s, quota %s; slowed at high %s times, killed %s",
			render.Size(a.MemoryHigh()), render.Size(g.Memory.Peak), render.Size(g.Memory.Swap), render.QuotaText(a.Quota()),
			render.Count(g.Events.High), render.Count(g.Events.OOMKill)),
	}
	if a.Kind == monitor.Outside {
		lines = lines[:3] // the unit is not its own
	}
	for i := range lines {
		lines[i] = cut(term.Printable(lines[i]), width)
	}
	for _, fault := range render.Faults(a) {
		for _, line := range render.Fold(term.Printable(fault), width) {
			lines = append(lines, w.Style.Failure(cut(line, width)))
		}
	}
	return lines
}

func unit(a monitor.App) string {
	if a.Unit == "" {
		return "no unit"
	}
	return a.Unit
}

// lastLine is a question, what was said, or the keys.
func (m Model) lastLine(w *render.Writer, width int) string {
	switch {
	case m.asked.Verb != Nothing:
		return w.Style.Selected(cut(term.Printable(m.asked.question()), width))
	case m.said != "":
		return w.Style.Note(cut(term.Printable(m.said), width))
	}
	return cut("q quit  h help  m c w n t sort  f freeze  r reclaim  + - limit  s stop", width)
}

func (m Model) helpLines(w *render.Writer, width int) []string {
	lines := []string{
		"  up, down, j, k        select an app",
		"  page up, page down    ten rows on; home, end: the first, the last",
		"  m  c  w  n  t         sort by memory, CPU, swap, name, time",
		"  f                     freeze the app, or thaw it",
		"  r                     reclaim memory that it does not need now",
		"  +  -                  raise or lower its memory limit, until it ends",
		"  s                     stop the app",
		"  Ctrl-L, Ctrl-Z        paint anew; suspend (fg comes back)",
		"  q, Ctrl-C             quit", "",
		"Red: no limit holds it. Yellow: near its limit, slowed by its CPU quota in more",
		"than a quarter of the periods, or frozen. HISTORY is memory, against the limit.",
		"STALL is the part of the last ten seconds in which it waited for memory.",
	}
	for i := range lines {
		lines[i] = cut(lines[i], width)
	}
	return append([]string{w.Style.Heading(cut("electroscope top: keys", width)), ""}, lines...)
}
