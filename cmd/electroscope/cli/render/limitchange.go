package render

import (
	"electroscope/monitor/control"
)

// A LimitChange is what became of a limit of a launch.
type LimitChange struct {
	App, Launch string
	Change      control.Change
}

// LimitChanges writes what the kernel had before, and what it has now.
func LimitChanges(w *Writer, list []LimitChange) {
	var rows [][]string
	for _, c := range list {
		rows = append(rows, []string{c.App, c.Launch, c.Change.Limit.Name, orNone(c.Change.Before), "->", orNone(c.Change.After)})
	}
	if rows != nil {
		w.Table([]string{"APP", "PID", "LIMIT", "BEFORE", "", "NOW"}, rows)
	}
}

func orNone(text string) string {
	if text == "" {
		return none
	}
	return text
}
