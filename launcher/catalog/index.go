package catalog

import (
	"slices"
	"strings"
)

// An index has the places of all keys and tables of a TOML text, for those who ask for many:
// [locateKey] goes over the text for each.
type index struct {
	keys   map[string]location // by their paths, see indexKey
	tables map[string]location // where each first begins
	breaks []int               // offsets of the line breaks
}

// indexKey makes one string of a path. A text has no NUL (checked), but an escape may make one:
// that misplaces a mistake at most.
func indexKey(path []string) string { return strings.Join(path, "\x00") }

func newIndex(text string) *index {
	x := &index{tables: make(map[string]location)}
	for i := strings.IndexByte(text, '\n'); i >= 0; {
		x.breaks = append(x.breaks, i)
		next := strings.IndexByte(text[i+1:], '\n')
		if next < 0 {
			break
		}
		i += 1 + next
	}
	x.keys = make(map[string]location, len(x.breaks)) // about one a line
	x.add(text, nil, 0)
	return x
}

// add takes the statements of a text, which is an inline table at the offset unless path is nil.
func (x *index) add(text string, path []string, offset int) {
	visitStatements(text, func(st statement) bool {
		full := slices.Concat(path, st.path)
		at := st.shifted(offset)
		n := len(full)
		if !st.header {
			addFirst(x.keys, full, at)
			if inside, within, ok := st.inlineTable(text); ok {
				x.add(inside, full, offset+within)
			}
			n-- // the key is no table, or one that is known as a key
		}
		for ; n > 0 && addFirst(x.tables, full[:n], location{key: at.key}); n-- {
			// if a table is known, so are those around it
		}
		return true
	})
}

// addFirst reports whether the path is new.
func addFirst(places map[string]location, path []string, at location) bool {
	key := indexKey(path)
	if _, known := places[key]; known {
		return false
	}
	places[key] = at
	return true
}

// locate is locateKey by the index.
func (x *index) locate(path []string) (location, bool) {
	key := indexKey(path)
	if at, found := x.keys[key]; found {
		return at, true
	}
	at, found := x.tables[key]
	return at, found
}

// lineColumn is the function of that name by the index.
func (x *index) lineColumn(offset int) (line, col int) {
	n, _ := slices.BinarySearch(x.breaks, offset)
	if n == 0 {
		return 1, offset + 1
	}
	return n + 1, offset - x.breaks[n-1]
}
