package catalog

import "slices"

// A whole is what the layers come to, for who asks about many apps.
type whole struct {
	merged      *merged
	catalog     Catalog
	diagnostics []Diagnostic
}

// Whole returns the same layers, all of them decoded. If one does not decode, it returns l as it
// is: a launch goes by the tables that matter to it, and may find no fault in them.
func (l Layers) Whole() Layers {
	if l.whole != nil {
		return l
	}
	m := l.mergeAll()
	if slices.ContainsFunc(m.broken, func(d *Diagnostic) bool { return d != nil }) {
		return l
	}
	w := &whole{merged: m}
	w.catalog, w.diagnostics = m.again().all()
	l.whole = w
	return l
}

// again is m for one more question: what is checked for it adds problems.
func (m *merged) again() *merged {
	c := *m
	c.problems = slices.Clip(m.problems)
	return &c
}
