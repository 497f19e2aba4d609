package catalog

import (
	"cmp"
	"slices"
	"strings"
)

// A problem is a mistake in a value. Its line is looked up only if it is reported.
type problem struct {
	layer   int
	app     string // whose settings it touches; "" for everyone's
	path    []string
	value   bool // its location is that of the key's value, not of the key
	reason  string
	remedy  string
	warning bool
}

// A tablePath names a table of a layer.
type tablePath struct {
	layer  int
	app    string // what * of the table's pattern stands for
	runner string // the same in runners.*
	table  string // a pattern such as apps.*.limits; "" is the root
}

// path is the table's path, and that of names within it.
func (p tablePath) path(names ...string) []string {
	var path []string
	if p.table != "" {
		path = strings.Split(p.table, ".")
	}
	if len(path) > 1 && path[1] == "*" {
		path[1] = p.app + p.runner // one of them is empty
	}
	return append(path, names...)
}

func (m *merged) reportProblem(p tablePath, value bool, reason, remedy string, names ...string) {
	m.problems = append(m.problems, problem{
		layer: p.layer, app: p.app, path: p.path(names...), value: value, reason: reason, remedy: remedy,
	})
}

func (m *merged) notTable(p tablePath, raw any) {
	m.reportProblem(p, true, "wrong type: is "+typeName(raw)+", not a table", "write it as ["+Dotted(p.path())+"]")
}

func (m *merged) unknown(p tablePath, name string, raw any) {
	what := "unknown key"
	if _, ok := raw.(map[string]any); ok {
		what = "unknown table"
	}
	m.reportProblem(p, false, what, suggestion(p, name), name)
}

// diagnostics returns the problems that concern the given apps, by layer and location.
func (m *merged) diagnostics(concerns func(app string) bool) []Diagnostic {
	var list []Diagnostic
	for i := range m.layers {
		for _, diagnostic := range [...]*Diagnostic{m.layers[i].diagnostic, m.broken[i]} {
			if diagnostic != nil {
				list = append(list, *diagnostic)
			}
		}
		first := len(list)
		for _, f := range m.problems {
			if f.layer == i && (f.app == "" || concerns(f.app)) {
				list = append(list, m.diagnostic(f))
			}
		}
		if dated, found := m.datedDiagnostic(i, concerns); found {
			list = append(list, dated)
		}
		slices.SortStableFunc(list[first:], byLocation)
	}
	return slices.Compact(list) // a value of [defaults] can be wrong for many apps
}

func byLocation(a, b Diagnostic) int {
	return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Col, b.Col), strings.Compare(a.Key, b.Key), strings.Compare(a.Reason, b.Reason))
}

func (m *merged) diagnostic(f problem) Diagnostic {
	t := Diagnostic{File: m.layers[f.layer].name, Key: Dotted(f.path), Reason: f.reason, Remedy: f.remedy, Warning: f.warning}
	t.Line, t.Col, _ = m.locate(f.layer, f.path, f.value)
	return t
}

// locate finds where a layer's text sets a key, or its value, and the value's text. The result
// is zero if the layer has no text.
func (m *merged) locate(layer int, path []string, value bool) (line, col int, source string) {
	text := m.layers[layer].text
	find := func(path []string) (location, bool) { return locateKey(text, path) }
	count := func(offset int) (line, col int) { return lineColumn(text, offset) }
	if m.indexes != nil {
		x := m.index(layer)
		find, count = x.locate, x.lineColumn
	}
	at, found := find(path)
	for n := len(path) - 1; !found && n > 0; n-- {
		at, found = find(path[:n])
	}
	if !found {
		return 0, 0, ""
	}
	offset := at.key
	if value && at.end > 0 {
		offset = at.value
	}
	line, col = count(offset)
	return line, col, text[at.value:at.end]
}

// index is that of a layer's text, made when it is first asked for.
func (m *merged) index(layer int) *index {
	if m.indexes[layer] == nil {
		m.indexes[layer] = newIndex(m.layers[layer].text)
	}
	return m.indexes[layer]
}
