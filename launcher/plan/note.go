package plan

import (
	"slices"
	"strings"
)

// A Note is something that a person should be able to learn about a launch.
type Note struct {
	Failure bool   // the app runs without something it should have
	Without string // what it runs without: "limits", "MemoryHigh"; empty for a mere remark
	Switch  string // the switch, feature or wish that it is about; empty for all else
	From    string // where that switch came from, where Text does not say
	Text    string // the reason, or the remark
	Remedy  string // what to do about it; may be empty
}

// AllLimits is what an app without a scope runs without.
const AllLimits = "limits"

// String is the note as one line.
func (n Note) String() string {
	s := n.Text
	switch {
	case n.Without != "":
		s = "without " + n.Without + ": " + n.Text
	case n.Switch != "":
		s = n.Switch + ": " + n.Text
	}
	if n.Remedy != "" {
		s += " (" + n.Remedy + ")"
	}
	return s
}

// GroupByReason merges the notes that give the same reason.
func GroupByReason(notes []Note) []Note {
	var out []Note
	for _, n := range notes {
		i := slices.IndexFunc(out, func(o Note) bool {
			return o.Switch == n.Switch && o.Text == n.Text && o.Remedy == n.Remedy && (o.Without == "") == (n.Without == "")
		})
		if i < 0 {
			out = append(out, n)
		} else if out[i].Without != n.Without {
			out[i].Without += ", " + n.Without
		}
	}
	return out
}

// Failures returns the notes that make on-failure = "refuse" refuse.
func Failures(notes []Note) []Note {
	var f []Note
	for _, n := range notes {
		if n.Failure {
			f = append(f, n)
		}
	}
	return f
}

// Notice is the text of a notification: what the app runs without, and then what can be
// done about it. A banner shows one line of it, or four, so what is merely left out is
// not there.
func Notice(notes []Note) string {
	var reasons, remedies []string
	for _, n := range GroupByReason(Failures(notes)) {
		if n.Remedy != "" {
			remedies = append(remedies, n.Remedy)
		}
		n.Remedy = ""
		reasons = append(reasons, n.String())
	}
	return strings.Join(append([]string{"runs " + strings.Join(reasons, "; ")}, remedies...), "\n")
}

// Summary is the one line for stderr and the journal: what the app runs without, the
// failures first. It is empty if there is nothing to say.
func Summary(app string, notes []Note) string {
	nothing := slices.ContainsFunc(notes, func(n Note) bool { return n.Without == AllLimits })
	said := GroupByReason(slices.DeleteFunc(slices.Clone(notes), func(n Note) bool {
		return n.Without == "" || nothing && !n.Failure // a remark; or a limit left out, if none is there anyway
	}))
	if len(said) == 0 {
		return ""
	}
	slices.SortStableFunc(said, func(a, b Note) int {
		switch {
		case a.Failure == b.Failure:
			return 0
		case a.Failure:
			return -1
		}
		return 1
	})
	parts := make([]string, len(said))
	for i, n := range said {
		parts[i] = n.String()
	}
	return app + " runs " + strings.Join(parts, "; ")
}
