package chromium

import "strings"

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
	return mergeAt(place(user), user, sources)
}

// MergeBefore is Merge for VS Code: what it adds stands before all of the user's
// arguments. VS Code hands all words behind a sub-command ("codium tunnel ...") to
// another program, which refuses switches it does not know.
func MergeBefore(user []string, sources ...Source) ([]string, []Decision) {
	return mergeAt(0, user, sources)
}

// place is the index among the user's arguments where ours stand: behind his, so
// that a launcher that looks at its first finds his own, but before a "--" and
// before a URL.
func place(user []string) int {
	for i, arg := range user {
		if endsSwitches(arg) || isURL(arg) {
			return i
		}
	}
	return len(user)
}

// isURL reports whether Electron takes an argument for a URL, behind which it
// allows none but "--" (shell/app/command_line_args.cc, IsUrlArg): a scheme of more
// than a letter, which begins with one and holds no blank.
func isURL(arg string) bool {
	scheme, _, found := strings.Cut(arg, ":")
	if !found || len(scheme) < 2 || strings.ContainsAny(scheme, whitespace) {
		return false
	}
	c := scheme[0] | 0x20
	return c >= 'a' && c <= 'z'
}

func mergeAt(at int, user []string, sources []Source) ([]string, []Decision) {
	m := merge{log: make(decisionLog, 0, 16)}
	for i := range sources {
		m.want(&sources[i])
	}
	m.give(user)
	return m.argv(user, at, m.merged()), m.log
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

// argv puts the result together: the user's with the rewritten lists in the place
// of his own, and ours at that index among them.
func (m *merge) argv(user []string, at int, anew [lists]rewritten) []string {
	var ours []string
	for _, s := range m.singles {
		ours = append(ours, s.text)
		m.log.add(Emitted, s.text, s.origin, "from "+string(s.origin))
	}
	given := [lists]bool{} // these have a place among the user's arguments
	for _, g := range m.given {
		given[g.list] = true
	}
	for l, r := range anew {
		if r.arg != "" && !given[l] {
			ours = append(ours, r.arg)
		}
	}
	argv := make([]string, 0, len(ours)+len(user))
	next := 0 // of those that the user gave lists in
	for i, arg := range user {
		if i == at {
			argv = append(argv, ours...)
		}
		if next == len(m.given) || m.given[next].index != i || !anew[m.given[next].list].changed {
			argv = append(argv, arg)
		} else if r := &anew[m.given[next].list]; r.arg != "" {
			argv = append(argv, r.arg)
			r.arg = "" // the later ones are removed
		}
		if next < len(m.given) && m.given[next].index == i {
			next++
		}
	}
	if at == len(user) {
		argv = append(argv, ours...)
	}
	return argv
}
