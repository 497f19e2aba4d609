package render

import (
	"slices"
	"strings"

	"electroscope/launcher/plan"
)

// switchesText lists the switches that a launch adds to the arguments given, each with the
// wish or the file that it comes from.
func switchesText(p plan.Plan, given []string) string {
	var list []string
	given = slices.Clone(given)
	for _, arg := range p.Argv[1:] {
		if i := slices.Index(given, arg); i >= 0 {
			given = slices.Delete(given, i, i+1)
			continue
		}
		text := Quote(arg)
		if why := reasonOf(arg, p); why != "" {
			text += " (" + why + ")"
		}
		list = append(list, text)
	}
	if list == nil {
		return "none"
	}
	return strings.Join(list, ", ")
}

// reasonOf is where a switch comes from: a wish, the heap, or a file.
func reasonOf(arg string, p plan.Plan) string {
	name, value, _ := strings.Cut(arg, "=")
	if name == "--js-flags" && p.Settings.App.Heap > 0 && strings.HasPrefix(value, "--max-old-space-size=") && !strings.Contains(value, " ") {
		return "heap"
	}
	for _, n := range p.Notes { // a wish, and all that it became
		if n.Switch != "" && !strings.HasPrefix(n.Switch, "--") && slices.Contains(strings.Fields(n.Text), arg) {
			return n.Switch
		}
	}
	for _, n := range p.Notes {
		switch n.Switch {
		case arg:
			return strings.TrimPrefix(n.Text, "from ")
		case name: // a list: which of it is from where
			if from, whole := strings.CutPrefix(n.Text, value+" from "); whole {
				return from
			}
			return n.Text
		}
	}
	return ""
}
