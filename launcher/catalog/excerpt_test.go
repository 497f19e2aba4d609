package catalog

import (
	"testing"

	"electroscope"
)

func TestExcerpts(t *testing.T) {
	const other = "[apps.other]\nheap = \"1G\"\n"
	tests := []struct {
		about, text, want string
	}{
		{"another app is cut, comments too",
			"# c\n[defaults]\nheap = 1\n\n[apps.other]\nheap = 2\n[apps.other.limits]\nx = 1\n[apps.me]\n  # c\n  heap = 3\n[budget]\n",
			"[defaults]\nheap = 1\n[apps.me]\nheap = 3\n[budget]\n"},
		{"an app with the name is kept whole",
			"[apps.a.limits]\nx = 1\n[apps.b]\nx = 2\n[apps.a]\nnames = [\"me\"]\n",
			"[apps.a.limits]\nx = 1\n[apps.a]\nnames = [\"me\"]\n"},
		{"the name in single quotes", "[apps.a]\nnames = ['me']\n" + other, "[apps.a]\nnames = ['me']\n"},
		{"an escape may spell the name", "[apps.a]\nnames = [\"\\u006de\"]\n" + other, "[apps.a]\nnames = [\"\\u006de\"]\n"},
		{"quoted headers, blanks, comments", " [ \"apps\" . 'other' ] # c\nx = 1\n[\"apps\".me]\nx = 2", "[\"apps\".me]\nx = 2"},
		{"an escape in the header, and one that spells the name",
			"[\"\\u0061pps\".a]\nnames = [\"\\u006de\"]\n[apps.b]\n", "[\"\\u0061pps\".a]\nnames = [\"\\u006de\"]\n"},
		{"line ends of DOS", "[apps.other]\r\nx = 1\r\n[apps.me]\r\nx = 2\r\n", "[apps.me]\r\nx = 2\r\n"},
		{"no newline at the end", "[apps.me]\nx = 2\n[apps.other]\nx = 1", "[apps.me]\nx = 2\n"},
	}
	for _, test := range tests {
		if got := excerpts([]string{test.text}, "me")[0]; got != test.want {
			t.Errorf("%s: %q, want %q", test.about, got, test.want)
		}
	}

	for about, text := range map[string]string{
		"a multi-line string":    "[apps.a]\nnote = \"\"\"\n[apps.me]\n\"\"\"\n" + other,
		"a literal one":          "[apps.a]\nnote = '''\n[apps.me]\n'''\n" + other,
		"a bare [apps]":          "[apps]\nme.heap = \"1G\"\n" + other,
		"a dotted key":           "apps.me.heap = \"1G\"\n" + other,
		"an inline table":        "apps = { me = { heap = \"1G\" } }\n" + other,
		"an escaped key":         "\"\\u0061pps\".me.heap = \"1G\"\n" + other,
		"an escaped header":      "[\"\\u0061pps\"]\nme.heap = \"1G\"\n" + other,
		"an array of tables":     "[[apps.me]]\n" + other,
		"an array over lines":    "[apps.a]\nx = [\n[\"b\", \"c\"],\n]\n" + other,
		"a dotted key, no table": "apps.me.heap = \"1G\"\n",
	} {
		if got := excerpts([]string{text}, "me")[0]; got != text {
			t.Errorf("%s: cut to %q", about, got)
		}
	}
}

// A layer above may give the name to an app that a layer below has not under it.
func TestExcerptsLookThroughAllLayers(t *testing.T) {
	got := excerpts([]string{"[apps.a]\nheap = 1\n[apps.b]\nheap = 2\n", "[apps.a]\nnames = [\"me\"]\n"}, "me")
	if got[0] != "[apps.a]\nheap = 1\n" {
		t.Errorf("the lower layer is cut to %q", got[0])
	}
}

// The tables of a text that cannot be cut are not told apart, so if it has the name, any app of any
// layer may be the one that is meant.
func TestExcerptsWithTextThatCannotBeCut(t *testing.T) {
	const lower = "[apps.a]\nheap = 1\n[apps.b]\nheap = 2\n"
	const several = "[apps.c]\nnote = \"\"\"\ntwo\nlines\"\"\"\n"
	for about, tt := range map[string]struct {
		upper string
		whole bool
	}{
		"the name":                     {several + "[apps.a]\nnames = [\"me\"]\n", true},
		"the name after a line break":  {"[apps.a]\nnames = ['''\nme''']\n", true},
		"an escape":                    {several + "[apps.a]\nnames = [\"m\\u0065\"]\n", true},
		"the name, an array of tables": {"[[x]]\n[apps.a]\nnames = ['me']\n", true},
		"another name":                 {several + "[apps.a]\nnames = [\"you\"]\n", false},
	} {
		got := excerpts([]string{lower, tt.upper}, "me")
		if whole := got[0] == lower; whole != tt.whole || got[1] != tt.upper {
			t.Errorf("%s: %q", about, got)
		}
		if got := excerpts([]string{lower, tt.upper}, ""); got[0] != "" || got[1] != tt.upper {
			t.Errorf("%s, of no app: %q", about, got)
		}
	}
}

// TestShippedIsCut: written with a multi-line string it would be decoded whole, by every
// launch (0.7 ms).
func TestShippedIsCut(t *testing.T) {
	if _, ok := cut(electroscope.Apps, nil); !ok {
		t.Error("the tables of the shipped apps.toml cannot be told by their lines")
	}
}
