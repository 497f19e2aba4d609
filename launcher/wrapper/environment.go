package wrapper

import (
	"slices"
	"strings"
)

// AllVariables in [Chain.Drops] stands for every variable there is.
const AllVariables = "*"

// Hands reports whether a variable that is set for the first wrapper is sure
// to reach the program: the way there is seen to its end, and no wrapper on it
// clears the environment or unsets the variable, on any path through it.
func (c Chain) Hands(variable string) bool {
	return c.Program != "" && !slices.Contains(c.Drops, variable) && !slices.Contains(c.Drops, AllVariables)
}

// maxDrops is how many names are kept, before they count as all there are.
const maxDrops = 64

// drops are the variables that something may take away.
type drops []string

func (d *drops) add(names ...string) {
	for _, name := range names {
		if len(*d) >= maxDrops {
			name = AllVariables
		}
		if !slices.Contains(*d, name) {
			*d = append(*d, name)
		}
	}
}

// addValue adds what a word may name; one that is not known may name any.
func (d *drops) addValue(v value) {
	if len(v.alts) == 0 {
		d.add(AllVariables)
	}
	for _, name := range v.alts {
		if marked(name) {
			name = AllVariables
		}
		d.add(name)
	}
}

// unset follows the builtins that take variables away: unset, export -n, and
// declare +x and its like (POSIX.1-2024, XCU 2.15; bash(1)).
func (r *reader) unset(c command) {
	taken := c.words[0] == "unset"
	var names []string
	for _, raw := range c.words[1:] {
		switch {
		case c.words[0] == "unset" && raw == "-f":
			return // functions
		case c.words[0] == "export" && strings.HasPrefix(raw, "-") && strings.Contains(raw, "n"),
			strings.HasPrefix(raw, "+") && strings.Contains(raw, "x"):
			taken = true
		case !strings.HasPrefix(raw, "-"):
			names = append(names, raw)
		}
	}
	for _, raw := range names {
		if !taken {
			break
		}
		if name, _, ok := assignment(raw); ok {
			raw = name
		}
		for _, v := range r.expand(raw).words(r.files) {
			r.drops.addValue(v)
		}
	}
}

// clears follows an option that takes variables away: -i, - and -u of env(1),
// -c of bash(1)'s exec. rest is what stands behind the option.
func (c *call) clears(runner string, option value, rest []value) {
	for _, o := range option.alts {
		switch {
		case runner == "exec" && o != "-a" && strings.HasPrefix(o, "-") && strings.Contains(o, "c"):
			c.drops.add(AllVariables)
		case runner != "env" || !strings.HasPrefix(o, "-"):
		case o == "-u" || o == "--unset":
			c.drops.addValue(append(slices.Clone(rest), value{})[0])
		case strings.HasPrefix(o, "--unset="):
			c.drops.add(strings.TrimPrefix(o, "--unset="))
		case o == "-", strings.HasPrefix(o, "--i"), !strings.HasPrefix(o, "--") && strings.ContainsAny(o, "iuS"):
			c.drops.add(AllVariables) // also a cluster such as -iu NAME, and -S, which holds options of its own
		}
	}
}
