package top

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"electroscope/launcher/cgroup"
	"electroscope/monitor"
)

// A Model is all that the screen depends on, but for its size.
type Model struct {
	Own     cgroup.Group // where this program runs, which it must not freeze
	sample  monitor.Sample
	history map[string][]monitor.Figure // by ID: the memory of each sample, the newest last
	sort    Sort
	at      string // ID of the selected app
	asked   Action // what waits for a yes
	help    bool
	said    string // on the last line until the next key
}

// A Sort is what the rows are sorted by.
type Sort int

const (
	ByMemory Sort = iota
	ByCPU
	BySwap
	ByName
	ByTime
)

func (s Sort) String() string { return [...]string{"memory", "CPU", "swap", "name", "time"}[s] }

// remembered is how many samples a history has: as many as any screen shows.
const remembered = 120

// Sampled is the model with the next sample.
func (m Model) Sampled(s monitor.Sample) Model {
	history := map[string][]monitor.Figure{}
	for _, a := range s.Apps {
		list := append(slices.Clone(m.history[a.ID()]), a.Memory())
		history[a.ID()] = list[max(0, len(list)-remembered):]
	}
	m.sample, m.history = s, history
	return m
}

// Said is the model with a text on the last line.
func (m Model) Said(text string) Model {
	m.said = text
	return m
}

// Sample is the sample that is shown.
func (m Model) Sample() monitor.Sample { return m.sample }

// rows are the apps in the order in which they are shown.
func (m Model) rows() []monitor.App {
	list := slices.Clone(m.sample.Apps)
	slices.SortStableFunc(list, func(a, b monitor.App) int { return cmp.Or(m.sort.compare(a, b), cmp.Compare(a.Name, b.Name)) })
	return list
}

// compare puts the greatest first. What is not known comes last.
func (s Sort) compare(a, b monitor.App) int {
	switch s {
	case ByCPU:
		return cmp.Compare(percent(b.Rates.CPU), percent(a.Rates.CPU))
	case BySwap:
		return compareFigures(b.Group.Memory.Swap, a.Group.Memory.Swap)
	case ByName:
		return strings.Compare(a.Name, b.Name)
	case ByTime:
		return a.Started.Compare(b.Started)
	}
	return compareFigures(b.Memory(), a.Memory())
}

func compareFigures(a, b monitor.Figure) int {
	if a.IsKnown() != b.IsKnown() {
		if a.IsKnown() {
			return 1
		}
		return -1
	}
	return cmp.Compare(a.Or(0), b.Or(0))
}

func percent(p monitor.Percentage) float64 {
	if n, known := p.Get(); known {
		return n
	}
	return -1
}

// selected is the index of the selected row. If its app has ended, or none was selected, that is
// the first.
func (m Model) selected(rows []monitor.App) int {
	return max(0, slices.IndexFunc(rows, func(a monitor.App) bool { return a.ID() == m.at }))
}

func (m Model) move(by int) Model {
	if rows := m.rows(); len(rows) > 0 {
		m.at = rows[min(max(0, m.selected(rows)+by), len(rows)-1)].ID()
	}
	return m
}

// refusal is why nothing can be done to an app, "" if it can.
func (m Model) refusal(v Verb, a monitor.App) string {
	switch {
	case a.Kind == monitor.Outside:
		return a.Name + " was started past electroscope, and has no unit of its own to act on"
	case (v == Freeze || v == Stop) && m.Own.In(a.Unit):
		return fmt.Sprintf("this terminal runs in %s: it would %s itself", a.Name, v)
	}
	return ""
}
