package render

import (
	"fmt"
	"strings"

	"electroscope/doctor"
)

// A Fixed is what became of a check that was to be fixed, or given back. Keys of its JSON stay as
// they are.
type Fixed struct {
	Check  string       `json:"check"`
	Result FixedResult  `json:"result"`
	State  doctor.State `json:"state"` // of the check now; empty of what is given back
	Found  string       `json:"found"`
	Files  []string     `json:"files"`
	Backup string       `json:"backup"` // the folder that has what was there
	Then   string       `json:"then"`   // what makes it take effect
	Reason string       `json:"reason"` // for not changing, or keeping
}

// A FixedResult is a word for it.
type FixedResult string

const (
	NothingToDo  FixedResult = "nothing to do"
	Changed      FixedResult = "changed"
	WouldChange  FixedResult = "would change"
	NotChanged   FixedResult = "not changed"
	Restored     FixedResult = "restored"
	WouldRestore FixedResult = "would restore"
	Kept         FixedResult = "kept"
)

// WriteFixed writes it as a heading and rows. Why something failed is said on stderr.
func WriteFixed(w *Writer, f Fixed) {
	mark := w.Style.Heading
	if f.Result == NotChanged || f.Result == Kept {
		mark = w.Mark(Failure)
	}
	w.Styled(mark, f.Check+": "+string(f.Result))
	fmt.Fprintln(w)
	var rows []Row
	if len(f.Files) > 0 {
		rows = append(rows, Row{Name: "files", Text: strings.Join(f.Files, " ")})
	}
	if f.State != "" && f.Result != NotChanged {
		rows = append(rows, Row{Name: "now", Text: string(f.State) + ": " + f.Found})
	}
	if f.Then != "" && f.Result != NotChanged && f.Result != Kept {
		rows = append(rows, Row{Name: "then", Text: f.Then})
	}
	if f.Backup != "" {
		rows = append(rows, Row{Name: "backup", Text: f.Backup})
	}
	if f.Result == Changed {
		rows = append(rows, Row{Name: "undo", Text: "electroscope doctor --undo " + f.Check})
	}
	w.List(rows)
}
