package catalog

import (
	"strings"
	"testing"
)

func TestLocate(t *testing.T) {
	const text = `# apps.a.heap = "no"
top = 1
[apps.a]
note = "[apps.b]\" # not a comment" # heap = 2
"heap" = '1G'
switches = [ # "]"
  "--x=]", '#',
]
env = { A = "1", "B.C" = "2,}", D.E = "3" }
[ apps . "b" . limits ] # c
MemoryMax = 12 # twelve
long = """
heap = "3G"
""""
last = '''
'x''''
[[list]]
k = 1
[apps.c]
limits.MemoryHigh = "1G"
"\u006eames" = ["x"]`
	tests := []struct {
		path  string
		place string // the text that the key or table begins with
		value string
	}{
		{"top", "top = 1", "1"},
		{"apps", "apps.a]", ""},
		{"apps a", "apps.a]", ""},
		{"apps a heap", `"heap" =`, `'1G'`},
		{"apps a note", "note = ", `"[apps.b]\" # not a comment"`},
		{"apps a switches", "switches", "[ # \"]\"\n  \"--x=]\", '#',\n]"},
		{"apps a env A", `A = "1"`, `"1"`},
		{"apps a env B.C", `"B.C" =`, `"2,}"`},
		{"apps a env D E", `D.E = `, `"3"`},
		{"apps a env D", `D.E = `, ""},
		{"apps a env", `env = {`, `{ A = "1", "B.C" = "2,}", D.E = "3" }`},
		{"apps b", `apps . "b"`, ""},
		{"apps b limits MemoryMax", "MemoryMax = 12", "12"},
		{"apps b limits heap", "", ""},
		{"apps b limits last", "last =", "'''\n'x''''"},
		{"list k", "k = 1", "1"},
		{"apps c limits", "limits.MemoryHigh", ""},
		{"apps c limits MemoryHigh", "limits.MemoryHigh", `"1G"`},
		{"apps c names", `"\u006eames"`, `["x"]`},
		{"apps d", "", ""},
	}
	x := newIndex(text)
	for _, test := range tests {
		at, found := locateKey(text, strings.Fields(test.path))
		if indexed, known := x.locate(strings.Fields(test.path)); indexed != at || known != found {
			t.Errorf("locate(%s) = %v, %v; by the index %v, %v", test.path, at, found, indexed, known)
		}
		if found != (test.place != "") {
			t.Errorf("locate(%s): found %v", test.path, found)
			continue
		}
		if found && (!strings.HasPrefix(text[at.key:], test.place) || text[at.value:at.end] != test.value) {
			t.Errorf("locate(%s) = %.20q, value %q; want %q, %q", test.path, text[at.key:], text[at.value:at.end], test.place, test.value)
		}
	}
}

func TestPosition(t *testing.T) {
	for offset, want := range map[int][2]int{0: {1, 1}, 2: {1, 3}, 3: {2, 1}, 4: {2, 2}} {
		if line, col := lineColumn("ab\ncd", offset); [2]int{line, col} != want {
			t.Errorf("position(%d) = %d, %d, want %v", offset, line, col, want)
		}
		if line, col := newIndex("ab\ncd").lineColumn(offset); [2]int{line, col} != want {
			t.Errorf("position(%d) by the index = %d, %d, want %v", offset, line, col, want)
		}
	}
}
