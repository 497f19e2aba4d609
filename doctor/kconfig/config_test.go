package kconfig

import "testing"

// TestLayers: what the last of several files leaves of a key, and who may still change it.
func TestLayers(t *testing.T) {
	const none = "(default)"
	for _, tt := range []struct {
		name, system, user, want, immutable, localized string
	}{
		{name: "no files", want: none},
		{name: "the user's wins", system: "[G]\nk=1\n", user: "[G]\nk=2\n", want: "2"},
		{name: "the system's", system: "[G]\nk=1\n", want: "1"},
		{name: "deleted", system: "[G]\nk=1\n", user: "[G]\nk[$d]\n", want: none},
		{name: "deleted, and more behind it", system: "[G]\nk=1\n", user: "[G]\nk[$di]\nk=2\n", want: "2"},
		{name: "immutable", system: "[G]\nk[$i]=1\n", user: "[G]\nk=2\n", want: "1", immutable: "system"},
		{name: "an immutable group", system: "[G][$i]\nk=1\n", user: "[G]\nk=2\n", want: "1", immutable: "system"},
		{name: "an immutable group without the key", system: "[G][$i]\n", user: "[G]\nk=2\n", want: none, immutable: "system"},
		{name: "an immutable file", system: "[$i]\n[G]\nk=1\n", user: "[G]\nk=2\n", want: "1", immutable: "system"},
		{name: "an immutable file, said at its end", system: "[G]\nk=1\n[$i]\n", user: "[G]\nk=2\n", want: "1", immutable: "system"},
		{name: "another group is immutable", system: "[H][$i]\nk=1\n", user: "[G]\nk=2\n", want: "2"},
		{name: "the user's own group is immutable", user: "[G][$i]\nk=2\n", want: "2", immutable: "user"},
		{name: "immutable within a file", user: "[G]\nk[$i]=1\nk=2\n", want: "1", immutable: "user"},
		{name: "in a language", system: "[G]\nk[de]=1\n", user: "[G]\nk=2\n", want: "2", localized: "system"},
		{name: "in a language, and overridden", system: "[G]\nk=0\nk[de]=1\n", user: "[G]\nk=2\n", want: "2"},
		{name: "no value", user: "[G]\nk\n", want: none},
		{name: "an empty value", user: "[G]\nk=\n", want: ""},
		{name: "blanks", user: " [G] \n\tk  =  a b \r\n", want: "a b"},
		{name: "escapes", user: "[G]\nk=\\sa\\tb\\\\\\x41\\,\\q\n", want: " a\tb\\A\\,\\"},
		{name: "a byte order mark", user: "\xef\xbb\xbf[G]\nk=1\n", want: none},
		{name: "a no-break space is no blank", user: "[G]\nk=1\u00a0\n", want: "1\u00a0"},
		{name: "text behind a header", user: "[G] # comment]\nk=1\n", want: "1"},
		{name: "two languages", user: "[G]\nk[de][fr]=1\n", want: none},
		{name: "an open bracket", user: "[G]\nk[=1\n", want: none},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := New()
			c.Lay("system", tt.system)
			c.Lay("user", tt.user)
			got, has := c.Value("G", "k")
			if !has {
				got = none
			}
			if got != tt.want || c.Immutable("G", "k") != tt.immutable || c.Localized("G", "k") != tt.localized {
				t.Errorf("%q, immutable by %q, localized in %q", got, c.Immutable("G", "k"), c.Localized("G", "k"))
			}
		})
	}
}
