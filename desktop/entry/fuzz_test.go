package entry

import (
	"slices"
	"strings"
	"testing"
)

// Whatever an Exec line holds: nothing outside of it changes, one that was
// rewritten is whole (it splits into as many words), and is not changed again.
func FuzzRewrite(f *testing.F) {
	for _, test := range execs {
		f.Add(test.exec)
	}
	f.Add("discord\n[Desktop Action x]\nExec=discord\r\nDBusActivatable=true\n\n=\n[")
	f.Fuzz(func(t *testing.T, exec string) {
		text := "[Desktop Entry]\nExec=" + exec
		e, err := Parse(text)
		if err != nil {
			return
		}
		r := e.Rewrite(link, discord)
		if r.Execs == 0 && r.Text != text {
			t.Fatalf("%q became %q without a reason", text, r.Text)
		}
		before, after := strings.Split(text, "\n"), strings.Split(r.Text, "\n")
		if len(before) != len(after) {
			t.Fatalf("%q became %q", text, r.Text)
		}
		for i := range before {
			if before[i] == after[i] {
				continue
			}
			if name := strings.TrimSpace(before[i]); !strings.HasPrefix(name, "Exec") && !strings.HasPrefix(name, "DBusActivatable") {
				t.Fatalf("line %q became %q", before[i], after[i])
			}
		}
		e, err = Parse(r.Text)
		if err != nil {
			t.Fatalf("%q became %q: %v", text, r.Text, err)
		}
		if again := e.Rewrite(link, discord); again.Text != r.Text || again.Execs != r.Execs || len(again.Left) != len(r.Left) {
			t.Fatalf("%q became %q, then %q", text, r.Text, again.Text)
		}
		if !slices.Equal(counts(t, text), counts(t, r.Text)) {
			t.Fatalf("%q became %q, which has other words", text, r.Text)
		}
	})
}

// counts are the words of each Exec line; -1 of one that does not split.
func counts(t *testing.T, text string) []int {
	var list []int
	for _, k := range mustParse(t, text).keys {
		if k.name == "Exec" {
			n := -1
			if words, err := split(unescape(text, k.value)); err == nil {
				n = len(words)
			}
			list = append(list, n)
		}
	}
	return list
}
