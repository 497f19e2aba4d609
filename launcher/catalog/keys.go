package catalog

import (
	"slices"
	"strings"
)

// A Key is one row of the schema: a key, the tables it may be in, and what it may hold.
// Decoding, messages, suggestions, the man page and completions all come from these rows.
type Key struct {
	Tables []string // the tables it may be in, such as "apps.*.limits"; * is an app's key
	Name   string
	Kind   Kind
	Words  []string // of a Word all its values; of an amount those allowed besides numbers
	Min    int64    // least amount (bytes, tasks, weight, microseconds per second, seconds) or number
	Max    int64    // greatest; 0: none
	Doc    string   // one line

	scoped bool // it may be in several tables, none of which lies beneath another

	form  string                   // what is allowed, if the kind does not say it all
	check func(text string) string // what is wrong with a text or an element of a list, or ""
	set   func(*Settings, entry)   // nil: several keys together set the value
}

// A Kind is the type of a key's value.
type Kind uint8

const (
	Word      Kind = iota // one of Words
	Text                  // a string
	List                  // an array of strings
	Flag                  // true or false
	Number                // a whole number
	Variables             // a table of strings
	Size                  // bytes
	Memory                // bytes or a share of the RAM
	Count                 // a count or a share of what the system can hold
	Quota                 // CPU time as a percentage of one CPU
	CPUs                  // CPU time as a number of CPUs
	Percent               // a percentage of at most 100
	Span                  // a time span
	Weight                // a weight
)

// keys are all keys, in the order in which they are best listed.
var keys = pointers(appKeys[:], limitKeys(), unitKeys[:])

func pointers(tables ...[]Key) []*Key {
	list := make([]*Key, 0, 64)
	for _, table := range tables {
		for i := range table {
			list = append(list, &table[i])
		}
	}
	return list
}

// Keys returns every key there is, in the order in which they are best listed.
func Keys() []Key {
	list := make([]Key, len(keys))
	for i, k := range keys {
		list[i] = *k
	}
	return list
}

// keyIn finds the key of that name in a table, nil if there is none.
func keyIn(table, name string) *Key {
	for _, k := range keys {
		if k.Name == name && slices.Contains(k.Tables, table) {
			return k
		}
	}
	return nil
}

// isTable reports whether a layer may have a table of that name.
func isTable(table string) bool {
	for _, k := range keys {
		for _, t := range k.Tables {
			if t == table || strings.HasPrefix(t, table) && t[len(table)] == '.' {
				return true
			}
		}
	}
	return false
}

// namesIn lists the keys and tables that may be in a table; "" is the root.
func namesIn(table string) []string {
	var names []string
	add := func(name string) {
		if name != "*" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	for _, k := range keys {
		for _, t := range k.Tables {
			if t == table {
				add(k.Name)
				continue
			}
			if table != "" {
				inside, found := strings.CutPrefix(t, table+".")
				if !found {
					continue
				}
				t = inside
			}
			first, _, _ := strings.Cut(t, ".")
			add(first)
		}
	}
	return names
}
