package catalog

import (
	"maps"
	"slices"
	"strings"
)

// App returns what an app is launched under, by a name it answers to (argv[0] without its
// folder) or else by its key, with the mistakes that touch it. ok is false if no app has
// the name; the mistakes are then those of the layers. Tables of other apps are not
// decoded, so mistakes in them are not seen.
func (l Layers) App(name string) (s Settings, diagnostics []Diagnostic, ok bool) {
	m := l.merge(name)
	app, ok := m.owner(name)
	if ok {
		s = m.settings(app)
		m.check(&s)
	}
	taken := func(other string) bool { return ok && (other == app || slices.Contains(m.owners[name], other)) }
	return s, m.diagnostics(taken), ok
}

// Default returns what a program without a table of its own is launched under.
func (l Layers) Default() (Settings, []Diagnostic) {
	m := l.merge("")
	s := m.settings("")
	m.check(&s)
	return s, m.diagnostics(func(string) bool { return false })
}

// All decodes everything and reports every mistake.
func (l Layers) All() (Catalog, []Diagnostic) {
	if l.whole != nil {
		return l.whole.catalog, slices.Clone(l.whole.diagnostics)
	}
	return l.mergeAll().all()
}

func (m *merged) all() (Catalog, []Diagnostic) {
	defaults := m.settings("")
	m.check(&defaults)
	c := Catalog{Defaults: defaults.App, Budget: defaults.Budget}

	for _, key := range slices.Sorted(maps.Keys(m.apps)) {
		s := m.settings(key)
		m.check(&s)
		c.Apps = append(c.Apps, s.App)
	}
	for name, owners := range m.owners {
		if len(owners) > 1 {
			m.owner(name) // notes those that do not get it
		}
	}
	c.Apps = slices.Clip(c.Apps)
	return c, m.diagnostics(func(string) bool { return true })
}

// Names returns the names that apps answer to, in the order of their keys. Nothing else is
// decoded, so that a shell need not wait for it at each TAB.
func (l Layers) Names() []string {
	texts := l.texts()
	for i, text := range texts {
		texts[i] = namesExcerpt(text)
	}
	m := l.mergeTexts(texts)
	var list []string
	for _, app := range slices.Sorted(maps.Keys(m.apps)) {
		names, _ := m.names(app)
		list = append(list, names...)
	}
	return list
}

// Origin returns where an app's value was set last: in its own table or in [defaults]. The
// path is relative to the app's table, such as ("limits", "MemoryHigh") or ("env", "LANG").
// Without an app (app is "") it is a whole one, such as ("budget", "memory"). Options for the
// graphics are looked for in the named table alone: ("gpu", "nvidia", "raster"). The result
// is zero if no layer sets the value.
func (l Layers) Origin(app string, path ...string) Origin {
	table := ""
	if app != "" {
		table = inApp[0]
	}
	key, table, variable := keyAt(table, path)
	if key == nil {
		return Origin{}
	}
	m := l.merge(app)
	for _, e := range slices.Backward(m.entries(app, key)) {
		if e.variable == variable && (!key.scoped || e.table == table) {
			return m.origin(app, e)
		}
	}
	return Origin{}
}

// keyAt follows a path from a table to a key, the table it is in, and a variable in it.
func keyAt(table string, path []string) (key *Key, in, variable string) {
	for i, name := range path {
		key := keyIn(table, name)
		if key == nil {
			table = strings.TrimPrefix(table+"."+name, ".")
			continue
		}
		rest := path[i+1:]
		if key.Kind == Variables && len(rest) == 1 {
			return key, table, rest[0]
		}
		if key.Kind == Variables || len(rest) > 0 {
			return nil, "", ""
		}
		return key, table, ""
	}
	return nil, "", ""
}

func (m *merged) origin(app string, e entry) Origin {
	layer := &m.layers[e.layer]
	path := e.place(app).path(e.inText()...)
	o := Origin{Layer: layer.kind, File: layer.name, Key: Dotted(path)}
	o.Line, o.Col, o.Source = m.locate(e.layer, path, true)
	if o.Line == 0 {
		o.Source = e.toml()
	}
	return o
}

// merge lays the layers on each other as far as they matter for one name.
func (l Layers) merge(name string) *merged {
	if l.whole != nil {
		return l.whole.merged.again()
	}
	return l.mergeTexts(excerpts(l.texts(), name))
}

// mergeAll lays all of the layers on each other.
func (l Layers) mergeAll() *merged {
	if l.whole != nil {
		return l.whole.merged.again()
	}
	m := l.mergeTexts(l.texts())
	m.indexes = make([]*index, len(m.layers))
	return m
}

func (l Layers) mergeTexts(texts []string) *merged {
	m := merge(l.list, texts)
	m.home = l.home
	return m
}

func (l Layers) texts() []string {
	texts := make([]string, len(l.list))
	for i := range l.list {
		texts[i] = l.list[i].text
	}
	return texts
}
