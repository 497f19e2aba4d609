package doctor

import (
	"slices"
	"strings"
)

// A kconfig is what KDE reads from a configuration file: the system's files beneath the user's
// (KConfig, src/core/kconfig.cpp, and
// https://userbase.kde.org/KDE_System_Administration/Configuration_Files). What a layer marks with
// [$i] no later one changes; [$d] takes a key out; [$e] has $HOME in the value. kdeglobals does not
// lie beneath: KWin opens its file without (KConfig::NoGlobals).
type kconfig struct {
	values map[string]string // "GROUP/KEY"
	fixed  map[string]bool   // keys, groups as "GROUP/", and "" for all
}

// kconfig reads a file and what lies beneath it. known is false if one of them is there and cannot
// be read.
func (m *Machine) kconfig(name string) (c kconfig, known bool) {
	c = kconfig{map[string]string{}, map[string]bool{}}
	known = true
	dirs := slices.Clone(m.xdg().ConfigDirs())
	slices.Reverse(dirs)
	for _, dir := range append(dirs, m.xdg().ConfigHome()) {
		path := dir + "/" + name
		text, err := m.read(path)
		if err != nil {
			known = known && m.isAbsent(path)
			continue
		}
		c.lay(text)
	}
	return c, known
}

// lay puts a file's keys over what is there.
func (c *kconfig) lay(text string) {
	if c.fixed[""] {
		return
	}
	group, locked, all := "", false, false
	newly := []string{}
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || line[0] == '#':
		case line == "[$i]":
			if group == "" {
				all = true
			}
		case line[0] == '[':
			end := strings.LastIndexByte(line, ']')
			name := line[1:max(end, 1)]
			name, isFixed := strings.CutSuffix(name, "][$i")
			group, locked = name, c.fixed[name+"/"]
			if isFixed {
				newly = append(newly, name+"/")
			}
		default:
			newly = append(newly, c.assign(group, line, locked)...)
		}
	}
	for _, key := range newly {
		c.fixed[key] = true
	}
	c.fixed[""] = all
}

// assign reads one line KEY[$OPTIONS]=VALUE. It returns the key if that is fixed from now on.
func (c *kconfig) assign(group, line string, locked bool) []string {
	key, value, found := strings.Cut(line, "=")
	key, value = strings.TrimSpace(key), strings.TrimSpace(value)
	options := ""
	if before, after, has := strings.Cut(key, "[$"); has {
		key, options = strings.TrimSpace(before), strings.TrimSuffix(after, "]")
	}
	at := group + "/" + key
	switch {
	case locked || c.fixed[at]:
		return nil
	case strings.Contains(options, "d"):
		delete(c.values, at)
	case found:
		c.values[at] = value
	}
	if strings.Contains(options, "i") {
		return []string{at}
	}
	return nil
}

// value is what a key has, or its default.
func (c kconfig) value(group, key, otherwise string) string {
	if v, has := c.values[group+"/"+key]; has {
		return v
	}
	return otherwise
}

func (c kconfig) has(group, key string) bool {
	_, has := c.values[group+"/"+key]
	return has
}

// isTrue reads a boolean as KConfigGroup::readEntry does.
func isTrue(text string) bool {
	return slices.Contains([]string{"true", "on", "yes", "1"}, strings.ToLower(text))
}
