package render

import (
	"os"
	"strings"
	"testing"
)

func TestRows(t *testing.T) {
	rows := []Row{
		{Name: "exec", Text: "/bin/a --a-long-switch 'a\nb'", Command: true},
		{Name: "enforced", Text: "NOT here: it is so", Tone: Failure},
		{Name: "ünïcode", Text: "four words and five"},
		{Name: "note", Text: "x\x1b[2J", Tone: Warning},
	}
	for _, test := range []struct {
		name   string
		colour bool
		width  int
		want   string
	}{
		{"plain", false, 36, `
exec      /bin/a --a-long-switch 'a\nb'
enforced  NOT here: it is so
ünïcode   four words and five
note      x\x1b[2J
`},
		{"folded, but no narrower than a column can be", false, 20, `
exec      /bin/a --a-long-switch 'a\nb'
enforced  NOT here: it is so
ünïcode   four words and five
note      x\x1b[2J
`},
		{"on a terminal", true, 36, `
{1mexec{0m      /bin/a --a-long-switch 'a\nb'
{1menforced{0m  {31mNOT here: it is so{0m
{1münïcode{0m   four words and five
{1mnote{0m      {33mx\x1b[2J{0m
`},
	} {
		var out strings.Builder
		w := NewWriter(&out, os.Getenv)
		w.Style, w.Width = Style{test.colour}, test.width
		w.Rows(rows)
		got := strings.ReplaceAll(out.String(), "\x1b[", "{")
		if want := test.want[1:]; got != want {
			t.Errorf("%s:\n%s\nwant\n%s", test.name, got, want)
		}
	}
}

// Each line of a folded text stands in its column, and is marked by itself.
func TestFoldedRow(t *testing.T) {
	var out strings.Builder
	w := NewWriter(&out, os.Getenv)
	w.Style, w.Width = Style{true}, 40
	w.List([]Row{{Name: "key", Text: "one two three four five six seven eight nine", Tone: Warning}})
	want := "  key  \x1b[33mone two three four five six seven\x1b[0m\n" +
		"       \x1b[33meight nine\x1b[0m\n"
	if out.String() != want {
		t.Errorf("%q, want %q", out.String(), want)
	}
}

func TestTable(t *testing.T) {
	var out strings.Builder
	w := NewWriter(&out, os.Getenv)
	w.Style = Style{true}
	w.Table([]string{"APP", "LINK", "PROGRAM"}, [][]string{{"chat", "-", "/opt/chät"}, {"télé", "~/bin/télé", "a\nb"}})
	want := "\x1b[1mAPP   LINK        PROGRAM\x1b[0m\n" +
		"chat  -           /opt/chät\n" +
		"télé  ~/bin/télé  a\\nb\n"
	if out.String() != want {
		t.Errorf("%q, want %q", out.String(), want)
	}
}
