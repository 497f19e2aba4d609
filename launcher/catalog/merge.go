package catalog

import (
	"maps"
	"slices"

	"electroscope/launcher/unitname"
)

// An entry is one value that one layer sets.
type entry struct {
	key      *Key
	table    string // the pattern of the table it is in, such as apps.*.limits
	written  string // the key as it is written there: its name, or an earlier one
	variable string // of Variables, which
	runner   string // in a runner's table, its name
	layer    int
	value
}

// name returns the names of the entry within its table.
func (e entry) name() []string { return e.path(e.key.Name) }

// inText returns them as they are written there.
func (e entry) inText() []string { return e.path(e.written) }

func (e entry) path(key string) []string {
	if e.key.Kind == Variables {
		return []string{key, e.variable}
	}
	return []string{key}
}

// place is the table that the entry is in; of an app's entry that of the app.
func (e entry) place(app string) tablePath {
	if e.runner != "" {
		app = ""
	}
	return tablePath{layer: e.layer, app: app, runner: e.runner, table: e.table}
}

// A merged holds every entry of every layer, the lower layers' first: the last entry of a
// key is the one that counts.
type merged struct {
	layers   []layer
	home     string        // what ~ stands for
	broken   []*Diagnostic // of each layer, why it does not decode
	root     []entry       // of all tables but the apps' and the runners'
	apps     map[string]*appEntries
	owners   map[string][]string // of each name the apps that have it, sorted
	runners  map[string][]entry  // by their names
	problems []problem
	dated    []datedUse
	indexes  []*index // of the layers' texts; nil if a launch asks, which has little to locate
}

type appEntries struct {
	layer   int // the first to have the app
	entries []entry
}

// merge decodes the layers' texts (for a launch, excerpts of them) and lays them on each
// other.
func merge(layers []layer, texts []string) *merged {
	m := &merged{layers: layers, broken: make([]*Diagnostic, len(layers)), apps: make(map[string]*appEntries)}
	for i := range layers {
		var root map[string]any
		root, m.broken[i] = layers[i].decode(texts[i])
		for name, raw := range root {
			switch {
			case name == "apps":
				m.addApps(i, raw)
			case name == "runners":
				m.addRunners(i, raw)
			case isTable(name):
				m.add(tablePath{layer: i, table: name}, raw)
			default:
				m.unknown(tablePath{layer: i}, name, raw)
			}
		}
	}
	m.addOwners()
	return m
}

// addOwners learns which apps have which names, when all layers have said so.
func (m *merged) addOwners() {
	m.owners = make(map[string][]string, len(m.apps))
	for _, app := range slices.Sorted(maps.Keys(m.apps)) {
		names, _ := m.names(app)
		for _, name := range names {
			if !slices.Contains(m.owners[name], app) {
				m.owners[name] = append(m.owners[name], app)
			}
		}
	}
}

func (m *merged) addApps(layer int, raw any) {
	apps, ok := raw.(map[string]any)
	if !ok {
		m.notTable(tablePath{layer: layer, table: "apps"}, raw)
		return
	}
	for key, raw := range apps {
		p := tablePath{layer: layer, app: key, table: "apps.*"}
		if wrong := unitname.CheckID(key); wrong != "" {
			m.reportProblem(p, false, "the app's key "+wrong, "give the table a plain name, such as [apps.discord]")
			continue
		}
		if _, ok := raw.(map[string]any); !ok {
			m.notTable(p, raw)
			continue
		}
		if m.apps[key] == nil {
			m.apps[key] = &appEntries{layer: layer}
		}
		m.add(p, raw)
	}
}

// add takes every known key of a table.
func (m *merged) add(p tablePath, raw any) {
	table, ok := raw.(map[string]any)
	if !ok {
		m.notTable(p, raw)
		return
	}
	for name, raw := range table {
		if key := keyIn(p.table, name); key != nil {
			m.addValue(p, key, name, raw)
			continue
		}
		if m.addRenamed(p, table, name, raw) {
			continue
		}
		inside := p
		inside.table += "." + name
		if name != "*" && isTable(inside.table) {
			m.add(inside, raw)
			continue
		}
		m.unknown(p, name, raw)
	}
}

func (m *merged) addValue(p tablePath, key *Key, written string, raw any) {
	e := entry{key: key, table: p.table, runner: p.runner, written: written, layer: p.layer}
	if key.Kind != Variables {
		m.addEntry(p, e, raw)
		return
	}
	variables, ok := raw.(map[string]any)
	if !ok {
		m.reportProblem(p, true, key.wrongType(raw), "allowed: "+key.Allowed(), key.Name)
		return
	}
	for name, raw := range variables {
		e.variable = name
		if wrong := checkVariable(name); wrong != "" {
			m.reportProblem(p, false, wrong, "allowed: "+key.Allowed(), e.name()...)
			continue
		}
		m.addEntry(p, e, raw)
	}
}

func (m *merged) addEntry(p tablePath, e entry, raw any) {
	var wrong string
	raw = m.renew(p, e, raw)
	e.value, wrong = e.key.parse(raw)
	if wrong != "" {
		remedy := "allowed: " + e.key.Allowed()
		if e.key.Kind == Variables {
			remedy = "allowed: a string, or false to unset it"
		}
		if near := e.key.near(raw); near != "" {
			remedy = "did you mean " + near + "? Allowed: " + e.key.Allowed()
		}
		m.reportProblem(p, true, wrong, remedy, e.inText()...)
		return
	}
	switch {
	case p.runner != "":
		m.runners[p.runner] = append(m.runners[p.runner], e)
		return
	case p.app == "":
		m.root = append(m.root, e)
		return
	}
	app := m.apps[p.app]
	app.entries = append(app.entries, e)
}

// find returns the entry that counts for a key: the app's own, or else that of [defaults].
func (m *merged) find(app string, key *Key, variable string) (entry, bool) {
	if own := m.apps[app]; own != nil {
		for i := len(own.entries) - 1; i >= 0; i-- {
			if e := &own.entries[i]; e.key == key && e.variable == variable { // not copied: most are another key's
				return *e, true
			}
		}
	}
	for i := len(m.root) - 1; i >= 0; i-- {
		if e := &m.root[i]; e.key == key && e.variable == variable {
			return *e, true
		}
	}
	return entry{}, false
}

// settings puts an app's settings together; of no app ("") those of [defaults] alone.
func (m *merged) settings(app string) Settings {
	s := Settings{App: blankApp(app)}
	resolved := m.resolveLimits(app)
	for _, key := range keys {
		if key.Tables[0] == inRunner[0] {
			continue // there may be many
		}
		if key.set == nil {
			s.App.Limits = withResolved(s.App.Limits, key.Name, resolved[:])
			continue
		}
		if key.Kind == Variables || key.scoped {
			for _, e := range m.entries(app, key) {
				key.set(&s, e)
			}
			continue
		}
		if e, ok := m.find(app, key, ""); ok {
			key.set(&s, e)
		}
	}
	m.addRunnersTo(&s)
	s.App.setDefaults()
	s.App.Exec = expandHome(s.App.Exec, m.home)
	return s
}

// entries returns all entries of a key; those that count come last.
func (m *merged) entries(app string, key *Key) []entry {
	var found []entry
	for i := range m.root {
		if m.root[i].key == key {
			found = append(found, m.root[i])
		}
	}
	if own := m.apps[app]; own != nil {
		for i := range own.entries {
			if own.entries[i].key == key {
				found = append(found, own.entries[i])
			}
		}
	}
	return found
}
