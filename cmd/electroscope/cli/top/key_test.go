package top

import (
	"slices"
	"testing"
)

func TestKeys(t *testing.T) {
	for sent, want := range map[string][]Key{
		"":                        nil,
		"q":                       {"q"},
		"mä?":                     {"m", "ä", "?"},
		"\x1b[A\x1bOB":            {Up, Down},
		"\x1b[5~\x1b[6~":          {PageUp, PageDown},
		"\x1b[H\x1b[4~":           {Home, End},
		"\x1b":                    {Escape},
		"\x1bq":                   {Escape, "q"}, // Alt-q in many terminals
		"\r\x03\x1a\x0c":          {Enter, Interrupt, Suspend, Redraw},
		"\x1b[1;5Cs":              {"s"}, // Ctrl-Right is no key here, and its letter was not typed
		"\x1b[200~y":              {"y"},
		"\x1bOPn":                 {"n"}, // F1
		"\x1b[12":                 nil,
		"\x1b[<0;10;10M\x7f\x00g": {"g"},
	} {
		if got := Keys(sent); !slices.Equal(got, want) {
			t.Errorf("%q is %q, want %q", sent, got, want)
		}
	}
}
