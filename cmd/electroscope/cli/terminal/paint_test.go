package terminal

import "testing"

// TestPaint: what is written turns one screen into the other, and leaves equal lines alone.
func TestPaint(t *testing.T) {
	for _, test := range []struct {
		name         string
		shown, lines []string
		want         string
	}{
		{"unknown", nil, []string{"a", ""}, "\x1b[H\x1b[2J\x1b[1;1H\x1b[Ka"},
		{"same", []string{"a", "b"}, []string{"a", "b"}, ""},
		{"one", []string{"a", "b", "c"}, []string{"a", "x", "c"}, "\x1b[2;1H\x1b[Kx"},
		{"fewer", []string{"a", "b"}, []string{"a"}, "\x1b[2;1H\x1b[K"},
		{"more", []string{"a"}, []string{"a", "b"}, "\x1b[2;1H\x1b[Kb"},
	} {
		if got := paint(test.shown, test.lines); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}
