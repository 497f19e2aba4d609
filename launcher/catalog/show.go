package catalog

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// Show writes the merged catalogue as TOML, each value with its origin as a comment.
// Values that no layer sets are not shown, nor are mistaken ones.
func (l Layers) Show() string {
	m := merge(l.list, l.texts())
	var b strings.Builder
	for _, table := range tables() {
		if table == inApp[0] || strings.HasPrefix(table, inApp[0]+".") {
			continue
		}
		m.showTable(&b, place{table: table}, m.root)
	}
	for _, app := range slices.Sorted(maps.Keys(m.apps)) {
		for _, table := range tables() {
			if table == inApp[0] || strings.HasPrefix(table, inApp[0]+".") {
				m.showTable(&b, place{app: app, table: table}, m.apps[app].entries)
			}
		}
	}
	return strings.TrimPrefix(b.String(), "\n")
}

// tables lists the patterns of all tables, those within a table after it.
func tables() []string {
	var list []string
	for i := range keys {
		list = append(list, keys[i].Tables...)
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// showTable writes those of the entries that stand in a table and count. An app's own
// table is written even if it is empty: it makes the app.
func (m *merged) showTable(b *strings.Builder, p place, entries []entry) {
	last := make(map[string]entry)
	for _, e := range entries {
		if e.table == p.table {
			last[dotted(e.name())] = e
		}
	}
	if len(last) == 0 && p.table != inApp[0] {
		return
	}
	b.WriteString("\n[" + dotted(p.path()) + "]\n")
	for _, e := range slices.SortedFunc(maps.Values(last), func(a, b entry) int {
		return cmp.Or(cmp.Compare(row(a.key), row(b.key)), strings.Compare(a.variable, b.variable))
	}) {
		b.WriteString(dotted(e.name()) + " = " + e.toml() + "  # " + printable(m.origin(p.app, e).String()) + "\n")
	}
}

// row is a key's place in the schema.
func row(key *Key) int {
	return slices.IndexFunc(keys[:], func(k Key) bool { return k.Name == key.Name && k.Tables[0] == key.Tables[0] })
}

// toml writes the entry's value.
func (e entry) toml() string {
	switch e.key.Kind {
	case Flag:
		return strconv.FormatBool(e.flag)
	case Number:
		return strconv.Itoa(e.number)
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
