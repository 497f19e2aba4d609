package unitname

import (
	"regexp"
	"strings"
	"testing"
)

// portal is how xdg-desktop-portal reads an app's id from its unit
// (shared/xdp-app-info-host.c).
var portal = regexp.MustCompile(`^app-(?:[[:alnum:]]+\-)?(.+?)(?:\-[[:alnum:]]*)(?:\.scope|\.slice)$`)

func TestScope(t *testing.T) {
	for _, test := range []struct{ id, want string }{
		{"discord", "app-discord-42.scope"},
		{"signal-desktop", `app-signal\x2ddesktop-42.scope`},
		{"com.anthropic.Claude", "app-com.anthropic.Claude-42.scope"},
		{".hidden", `app-\x2ehidden-42.scope`},
		{"zoom us/é@", `app-zoom\x20us\x2f\xc3\xa9\x40-42.scope`},
	} {
		got := Scope(test.id, 42)
		if got != test.want {
			t.Errorf("Scope(%q) = %q, want %q", test.id, got, test.want)
		}
		if m := portal.FindStringSubmatch(got); m == nil || m[1] != Escape(test.id) {
			t.Errorf("the portal reads %q as %q", got, m)
		}
		if !IsScopeOf(got, test.id) || IsScopeOf(got, test.id+"x") || !Valid(got) {
			t.Errorf("%q is not taken for a scope of %q", got, test.id)
		}
	}
	if long := Scope(strings.Repeat("é", 200), 4194304); len(long) > Max {
		t.Errorf("a name of %d bytes", len(long))
	}
	for _, other := range []string{"app-gnome-discord-42.scope", "app-discord-.scope", "app-discord@42.service", "app-discord-canary-42.scope", ""} {
		if IsScopeOf(other, "discord") {
			t.Errorf("%q is taken for a scope of discord", other)
		}
	}
}

func TestNotice(t *testing.T) {
	for id, want := range map[string]string{
		"discord":        "electroscope-notice-discord.service",
		"signal-desktop": `electroscope-notice-signal\x2ddesktop.service`,
		"a b/é":          `electroscope-notice-a\x20b\x2f\xc3\xa9.service`,
	} {
		if got := Notice(id); got != want || IsLaunch(got) {
			t.Errorf("%q: %q, want %q", id, got, want)
		}
	}
	if long := Notice(strings.Repeat("é", 200)); len(long) != Max || !Valid(long) {
		t.Errorf("a name of %d bytes, %q", len(long), long)
	}
}

func TestEscape(t *testing.T) {
	for text, want := range map[string]string{
		"":                 "",
		"discord":          "discord",
		"a.b:c_D9":         "a.b:c_D9",
		".hidden":          `\x2ehidden`,
		"..":               `\x2e.`,
		"signal-desktop":   `signal\x2ddesktop`,
		"ab+-c.a/bc@foo":   `ab\x2b\x2dc.a\x2fbc\x40foo`, // of src/test/test-unit-name.c, but for the /
		"foo\n\t":          `foo\x0a\x09`,                // two digits, always
		`a\b`:              `a\x5cb`,
		"é":                `\xc3\xa9`,
		"\x00\x7f\x80\xff": `\x00\x7f\x80\xff`,
	} {
		if got := Escape(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestValid(t *testing.T) {
	for name, want := range map[string]bool{
		"app-discord-42.scope":                 true,
		`app-signal\x2ddesktop-42.scope`:       true,
		"a:b_c.slice":                          true,
		"":                                     false,
		"app-a b-42.scope":                     false,
		"app-a@b.scope":                        false,
		"app-a/b.scope":                        false,
		"app-é.scope":                          false,
		strings.Repeat("a", Max-6) + Extension: true,
		strings.Repeat("a", Max-5) + Extension: false,
	} {
		if got := Valid(name); got != want {
			t.Errorf("%q: %v", name, got)
		}
	}
}

func TestSliceIn(t *testing.T) {
	if got := SliceIn("app-electron.slice", "vs-code"); got != `app-electron-vs\x2dcode.slice` {
		t.Error(got)
	}
}

func TestCheckID(t *testing.T) {
	for _, test := range []struct{ id, want string }{
		{"discord", ""},
		{"org.signal.Signal", ""},
		{"Visual Studio Code", ""},
		{"", "is empty"},
		{"a/b", `"a/b" holds '/', which a unit name cannot take`},
		{"a@b", `"a@b" holds '@', which a unit name cannot take`},
		{"a\n", `"a\n" holds '\n', which a unit name cannot take`},
		{"a\x7f", `"a\x7f" holds '\x7f', which a unit name cannot take`},
		{strings.Repeat("a", 235), ""},
		{strings.Repeat("a", 236), "is too long for a unit name: 236 bytes when escaped, of at most 235"},
		{"." + strings.Repeat("a", 231), ""},
		{"." + strings.Repeat("a", 232), "is too long for a unit name: 236 bytes when escaped, of at most 235"},
	} {
		got := CheckID(test.id)
		if got != test.want {
			t.Errorf("%q: %q, want %q", test.id, got, test.want)
		}
		// What passes is never cut off, so that two ids are never one scope.
		if whole := "app-" + Escape(test.id) + "-"; got == "" && ScopePrefix(test.id) != whole {
			t.Errorf("%q is cut off to %q", test.id, ScopePrefix(test.id))
		}
	}
}

func TestCheckSlice(t *testing.T) {
	for _, test := range []struct{ name, want string }{
		{"app-work", ""},
		{`a\x2db`, ""},
		{"", "is empty"},
		{"app.slice", `"app.slice" has the ending .slice`},
		{"-a", `"-a" is not a slice: an empty part beside a -`},
		{"a-", `"a-" is not a slice: an empty part beside a -`},
		{"a--b", `"a--b" is not a slice: an empty part beside a -`},
		{"a b", `"a b" holds a character that a unit name cannot take`},
		{"a@b", `"a@b" holds a character that a unit name cannot take`},
		{strings.Repeat("a", 249), ""},
		{strings.Repeat("a", 250), "is too long for a unit name"},
	} {
		if got := CheckSlice(test.name); got != test.want {
			t.Errorf("%q: %q, want %q", test.name, got, test.want)
		}
	}
}
