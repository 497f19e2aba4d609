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
