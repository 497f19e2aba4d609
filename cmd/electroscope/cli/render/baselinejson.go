package render

import (
	"electroscope/baseline"
	"electroscope/monitor"
)

// Comparisons in JSON. Keys stay as they are.
type comparedJSON struct {
	Before     baseline.Record `json:"before"`
	Now        baseline.Record `json:"now"`
	Whole      []changeJSON    `json:"whole"`
	Categories []changeJSON    `json:"categories"`
	Parts      []partJSON      `json:"expected"`
	Programs   []changeJSON    `json:"programs"`
	Notes      []string        `json:"notes"`
}

// A changeJSON has what was saved, below zero if it has become more, null if that is not known.
type changeJSON struct {
	baseline.Change
	Saved *int64 `json:"saved"`
}

// A partJSON has ranges as [least, most].
type partJSON struct {
	Name           string           `json:"name"`
	ExpectedBefore [2]uint64        `json:"expected_before"`
	ExpectedNow    [2]uint64        `json:"expected_now"`
	Before         monitor.Figure   `json:"before"`
	Now            monitor.Figure   `json:"now"`
	Verdict        baseline.Verdict `json:"verdict"`
}

// BaselineJSON is a comparison as `electroscope baseline compare --json` has it.
func BaselineJSON(c baseline.Comparison) any {
	j := comparedJSON{
		Before: c.Before, Now: c.Now, Whole: changesJSON(c.Whole), Categories: changesJSON(c.Categories), Parts: []partJSON{},
		Programs: changesJSON(c.Programs), Notes: emptyNotNull(BaselineNotes(c)),
	}
	for _, p := range c.Parts {
		j.Parts = append(j.Parts, partJSON{
			p.Name, [2]uint64{p.Before.Least, p.Before.Most}, [2]uint64{p.After.Least, p.After.Most}, p.Was, p.Now, p.Verdict,
		})
	}
	return j
}

func changesJSON(list []baseline.Change) []changeJSON {
	j := []changeJSON{}
	for _, c := range list {
		change := changeJSON{Change: c}
		if saved, known := c.Saved(); known {
			change.Saved = &saved
		}
		j = append(j, change)
	}
	return j
}
