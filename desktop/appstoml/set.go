package appstoml

import (
	"errors"
	"reflect"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"

	"electroscope/launcher/catalog"
)

// A Value is what a key of an app's table is set to.
type Value struct {
	Key  []string // in the app's table: memory; or limits, MemoryMax
	TOML string   // as TOML writes it, with its quotes
}

// Set gives keys of an app other values, or adds them where one who writes by hand would: to
// the table, the inline table or the dotted keys that are there. Every other byte stays. It
// refuses a text that does not decode, and a result that does not say what was asked for and
// all else as before.
func Set(text, app string, values []Value) (string, error) {
	const mark = "\ufeff"
	body := strings.TrimPrefix(text, mark)
	want, err := decode(body)
	if err != nil {
		return "", err
	}
	after := body
	for _, v := range values {
		path := append([]string{"apps", app}, v.Key...)
		var one map[string]any
		if _, err := toml.Decode("value = "+v.TOML, &one); err != nil {
			return "", err
		}
		if !put(want, path, one["value"]) {
			return "", errors.New("sets " + catalog.Dotted(path) + " in a way that cannot be edited")
		}
		after = setOne(after, path, v.TOML)
	}
	if got, err := decode(after); err != nil || !reflect.DeepEqual(got, want) {
		return "", errors.New("sets apps." + catalog.Dotted([]string{app}) + " in a way that cannot be edited")
	}
	return text[:len(text)-len(body)] + after, nil
}

// put sets a key of decoded tables. It returns false if something else is in the place of a
// table.
func put(root map[string]any, path []string, value any) bool {
	for _, name := range path[:len(path)-1] {
		if root[name] == nil {
			root[name] = map[string]any{}
		}
		inside, ok := root[name].(map[string]any)
		if !ok {
			return false
		}
		root = inside
	}
	root[path[len(path)-1]] = value
	return true
}

// setOne sets one key.
func setOne(text string, path []string, value string) string {
	list := statements(text)
	for _, s := range list {
		if !s.header && slices.Equal(s.path, path) {
			return text[:s.value] + value + text[s.end:]
		}
	}
	const appTable = 2 // [apps.APP]
	for n := len(path) - 1; n >= appTable; n-- {
		if after, ok := addBeside(text, list, path, n, value); ok {
			return after
		}
	}
	table := "[" + catalog.Dotted(path[:len(path)-1]) + "]\n" + catalog.Dotted(path[len(path)-1:]) + " = " + value + "\n"
	for _, t := range tables(text) {
		if isOf(t.path, path[1]) { // tables within the app's own
			return text[:t.start] + withEnds(table+"\n", ends(text)) + text[t.start:]
		}
	}
	with, err := Append(text, table)
	if err != nil {
		return text // which Set finds
	}
	return with
}

// addBeside adds a key to the table path[:n], if the text has that table in any form.
func addBeside(text string, list []statement, path []string, n int, value string) (string, bool) {
	line := func(within int) string { return catalog.Dotted(path[within:]) + " = " + value }
	sibling := -1
	for i, s := range list {
		isTable := slices.Equal(s.path, path[:n])
		switch {
		case isTable && s.header:
			return addLine(text, lastOf(list, i), line(n)), true
		case isTable && strings.HasPrefix(text[s.value:], "{"):
			return addInline(text, list, s, line(n)), true
		case !s.header && s.within < n && len(s.path) > n && slices.Equal(s.path[:n], path[:n]):
			sibling = i
		}
	}
	if sibling < 0 {
		return "", false
	}
	s := list[sibling]
	if s.inline {
		return text[:s.end] + ", " + line(s.within) + text[s.end:], true
	}
	return addLine(text, s, line(s.within)), true
}

// lastOf is the last statement of the table whose header is list[i], or that header.
func lastOf(list []statement, i int) statement {
	last := list[i]
	for _, s := range list[i+1:] {
		if s.header {
			break
		}
		if !s.inline {
			last = s
		}
	}
	return last
}

// addLine adds a line behind that of a statement, as far to the right.
func addLine(text string, after statement, line string) string {
	start := lineStart(text, after.start)
	line = text[start:len(text)-len(strings.TrimLeft(text[start:], " \t"))] + line
	end := strings.IndexByte(text[after.end:], '\n')
	if end < 0 {
		return text + ends(text) + line
	}
	end += after.end + 1
	return text[:end] + line + ends(text) + text[end:]
}

// addInline adds a key to an inline table.
func addInline(text string, list []statement, table statement, line string) string {
	last := -1
	for _, s := range list {
		if s.inline && s.within == len(table.path) && s.start > table.value && s.end <= table.end {
			last = s.end
		}
	}
	if last < 0 {
		return text[:table.value] + "{ " + line + " }" + text[table.end:]
	}
	return text[:last] + ", " + line + text[last:]
}

// ends is how the lines of a text end.
func ends(text string) string {
	if strings.Contains(text, "\r\n") {
		return "\r\n"
	}
	return "\n"
}

func withEnds(text, end string) string { return strings.ReplaceAll(text, "\n", end) }
