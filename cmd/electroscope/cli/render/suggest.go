package render

import (
	"fmt"

	"electroscope/launcher/limit"
	"electroscope/monitor/history"
)

// Suggest writes what each app's limits of memory should be, and why.
func Suggest(w *Writer, list []history.Suggestion, days int) {
	for i, s := range list {
		if i > 0 {
			fmt.Fprintln(w)
		}
		rows := []Row{
			{Name: "app", Text: s.App},
			{Name: "evidence", Text: evidenceText(s.Evidence, days)},
			{Name: "now", Text: "MemoryMax " + Size(s.NowMax) + ", MemoryHigh " + Size(s.NowHigh)},
			{Name: "verdict", Text: verdictText(s)},
		}
		if s.Max.IsKnown() {
			rows = append(rows, Row{Name: "apps.toml", Text: "[apps." + s.App + "]", Command: true})
			for _, line := range Settings(s) {
				rows = append(rows, Row{Text: line, Command: true})
			}
		}
		w.Rows(rows)
	}
}

// Settings are the lines of apps.toml that a suggestion comes to.
func Settings(s history.Suggestion) []string {
	lines := []string{fmt.Sprintf("memory = %q", limit.SizeText(s.Max.Or(0)))}
	if s.Heap.IsKnown() {
		lines = append(lines, fmt.Sprintf("heap = %q", limit.SizeText(s.Heap.Or(0))))
	}
	return lines
}

func evidenceText(e history.Evidence, days int) string {
	text := fmt.Sprintf("%s in %s", times(e.Runs, "run"), times(days, "day"))
	if e.Runs > 0 {
		text += fmt.Sprintf(", peaks %s at the median, %s at the 95th percentile, %s at most", Size(e.Median), Size(e.P95), Size(e.Most))
	}
	if e.Kills > 0 {
		text += fmt.Sprintf("; killed at its limit %s", times(e.Kills, "time"))
	}
	if n := e.Slowed.Or(0); n > 0 {
		text += fmt.Sprintf("; slowed at MemoryHigh %s since it started", times(int(n), "time"))
	}
	return text
}

func verdictText(s history.Suggestion) string {
	to := "MemoryMax " + Size(s.Max) + ", MemoryHigh " + Size(s.High)
	switch s.Verdict {
	case history.Fits:
		return "the limits fit"
	case history.Raise:
		if s.Capped {
			return "raise them to what one app may have of this machine's RAM: " + to
		}
		return "raise them: " + to
	case history.Lower:
		return "they can be lower: " + to
	case history.Set:
		return "set them: " + to
	case history.NoRoom:
		return "it needs more than half of this machine's RAM, and its limit is that already"
	}
	return fmt.Sprintf("too few runs whose peak is known: %d, of %d", s.Evidence.Runs, history.LeastRuns)
}
