package render

import (
	"strings"
	"testing"
)

func TestDiff(t *testing.T) {
	const plain = "diff /a /b\n--- /a\n+++ /b\n@@ -1,2 +1,2 @@\n same\n-old\n+n\\x1bew\n"
	for name, style := range map[string]Style{"plain": {}, "colour": {colour: true}} {
		var b strings.Builder
		w := NewWriter(&b, func(string) string { return "" })
		w.Style = style
		Diff(w, "/a", "same\nold\n", "/b", "same\nn\x1bew\n")
		want := plain
		if style.colour {
			want = "\x1b[1mdiff /a /b\x1b[0m\n\x1b[1m--- /a\x1b[0m\n\x1b[1m+++ /b\x1b[0m\n@@ -1,2 +1,2 @@\n same\n\x1b[31m-old\x1b[0m\n\x1b[32m+n\\x1bew\x1b[0m\n"
		}
		if b.String() != want {
			t.Errorf("%s: %q, want %q", name, b.String(), want)
		}
		b.Reset()
		if Diff(w, "/a", "same", "/b", "same"); b.String() != "" {
			t.Errorf("%s, of the same text: %q", name, b.String())
		}
	}
}
