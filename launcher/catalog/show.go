package catalog

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// Show writes the merged catalogue as TOML, each value with its origin as a comment.
// Values that no layer sets are not shown, nor are invalid ones.
func (l Layers) Show() string {
	m := l.mergeAll()
	var b strings.Builder
	tables := tables()
	for _, table := range tables {
		if table == inApp[0] || strings.HasPrefix(table, inApp[0]+".") || table == inRunner[0] {
			continue
		}
		m.showTable(&b, tablePath{table: table}, m.root)
	}
	for _, app := range slices.Sorted(maps.Keys(m.apps)) {
		for _, table := range tables {
			if table == inApp[0] || strings.HasPrefix(table, inApp[0]+".") {
				m.showTable(&b, tablePath{app: app, table: table}, m.apps[app].entries)
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(m.runners)) {
		m.showTable(&b, tablePath{runner: name, table: inRunner[0]}, m.runners[name])
	}
	return strings.TrimPrefix(b.String(), "\n")
}

// tables lists the patterns of all tables, those within a table after it.
func tables() []string {
	var list []string
	for _, k := range keys {
		list = append(list, k.Tables...)
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// showTable writes the entries of a table that count. The table of an app or a runner
// is written even if it is empty: it makes the app.
func (m *merged) showTable(b *strings.Builder, p tablePath, entries []entry) {
	last := make(map[string]entry)
	for _, e := range entries {
		if e.table == p.table {
			last[Dotted(e.name())] = e
		}
	}
	if len(last) == 0 && p.table != inApp[0] && p.table != inRunner[0] {
		return
	}
	b.WriteString("\n[" + Dotted(p.path()) + "]\n")
	for _, e := range slices.SortedStableFunc(maps.Values(last), func(a, b entry) int {
		return cmp.Or(cmp.Compare(row(a.key), row(b.key)), strings.Compare(a.variable, b.variable))
	}) {
		b.WriteString(m.showEntry(p.app, e))
	}
}

// showEntry writes a value with its origin. A value that is not used becomes a comment, with
// what is used instead; a MemoryHigh that follows MemoryMax is written as what it comes to.
func (m *merged) showEntry(app string, e entry) string {
	line := Dotted(e.name()) + " = " + e.toml() + "  # " + printable(m.origin(app, e).String())
	by, holds := m.overriding(app, e)
	switch {
	case by == "":
		return line + "\n"
	case by == "MemoryMax":
		return e.key.Name + " = " + Quoted(holds.Spelled) + "  # follows MemoryMax; " + printable(m.origin(app, e).String()) + " has " + e.toml() + "\n"
	case by == "limits":
		return "# " + line + ", not used: the limits are given in full\n"
	}
	return "# " + line + ", not used: " + by + " makes it " + holds.Text() + "\n"
}

// overriding names the key by which another value holds than the entry's, with what holds; it is ""
// if the entry's own does, and "limits" for a memory or cpus that nothing comes from.
func (m *merged) overriding(app string, e entry) (by string, holds Limit) {
	if e.table == inBudget[0] || e.table == inRunner[0] || !slices.Contains(precedence, e.key.Name) {
		return "", Limit{}
	}
	resolved := m.resolveLimits(app)
	high, most, quota := resolved[0], resolved[1], resolved[2]
	switch e.key.Name {
	case "MemoryHigh":
		return high.From, high
	case "MemoryMax":
		return most.From, most
	case "CPUQuota":
		return quota.From, quota
	case "memory":
		if high.From == "" && most.From == "" {
			return "limits", most
		}
	case "cpus":
		if quota.From == "" {
			return "limits", quota
		}
	}
	return "", Limit{}
}

// row is a key's place in the schema.
func row(key *Key) int {
	return slices.Index(keys, key)
}

// toml writes the entry's value.
func (e entry) toml() string {
	switch e.key.Kind {
	case Flag:
		return strconv.FormatBool(e.flag)
	case Number:
		return strconv.Itoa(e.number)
	case CPUs:
		if e.amount.Unit == Plain {
			return e.spelled
		}
	case List:
		elements := make([]string, len(e.list))
		for i, text := range e.list {
			elements[i] = Quoted(text)
		}
		return "[" + strings.Join(elements, ", ") + "]"
	}
	return Quoted(e.spelled)
}

// printable keeps a comment on its line, whatever a file is called.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return '?'
		}
		return r
	}, text)
}
