package entry

import (
	"slices"
	"testing"
)

func TestProgram(t *testing.T) {
	starts := func(name string, args []string) Match {
		switch {
		case name == "/opt/a/a" && slices.Contains(args, "--profile=b"):
			return Shared
		case name == "/opt/a/a", name == "a":
			return Own
		}
		return Other
	}
	for _, test := range []struct{ text, want string }{
		{"[Desktop Entry]\nExec=/opt/a/a %U\n", "/opt/a/a"},
		{"[Desktop Entry]\nExec=env X=1 \"/opt/a/a\" %U\n", "/opt/a/a"},
		{"[Desktop Entry]\nExec=sh -c 'exec /opt/a/a \"$@\"' sh %U\n", "/opt/a/a"},
		{"[Desktop Entry]\nExec=b\n[Desktop Action x]\nExec=a --x\n", "a"},
		{"[Desktop Entry]\nExec=/opt/a/a --profile=b\n", ""},
		{"[Desktop Entry]\nExec=\"/opt/a/a\n", ""},
		{"[Desktop Entry]\nName=A\n", ""},
	} {
		if got := mustParse(t, test.text).Program(starts); got != test.want {
			t.Errorf("%q: %q, want %q", test.text, got, test.want)
		}
	}
}
