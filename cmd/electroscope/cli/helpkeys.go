package cli

import (
	"slices"
	"strings"

	"electroscope/launcher/catalog"
)

// keyGroups are the keys of apps.toml by the tables that they may stand in.
func keyGroups() [][]catalog.Key {
	var groups [][]catalog.Key
	for _, k := range catalog.Keys() {
		i := slices.IndexFunc(groups, func(g []catalog.Key) bool { return slices.Equal(g[0].Tables, k.Tables) })
		if i < 0 {
			groups = append(groups, []catalog.Key{k})
		} else {
			groups[i] = append(groups[i], k)
		}
	}
	return groups
}

// tablesOf are the tables of a key as they are written, "[apps.NAME] or [defaults]".
func tablesOf(k catalog.Key) string {
	var names []string
	for _, table := range k.Tables {
		names = append(names, "["+strings.ReplaceAll(table, "*", "NAME")+"]")
	}
	last := len(names) - 1
	if last == 0 {
		return names[0]
	}
	return strings.Join(names[:last], ", ") + " or " + names[last]
}

// keyList is every key in a line.
func keyList() string {
	var b strings.Builder
	for i, group := range keyGroups() {
		if i > 0 {
			b.WriteString("\n")
		}
		b.WriteString(strings.Join(folded(tablesOf(group[0]), screen), "\n") + "\n\n")
		var rows [][2]string
		for _, k := range group {
			rows = append(rows, [2]string{k.Name, k.Doc})
		}
		b.WriteString(columns(rows))
	}
	return b.String()
}

// keyHelp is all there is about a key.
func keyHelp(k catalog.Key) string {
	head := folded(k.Name+", in "+tablesOf(k), screen)
	text := slices.Concat(head, []string{""}, folded(k.Doc+".", screen), folded("Allowed: "+k.Allowed()+".", screen))
	return strings.Join(text, "\n") + "\n"
}
