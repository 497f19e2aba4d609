package catalog

import (
	"slices"
	"strconv"
)

// A LayerKind is where a layer comes from; the later ones win.
type LayerKind string

const (
	Shipped     LayerKind = "shipped"      // inside the binary
	System      LayerKind = "system"       // below XDG_CONFIG_DIRS
	User        LayerKind = "user"         // below XDG_CONFIG_HOME
	Environment LayerKind = "environment"  // ELECTROSCOPE_SET
	CommandLine LayerKind = "command line" // [Layers.With]
)

// Layers are what an App's settings are merged from, the lowest first.
type Layers struct {
	list  []layer
	home  string // what ~ stands for; empty: not known
	whole *whole // if they are decoded already
}

// A layer is one text, or the settings of a command line.
type layer struct {
	kind       LayerKind
	name       string // of a file its path
	text       string // empty if there is none to be used
	settings   []Setting
	absent     bool        // the file is not there
	diagnostic *Diagnostic // why the text is not used, or a warning about it
}

// A Source is one place where a layer was looked for.
type Source struct {
	Kind       LayerKind
	Name       string      // of a file its path
	Absent     bool        // nothing is there
	Diagnostic *Diagnostic // why it is not used at all, or a warning; syntax is not looked at here
}

// Sources lists the places that were looked in, the lowest layer first.
func (l Layers) Sources() []Source {
	sources := make([]Source, len(l.list))
	for i, layer := range l.list {
		sources[i] = Source{layer.kind, layer.name, layer.absent, layer.diagnostic}
	}
	return sources
}

// A Setting is one key set on a command line.
type Setting struct {
	Path  []string // such as apps, discord, limits, MemoryMax
	Value string   // what TOML would have, without quotes; of an array one element
}

// With lays settings of a command line above all layers. A Path names the key as a file
// would ({"apps", "discord", "limits", "MemoryMax"}); for a program without a table it
// begins with "defaults". Settings of one array add up to it. Mistakes in them are reported
// like a file's.
func (l Layers) With(settings ...Setting) Layers {
	return Layers{list: append(slices.Clip(l.list), layer{kind: CommandLine, name: "command line", settings: settings}), home: l.home}
}

// Replaced gives a file's layer another text, to see what would become of it.
func (l Layers) Replaced(path, text string) Layers {
	list := slices.Clone(l.list)
	for i, old := range list {
		if old.name == path {
			list[i] = checked(layer{kind: old.kind, name: path, text: text})
		}
	}
	return Layers{list: list, home: l.home}
}

// tree makes of settings what decoding their TOML would.
func tree(settings []Setting) map[string]any {
	root := make(map[string]any)
	for _, s := range settings {
		if len(s.Path) == 0 {
			continue
		}
		table := root
		pattern := ""
		for i, part := range s.Path[:len(s.Path)-1] {
			inside, ok := table[part].(map[string]any)
			if !ok {
				inside = make(map[string]any)
				table[part] = inside
			}
			table = inside
			pattern = within(pattern, part, i == 1 && s.Path[0] == "apps")
		}
		name := s.Path[len(s.Path)-1]
		table[name] = typed(keyIn(pattern, name), s.Value, table[name])
	}
	return root
}

// within returns the pattern of a table inside another; an app's key is *.
func within(pattern, name string, isApp bool) string {
	switch {
	case pattern == "":
		return name
	case isApp:
		return pattern + ".*"
	}
	return pattern + "." + name
}

// typed gives a command line's value the type that the key takes; before is what an
// earlier setting gave it.
func typed(k *Key, text string, before any) any {
	if k == nil {
		return text
	}
	switch k.Kind {
	case List:
		list, _ := before.([]any)
		return append(list, text)
	case Flag:
		if text == "true" || text == "false" {
			return text == "true"
		}
	case Number:
		if n, err := strconv.ParseInt(text, 10, 64); err == nil {
			return n
		}
	}
	return text
}
