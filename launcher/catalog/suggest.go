package catalog

import "strings"

// suggestion says what may have been meant by a name that a table does not have.
func suggestion(p tablePath, name string) string {
	table := p.table
	here := namesIn(table)
	if near := Renamed(Nearest(name, append(Aliases(table), here...))); near != "" {
		if isTable(strings.TrimPrefix(table+"."+near, ".")) && keyIn(table, near) == nil {
			return "did you mean the table [" + Dotted(p.path(near)) + "]?"
		}
		return "did you mean " + near + "?"
	}
	if other := elsewhere(p, name); other != "" {
		return other
	}
	return "known here: " + strings.Join(here, ", ")
}

// elsewhere says in which other table a key belongs, looking first in those of the same app.
func elsewhere(p tablePath, name string) string {
	for _, same := range []bool{true, false} {
		for _, k := range keys {
			if folded(k.Name) != folded(name) {
				continue
			}
			for _, table := range k.Tables {
				first, _, _ := strings.Cut(table, ".")
				if p.app == "" && first == "apps" || p.runner == "" && first == "runners" || same && !strings.HasPrefix(p.table, first) {
					continue
				}
				to := tablePath{app: p.app, table: table}
				if first == "runners" {
					to = tablePath{runner: p.runner, table: table}
				}
				return k.Name + " belongs in [" + Dotted(to.path()) + "]"
			}
		}
	}
	return ""
}

// Nearest returns the known name that a misspelt one is close to, "" if none is.
func Nearest(name string, known []string) string {
	best, least := "", 3
	if len(name) <= 4 {
		least = 2
	}
	for _, k := range known {
		if d := distance(folded(name), folded(k)); d < least && d < len(k) {
			best, least = k, d
		}
	}
	return best
}

// folded takes out what is easily confused: case, and - for _.
func folded(name string) string {
	return strings.ReplaceAll(strings.ToLower(name), "_", "-")
}

// distance is the least number of bytes to insert, drop or change, or neighbours to swap,
// that makes b of a (optimal string alignment). Far lengths are not looked at closely.
func distance(a, b string) int {
	if far := len(a) - len(b); far > 3 || far < -3 {
		return len(a) + len(b)
	}
	var before []int
	last := make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row := make([]int, len(b)+1)
		row[0] = i
		for j := 1; j <= len(b); j++ {
			change := last[j-1]
			if a[i-1] != b[j-1] {
				change++
			}
			row[j] = min(change, last[j]+1, row[j-1]+1)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last = last, row
	}
	return last[len(b)]
}
