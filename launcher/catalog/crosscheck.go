package catalog

import (
	"slices"
	"strconv"

	"electroscope/launcher/chromium"
)

// check compares an app's values with each other. An invalid value is taken out of the
// settings, as with every mistake that is not just a warning.
func (m *merged) check(s *Settings) {
	app := &s.App
	m.checkKey(app.Key)
	most, capped := app.Limit("MemoryMax")

	high, ok := app.Limit("MemoryHigh")
	if above, comparable := high.Amount.compare(most.Amount); ok && capped && high.Amount.Unit != Infinity && comparable && above > 0 {
		m.reportAt(app.Key, inLimits[0], "MemoryHigh", false,
			strconv.Quote(high.Spelled)+" is above "+m.maxOf(app.Key, most)+", so it would never be reached",
			"lower MemoryHigh, or raise MemoryMax")
		app.Limits = slices.DeleteFunc(app.Limits, func(l Limit) bool { return l.Name == "MemoryHigh" })
	}

	switch heap := app.Heap; {
	case heap == 0:
	case heap > chromium.MaxHeap:
		m.reportAt(app.Key, inApp[0], "heap", true, "is above 4G, the most that V8 can use, and taken as 4G", "lower it to 4G")
	case heap < chromium.LowHeap:
		m.reportAt(app.Key, inApp[0], "heap", true, "is below 256M: reaching it ends the app's process", "raise it to 256M or more")
	}
	app.Heap = min(app.Heap, chromium.MaxHeap)
}

// checkKey warns of an app that nothing says how to run, and whose key is nearly that of
// another app: "discrod" is a new app, and its limits are never used.
func (m *merged) checkKey(app string) {
	own := m.apps[app]
	if own == nil {
		return
	}
	for _, key := range []string{"exec", "names"} {
		if _, ok := m.find(app, keyIn(inApp[0], key), ""); ok {
			return
		}
	}
	var others []string
	for key, other := range m.apps {
		if other.layer < own.layer {
			others = append(others, key)
		}
	}
	slices.Sort(others)
	if near := Nearest(app, others); near != "" {
		p := tablePath{layer: own.layer, app: app, table: inApp[0]}
		m.reportProblem(p, false, "is an app of its own, and nothing says what it runs", "did you mean ["+Dotted([]string{"apps", near})+"]? Else set exec")
		m.problems[len(m.problems)-1].warning = true
	}
}

func (m *merged) maxOf(app string, most Limit) string {
	key, name := keyIn(inLimits[0], "MemoryMax"), "MemoryMax"
	if most.From != "" {
		key, name = keyIn(inBoth[0], most.From), most.From
	}
	text := name + " " + strconv.Quote(most.Spelled)
	if e, ok := m.find(app, key, ""); ok {
		o := m.origin(app, e)
		text += " (" + formatLocation(o.File, o.Line, o.Col) + ")"
	}
	return text
}

// reportAt reports a problem of the entry that counts for an app's key.
func (m *merged) reportAt(app, table, name string, warning bool, reason, remedy string) {
	e, ok := m.find(app, keyIn(table, name), "")
	if !ok {
		return
	}
	p := tablePath{layer: e.layer, app: app, table: e.table}
	m.reportProblem(p, true, reason, remedy, e.inText()...)
	m.problems[len(m.problems)-1].warning = warning
}

// names returns the names that an app answers to, and the layer that says so.
func (m *merged) names(app string) (names []string, layer int) {
	if e, ok := m.find(app, keyIn(inApp[0], "names"), ""); ok && len(e.list) > 0 {
		return e.list, e.layer
	}
	return []string{app}, m.apps[app].layer
}

// owner finds the app that answers to a name. If there are several, the name belongs to the
// one that gets it from the latest layer; in one layer, to the one whose key it is, then to
// the first by key. The others are reported. An app's key serves too if it is no app's name.
func (m *merged) owner(name string) (app string, ok bool) {
	owners := m.owners[name]
	if len(owners) == 0 {
		return name, m.apps[name] != nil
	}
	app = owners[0]
	for _, other := range owners[1:] {
		_, layer := m.names(app)
		_, otherLayer := m.names(other)
		if otherLayer > layer || otherLayer == layer && other == name {
			app = other
		}
	}
	for _, other := range owners {
		if other != app {
			m.reportTaken(name, other, app)
		}
	}
	return app, true
}

func (m *merged) reportTaken(name, loser, owner string) {
	_, layer := m.names(loser)
	_, ownerLayer := m.names(owner)
	names := []string{"apps", loser, "names"}
	line, col, _ := m.locate(ownerLayer, []string{"apps", owner, "names"}, true)
	m.problems = append(m.problems, problem{
		layer: layer, app: loser, path: names, value: true,
		reason: "the name " + strconv.Quote(name) + " is taken by " + Dotted([]string{"apps", owner}) + " (" + formatLocation(m.layers[ownerLayer].name, line, col) + ")",
		remedy: "leave it to one of the two",
	})
}
