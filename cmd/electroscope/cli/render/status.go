package render

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"time"

	"electroscope/launcher/limit"
	"electroscope/monitor"
)

// barWidth is that of a row's bar, in columns.
const barWidth = 8

// Status writes a row for each launch, then those that are not held by their limits, then all
// apps and the machine.
func Status(w *Writer, s monitor.Sample) {
	if len(s.Apps) == 0 {
		fmt.Fprintln(w, "no app runs")
	} else {
		var rows [][]string
		for _, a := range s.Apps {
			rows = append(rows, statusCells(w, a, s.Time))
		}
		w.Table([]string{"APP", "PID", "UP", "MEMORY", "", "SWAP", "CPU", "SLOWED", "GPU"}, rows)
	}
	for _, a := range s.Apps {
		for _, text := range Faults(a) {
			w.Paragraph(text)
		}
	}
	fmt.Fprintln(w)
	w.Rows(totals(w, s))
}

func statusCells(w *Writer, a monitor.App, now time.Time) []string {
	bar, amount := w.memory(a)
	return []string{
		a.Name, pidText(a.Main), Duration(now.Sub(a.Started)), bar, amount, Size(a.Group.Memory.Swap),
		Percent(a.Rates.CPU), Percent(a.Rates.Throttled), string(a.GPU),
	}
}

// memory is how full the app's cap is, as a bar and in words.
func (w *Writer) memory(a monitor.App) (bar, amount string) {
	max, used := a.MemoryMax()
	if a.Kind == monitor.Outside {
		return "not capped", Size(a.Memory())
	}
	n, known := used.Get()
	if m, _ := max.Get(); known && max.IsSet() {
		return w.Bar(n, m, barWidth), Size(used) + " of " + Size(max)
	}
	return strings.Repeat(" ", barWidth), Size(used)
}

func pidText(pid int) string {
	if pid == 0 {
		return "-"
	}
	return strconv.Itoa(pid)
}

// Faults are what is not as a user would have an app: limits that do not hold it, a standstill.
func Faults(a monitor.App) []string {
	if a.Kind == monitor.Outside {
		return []string{outsideText(a.Name, a.Main, a.Unit)}
	}
	var list []string
	if a.HasEscaped() {
		list = append(list, fmt.Sprintf("The main process of %s, %d, has left its scope: it is in %s.", a.Name, a.Main, cmp.Or(a.MainUnit, "no unit")))
	}
	if frozen, known := a.Group.Frozen.Get(); known && frozen == 1 {
		list = append(list, fmt.Sprintf("%s is frozen: electroscope thaw %s lets it run on.", a.Name, a.Name))
	}
	if capped, known := a.IsCapped(); known && !capped {
		list = append(list, fmt.Sprintf("%s has no limits in %s.", a.Name, a.Unit))
	}
	return list
}

// outsideText is of an app that runs past electroscope, in a unit or in none.
func outsideText(app string, main int, unit string) string {
	where := "in no unit"
	if unit != "" {
		where = "in " + unit
	}
	return fmt.Sprintf("%s (PID %s) was not started through electroscope: it runs %s, without limits.", app, pidText(main), where)
}

// totals are all apps together, and the machine.
func totals(w *Writer, s monitor.Sample) []Row {
	var rows []Row
	if b := s.Budget; b != nil {
		text := Size(b.Memory.Current)
		if b.Memory.High.IsSet() {
			text += " of " + Size(b.Memory.High)
		}
		text += ", swap " + Size(b.Memory.Swap)
		if b.CPU.Quota.IsSet() {
			text += ", CPU quota " + limit.QuotaText(b.CPU.Quota.Or(0))
		}
		rows = append(rows, Row{Name: "all apps", Text: text})
	}
	m := s.Machine
	text := fmt.Sprintf("%s of %s RAM available, %s of %s swap free", Size(m.Available), Size(m.RAM), Size(m.FreeSwap), Size(m.Swap))
	if p := Percent(m.Pressure.MemorySome); p != none {
		text += ", memory pressure " + p
	}
	return append(rows, Row{Name: "machine", Text: text})
}

// StatusOf writes all that is known of each launch.
func StatusOf(w *Writer, s monitor.Sample) {
	if len(s.Apps) == 0 {
		fmt.Fprintln(w, "it does not run")
		return
	}
	for i, a := range s.Apps {
		if i > 0 {
			fmt.Fprintln(w)
		}
		w.Rows(appRows(w, a, s.Time))
		for _, text := range Faults(a) {
			w.Paragraph(text)
		}
	}
}

func appRows(w *Writer, a monitor.App, now time.Time) []Row {
	g := a.Group
	bar, amount := w.memory(a)
	rows := []Row{
		{Name: "app", Text: a.Name + ", for " + Duration(now.Sub(a.Started))},
		{Name: "unit", Text: cmp.Or(a.Unit, "none")},
		{Name: "main", Text: mainText(a)},
		{Name: "memory", Text: strings.TrimSpace(bar+" "+amount) + ", peak " + Size(g.Memory.Peak) + ", swap " + Size(g.Memory.Swap)},
		{Name: "", Text: "high " + Size(a.MemoryHigh()) + ", programs " + Size(g.Memory.Anon) + ", files " + Size(g.Memory.File)},
		{Name: "CPU", Text: Percent(a.Rates.CPU) + " now, quota " + QuotaText(a.Quota()) + ", slowed in " + Percent(a.Rates.Throttled) + " of its periods"},
		{Name: "tasks", Text: Count(g.Tasks) + " of " + Count(g.TasksMax)},
		{Name: "pressure", Text: "memory " + Percent(g.Pressure.MemorySome) + " some, " + Percent(g.Pressure.MemoryFull) + " all; CPU " + Percent(g.Pressure.CPUSome)},
		{Name: "events", Text: Count(g.Events.High) + " times slowed at high, " + Count(g.Events.Max) + " times at max, " + Count(g.Events.OOMKill) + " processes killed"},
		{Name: "GPU", Text: string(a.GPU)},
		{Name: "processes", Text: KindsText(a)},
	}
	if frozen, known := g.Frozen.Get(); known && frozen == 1 {
		rows[0].Text += ", frozen"
	}
	return rows
}

func mainText(a monitor.App) string {
	switch {
	case a.Main == 0:
		return "has ended"
	case a.HasEscaped():
		return fmt.Sprintf("PID %d, in %s", a.Main, cmp.Or(a.MainUnit, "no unit"))
	}
	return fmt.Sprintf("PID %d, in its unit", a.Main)
}

// KindsText counts the processes by kind.
func KindsText(a monitor.App) string {
	var parts []string
	for _, kind := range []monitor.Kind{monitor.Browser, monitor.Renderer, monitor.GPU, monitor.Utility, monitor.Zygote, monitor.Crash, monitor.Other} {
		if n := a.Count(kind); n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, kind))
		}
	}
	return fmt.Sprintf("%d: %s", len(a.Processes), strings.Join(parts, ", "))
}
