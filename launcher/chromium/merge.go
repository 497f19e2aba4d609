package chromium

// merge is the state of one [Merge].
type merge struct {
	singles singles
	names   [nameLists]features
	v8      v8Flags
	given   []givenList // the user's list switches, by index
	log     decisionLog
}

// givenList is a list switch among the user's arguments.
type givenList struct {
	index int
	list  list
}

// Merge returns the user's arguments with what the sources ask for, by the
// rules in the package's documentation, and what there is to say about it.
// Both user and the result are without argv[0]. Sources are in order of rising
// precedence: wrapper, flags file, configuration. The result is always a new
// slice; nothing is kept of the input.
func Merge(user []string, sources ...Source) ([]string, []Decision) {
	m := merge{log: make(decisionLog, 0, 16)}
	for i := range sources {
		m.want(&sources[i])
	}
	m.give(user)
	return m.argv(user, m.merged()), m.log
}

// give reads the user's arguments.
func (m *merge) give(user []string) {
	for i, arg := range user {
		if endsSwitches(arg) {
			break
		}
		name, value, ok := parseSwitch(arg)
		if !ok {
			continue
		}
		l := listNamed(name)
		if l == noList {
			m.singles.yield(name, arg, &m.log)
			continue
		}
		m.given = append(m.given, givenList{index: i, list: l})
		if l == jsFlags {
			m.v8.give(value)
		} else {
			m.names[l].give(value, &m.log)
		}
	}
	m.v8.yield(&m.log)
}

// rewritten is a list switch that replaces all that the user gave of it.
type rewritten struct {
	changed bool
	arg     string // empty if nothing is left of the list
}

// merged works out which lists have to be written anew, and how.
func (m *merge) merged() (out [lists]rewritten) {
	var times [lists]int
	for _, g := range m.given {
		times[g.list]++
	}
	for l := range nameLists {
		out[l].changed = times[l] > 1 || m.names[l].wanted
	}
	out[jsFlags].changed = times[jsFlags] > 1 || len(m.v8.wanted) > 0

	// A user who gives one list of each kind gets them as they are, even if they
	// contradict each other: Chromium itself lets disabling win.
	on, off := &out[enableFeatures], &out[disableFeatures]
	if on.changed || off.changed {
		removed := m.names[enableFeatures].without(&m.names[disableFeatures], &m.log)
		on.changed = on.changed || removed
	}
	for l := range lists {
		if out[l].changed {
			out[l].arg = m.write(l)
		}
	}
	return out
}

// write returns the one argument that a list becomes, or "" for an empty list.
func (m *merge) write(l list) string {
	var value, origins string
	if l == jsFlags {
		value, origins = m.v8.String(), m.v8.origins()
	} else {
		value, origins = m.names[l].String(), m.names[l].origins()
	}
	if value == "" {
		return ""
	}
	m.log.add(Emitted, l.String(), "", origins)
	return l.String() + "=" + value
}

// argv puts the result together: ours, then the user's with the rewritten
// lists in the place of the first of each.
func (m *merge) argv(user []string, anew [lists]rewritten) []string {
	argv := make([]string, 0, len(m.singles)+len(anew)+len(user))
	for _, s := range m.singles {
		argv = append(argv, s.text)
		m.log.add(Emitted, s.text, s.origin, "from "+string(s.origin))
	}
	homeless := anew // those without a place among the user's arguments
	for _, g := range m.given {
		homeless[g.list].arg = ""
	}
	for _, r := range homeless {
		if r.arg != "" {
			argv = append(argv, r.arg)
		}
	}
	next := 0
	for _, g := range m.given {
		r := &anew[g.list]
		if !r.changed {
			continue
		}
		argv = append(argv, user[next:g.index]...)
		if r.arg != "" {
			argv = append(argv, r.arg)
			r.arg = "" // the later ones are removed
		}
		next = g.index + 1
	}
	return append(argv, user[next:]...)
}
