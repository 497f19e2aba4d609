package render

import (
	"os"
	"strings"
	"testing"
)

func TestWriter(t *testing.T) {
	for _, test := range []struct{ writes, want string }{ // writes are divided by |
		{"plain\ttext\n", "plain\ttext\n"},
		{"\x1b]0;title\a|\x1b[2J\n", `\x1b]0;title\a\x1b[2J` + "\n"},
		{"a\rb\n", `a\rb` + "\n"},
		{"Zürich |é\xc3|\xa9\n", "Zürich éé\n"},
		{"\xe2\x82|\xac 5\n", "€ 5\n"},
		{"\xf0|\x9f|\x98|\x80\n", "😀\n"},
		{"\x9b2J\n", `\x9b2J` + "\n"},
		{"\xc3|\x1b[m\n", `\xc3\x1b[m` + "\n"},
		{"\u202egnp.exe\n", `\u202egnp.exe` + "\n"},
		{`{"a": "\u001b"}` + "\n", `{"a": "\u001b"}` + "\n"},
	} {
		var out strings.Builder
		w := NewWriter(&out, os.Getenv)
		for part := range strings.SplitSeq(test.writes, "|") {
			if n, err := w.Write([]byte(part)); n != len(part) || err != nil {
				t.Errorf("%q: %d, %v", part, n, err)
			}
		}
		if out.String() != test.want {
			t.Errorf("%q is printed as %q, want %q", test.writes, out.String(), test.want)
		}
	}
}

// What is styled is marked by us alone: marks in the text itself stay text.
func TestStyled(t *testing.T) {
	var out strings.Builder
	w := NewWriter(&out, os.Getenv)
	w.Style = Style{true}
	w.Styled(w.Style.Failure, "a\x1b[1mb")
	if want := "\x1b[31m" + `a\x1b[1mb` + "\x1b[0m"; out.String() != want {
		t.Errorf("%q, want %q", out.String(), want)
	}
}
