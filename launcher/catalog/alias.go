package catalog

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// An alias is an earlier spelling of a key, which still works. Keys of ours are in kebab-case now;
// those of systemd keep its spelling.
type alias struct {
	old, name string
	words     [][2]string // earlier words of its value, each with today's
}

var aliases = [...]alias{
	{old: "on_failure", name: "on-failure"},
	{old: "memory_high", name: "memory-high-without-swap", words: [][2]string{{"auto", "skip"}, {"always", "keep"}}},
}

// Renamed returns today's name of a key, given that or an earlier one.
func Renamed(name string) string {
	for _, a := range aliases {
		if a.old == name {
			return a.name
		}
	}
	return name
}

// Aliases returns the earlier names of keys that a table may have.
func Aliases(table string) []string {
	var names []string
	for _, a := range aliases {
		if keyIn(table, a.name) != nil {
			names = append(names, a.old)
		}
	}
	return names
}

// renamedWord returns today's word for an earlier one of the key's.
func (k *Key) renamedWord(raw any) (word string, found bool) {
	text, ok := raw.(string)
	if !ok || k.Kind != Word {
		return "", false
	}
	for _, a := range aliases {
		if a.name != k.Name {
			continue
		}
		for _, pair := range a.words {
			if pair[0] == text {
				return pair[1], true
			}
		}
	}
	return "", false
}

// A datedUse is an earlier spelling in a layer: of a key, of its value, or of both.
type datedUse struct {
	tablePath
	key   string // as it is written
	text  string // what is to be said of it
	loses bool   // the same table has the key by today's name, which counts
}

// addRenamed takes a key by its earlier name. It reports false if the name is not one.
func (m *merged) addRenamed(p tablePath, table map[string]any, name string, raw any) bool {
	now := Renamed(name)
	key := keyIn(p.table, now)
	if now == name || key == nil {
		return false
	}
	if _, both := table[now]; both {
		text := name + " is not used, for " + now + " is in the same table"
		m.dated = append(m.dated, datedUse{tablePath: p, key: name, text: text, loses: true})
		return true
	}
	m.addValue(p, key, name, raw)
	return true
}

// renew returns an entry's raw value in today's words, and notes an earlier spelling.
func (m *merged) renew(p tablePath, e entry, raw any) any {
	text := e.written + " is now " + e.key.Name
	if word, found := e.key.renamedWord(raw); found {
		text = fmt.Sprintf("%s = %s is now %s = %s", e.written, Quoted(raw.(string)), e.key.Name, Quoted(word))
		raw = word
	} else if e.written == e.key.Name {
		return raw
	}
	m.dated = append(m.dated, datedUse{tablePath: p, key: e.written, text: text})
	return raw
}

// datedDiagnostic is one warning about all earlier spellings in a layer, at the first of them.
func (m *merged) datedDiagnostic(layer int, concerns func(app string) bool) (Diagnostic, bool) {
	var uses []Diagnostic
	for _, use := range m.dated {
		if use.layer != layer || use.app != "" && !concerns(use.app) {
			continue
		}
		remedy := "write the new spelling; the earlier one still works"
		if use.loses {
			remedy = "remove the earlier spelling"
		}
		uses = append(uses, m.diagnostic(problem{layer: layer, path: use.path(use.key), reason: use.text, remedy: remedy, warning: true}))
	}
	if len(uses) == 0 {
		return Diagnostic{}, false
	}
	slices.SortStableFunc(uses, byLocation)
	first := uses[0]
	first.Reason = distinct(uses, func(use Diagnostic) string { return use.Reason })
	first.Remedy = distinct(uses, func(use Diagnostic) string { return use.Remedy })
	return first, true
}

// distinct lists the texts of mistakes, each once, and with its lines if there are several.
func distinct(list []Diagnostic, text func(Diagnostic) string) string {
	var texts []string
	lines := make(map[string][]string)
	for _, mistake := range list {
		t := text(mistake)
		if lines[t] == nil {
			texts = append(texts, t)
		}
		lines[t] = append(lines[t], strconv.Itoa(mistake.Line))
	}
	if len(list) > 1 && list[0].Line > 0 {
		for i, t := range texts {
			word := "line "
			if len(lines[t]) > 1 {
				word = "lines "
			}
			texts[i] = t + " (" + word + strings.Join(lines[t], ", ") + ")"
		}
	}
	return strings.Join(texts, "; ")
}
