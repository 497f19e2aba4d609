package catalog

import (
	"cmp"
	"slices"
	"strings"
)

// A fault is a mistake in a value, whose line is looked up only once it is to be told.
type fault struct {
	layer   int
	app     string // whose settings it touches; "" for everyone's
	path    []string
	value   bool // the place is the key's value, not the key
	reason  string
	remedy  string
	warning bool
}

// A place is a table of a layer.
type place struct {
	layer int
	app   string // what * of the table's pattern stands for
	table string // a pattern such as apps.*.limits; "" is the root
}

// path spells the place out, and names within it.
func (p place) path(names ...string) []string {
	var path []string
	if p.table != "" {
		path = strings.Split(p.table, ".")
	}
	if len(path) > 1 && path[1] == "*" {
		path[1] = p.app
	}
	return append(path, names...)
}

func (m *merged) fault(p place, value bool, reason, remedy string, names ...string) {
	m.faults = append(m.faults, fault{
		layer: p.layer, app: p.app, path: p.path(names...), value: value, reason: reason, remedy: remedy,
	})
}

func (m *merged) notTable(p place, raw any) {
	m.fault(p, true, "wrong type: is "+typeName(raw)+", not a table", "write it as ["+dotted(p.path())+"]")
}

func (m *merged) unknown(p place, name string, raw any) {
	what := "unknown key"
	if _, ok := raw.(map[string]any); ok {
		what = "unknown table"
	}
	m.fault(p, false, what, suggestion(p, name), name)
}

// mistakes tells of everything wrong for the apps that are of concern, by layer and place.
func (m *merged) mistakes(concerns func(app string) bool) []Mistake {
	var told []Mistake
	for i := range m.layers {
		for _, mistake := range [...]*Mistake{m.layers[i].mistake, m.broken[i]} {
			if mistake != nil {
				told = append(told, *mistake)
			}
		}
		first := len(told)
		for _, f := range m.faults {
			if f.layer == i && (f.app == "" || concerns(f.app)) {
				told = append(told, m.mistake(f))
			}
		}
		if dated, found := m.datedMistake(i, concerns); found {
			told = append(told, dated)
		}
		slices.SortStableFunc(told[first:], byPlace)
	}
	return slices.Compact(told) // a value of [defaults] can be wrong for many apps
}

func byPlace(a, b Mistake) int {
	return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Col, b.Col), strings.Compare(a.Key, b.Key), strings.Compare(a.Reason, b.Reason))
}

func (m *merged) mistake(f fault) Mistake {
	t := Mistake{File: m.layers[f.layer].name, Key: dotted(f.path), Reason: f.reason, Remedy: f.remedy, Warning: f.warning}
	t.Line, t.Col, _ = m.layers[f.layer].place(f.path, f.value)
	return t
}

// place finds where the layer's text sets a key, or its value, and the value's text; zero
// where it has no text.
func (l *layer) place(path []string, value bool) (line, col int, source string) {
	at, found := locate(l.text, path)
	for n := len(path) - 1; !found && n > 0; n-- {
		at, found = locate(l.text, path[:n])
	}
	if !found {
		return 0, 0, ""
	}
	offset := at.key
	if value && at.end > 0 {
		offset = at.value
	}
	line, col = position(l.text, offset)
	return line, col, l.text[at.value:at.end]
}
