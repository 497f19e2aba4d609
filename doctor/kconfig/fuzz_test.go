package kconfig

import "testing"

// FuzzLay: whatever KDE's files hold, what one has marked as fixed no later one changes.
func FuzzLay(f *testing.F) {
	f.Add("[Compositing]\nEnabled=true\n", "[Compositing]\nEnabled[$i]=false\n")
	f.Add("[A][B][$i]\nk=v\n", "[A][B]\nk=w\n[$i]\n")
	f.Add("[$i]\n[G]\nk[$di]\n", "[G\nk[$\n]=\n=\n[]\n[")
	f.Fuzz(func(t *testing.T, system, user string) {
		c := New()
		c.Lay("system's", system)
		type state struct {
			text string
			has  bool
		}
		fixed := map[id]state{}
		for at := range c.entries {
			if c.Immutable(at.group, at.key) != "" {
				text, has := c.Value(at.group, at.key)
				fixed[at] = state{text, has}
			}
		}
		closed, entries := c.closed != "", len(c.entries)
		c.Lay("user's", user)
		for at, was := range fixed {
			if text, has := c.Value(at.group, at.key); was != (state{text, has}) {
				t.Errorf("%q then %q: %q was %+v, is %q, %v", system, user, at, was, text, has)
			}
		}
		if closed && len(c.entries) != entries {
			t.Errorf("%q is fixed as a whole, and %q has added to it", system, user)
		}
	})
}
