// Package kconfig reads and edits the configuration files of KDE, as KConfig of Frameworks 5 and 6
// does (src/core/kconfigini.cpp, kconfigdata.cpp, kconfig.cpp).
//
//	files, the system's beneath the user's ──> Config.Lay ──> Config.Value
//	a file's text ──> Set, Unset ──> the same text with the lines of one key changed
//
// kwriteconfig writes a file anew: it sorts the groups, and comments are lost. Here every other
// byte stays.
package kconfig

import "strings"

// A Config is what programs read of several files: those of the system's folders, the least
// important first, and then the user's own. What one marks with [$i] no later one changes; [$d]
// takes a key out.
type Config struct {
	entries   map[id]value
	immutable map[string]string // groups, and the file that says so
	closed    string            // the file that ends with itself
	localized map[id]string     // keys that have another value in a language, and the file
}

// An id is the group of a key, and its name.
type id struct{ group, key string }

type value struct {
	text      string
	deleted   bool
	expands   bool
	immutable string // the file that says so
}

// New returns a Config without files.
func New() Config {
	return Config{entries: map[id]value{}, immutable: map[string]string{}, localized: map[id]string{}}
}

// Lay puts a file over those that are there.
func (c *Config) Lay(path, text string) {
	if c.closed != "" {
		return
	}
	group, groupIsImmutable, fileIsClosed := outside, false, false
	newly := map[string]bool{} // a group is immutable from the next file on
	for s := range strings.Lines(text) {
		l := parse(s, group)
		switch l.kind {
		case closed:
			group, fileIsClosed, groupIsImmutable = "", true, true
		case header:
			group, groupIsImmutable = l.group, fileIsClosed || l.immutable
			if groupIsImmutable {
				newly[group] = true
			}
		case entry:
			l.immutable = l.immutable || groupIsImmutable
			c.assign(path, l)
		}
	}
	for group := range newly {
		if c.immutable[group] == "" {
			c.immutable[group] = path
		}
	}
	if fileIsClosed {
		c.closed = path
	}
}

// assign reads an entry. That of a language counts there alone, and one without a language takes it
// away only if it is not the first of its key (KEntryMap::setEntry).
func (c *Config) assign(path string, l line) {
	at := id{l.group, l.key}
	was, exists := c.entries[at]
	switch {
	case c.immutable[l.group] != "" || was.immutable != "":
		return
	case l.locale != "" && !l.deleted:
		c.localized[at] = path
		return
	case exists:
		delete(c.localized, at)
	}
	now := value{text: l.value, deleted: l.deleted, expands: l.expands}
	if l.immutable {
		now.immutable = path
	}
	c.entries[at] = now
}

// Value is what a key has. has is false if it has its default.
func (c Config) Value(group, key string) (text string, has bool) {
	v, has := c.entries[id{group, key}]
	return v.text, has && !v.deleted
}

// Expands reports whether variables in the value of a key are replaced, as $HOME is.
func (c Config) Expands(group, key string) bool {
	v := c.entries[id{group, key}]
	return v.expands && !v.deleted
}

// Immutable is the file that says that no other may change a key; empty if the user's own may.
func (c Config) Immutable(group, key string) string {
	switch v := c.entries[id{group, key}]; {
	case c.closed != "":
		return c.closed
	case v.immutable != "":
		return v.immutable
	}
	return c.immutable[group]
}

// Localized is the file in which a key has another value for a language; empty if none has.
func (c Config) Localized(group, key string) string { return c.localized[id{group, key}] }
