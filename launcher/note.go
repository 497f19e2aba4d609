package launcher

import (
	"slices"
	"strings"
)

// A Note is something that a person should be able to learn about a launch.
type Note struct {
	Fault   bool   // the app runs without something it should have
	Without string // what it runs without: "limits", "MemoryHigh"; empty for a mere remark
	Text    string // the reason, or the remark
	Remedy  string // what to do about it; may be empty
}

// allLimits is what an app without a scope runs without.
const allLimits = "limits"

// String is the note as one line.
func (n Note) String() string {
	s := n.Text
	if n.Without != "" {
		s = "without " + n.Without + ": " + n.Text
	}
	if n.Remedy != "" {
		s += " (" + n.Remedy + ")"
	}
	return s
}

// Faults are the notes that on_failure = "refuse" refuses for.
func faults(notes []Note) []Note {
	var f []Note
	for _, n := range notes {
		if n.Fault {
			f = append(f, n)
		}
	}
	return f
}

// spoken is the one line for stderr and the journal: what the app runs without,
// what shares a reason together. Empty where there is nothing to say.
func spoken(app string, notes []Note) string {
	nothing := slices.ContainsFunc(notes, func(n Note) bool { return n.Without == allLimits })
	var said []Note
	for _, n := range notes {
		if n.Without == "" || nothing && !n.Fault {
			continue // a remark; or a limit left out, where none is there anyway
		}
		i := slices.IndexFunc(said, func(o Note) bool { return o.Text == n.Text && o.Remedy == n.Remedy })
		if i < 0 {
			said = append(said, n)
		} else if said[i].Without != n.Without {
			said[i].Without += ", " + n.Without
		}
	}
	if said == nil {
		return ""
	}
	parts := make([]string, len(said))
	for i, n := range said {
		parts[i] = n.String()
	}
	return app + " runs " + strings.Join(parts, "; ")
}
