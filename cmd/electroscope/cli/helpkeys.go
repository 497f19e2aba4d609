package cli

import (
	"slices"
	"strings"

	"electroscope/cmd/electroscope/cli/render"
	"electroscope/launcher/catalog"
)

// keyGroups returns the keys of apps.toml, grouped by the tables that they may be in.
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

// tablesOf returns the tables of a key as they are written, "[apps.NAME] or [defaults]".
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

// keyList returns all keys, a line for each.
func keyList() string {
	var b strings.Builder
	for i, group := range keyGroups() {
		if i > 0 {
			b.WriteString("\n")
		}
		b.WriteString(strings.Join(render.Fold(tablesOf(group[0]), render.Screen), "\n") + "\n\n")
		var rows [][2]string
		for _, k := range group {
			rows = append(rows, [2]string{k.Name, k.Doc})
		}
		b.WriteString(render.Columns(rows))
	}
	return b.String()
}

// keyHelp returns all there is to say about a key.
func keyHelp(k catalog.Key) string {
	head := render.Fold(k.Name+", in "+tablesOf(k), render.Screen)
	text := slices.Concat(head, []string{""}, render.Fold(k.Doc+".", render.Screen), render.Fold("Allowed: "+k.Allowed()+".", render.Screen))
	return strings.Join(text, "\n") + "\n"
}
