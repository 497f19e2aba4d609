package term

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestPrintable(t *testing.T) {
	for in, want := range map[string]string{
		"": "",
		"plain, Ελλάδα, 日本, 🙂 \\ \" '": "plain, Ελλάδα, 日本, 🙂 \\ \" '",
		"no\u00a0break":                 "no\u00a0break",
		"\x1b[31mred\x1b[0m":            `\x1b[31mred\x1b[0m`,
		"\x1b]0;title\a":                `\x1b]0;title\a`,
		"\x1b]52;c;cm0gLXJmIH4=\x1b\\":  `\x1b]52;c;cm0gLXJmIH4=\x1b\`,
		"a\rb\bc\td\ne\x00f\x7f":        `a\rb\bc\td\ne\x00f\x7f`,
		"\u009b31m":                     `\u009b31m`, // CSI as a rune
		"\x9b31m\x90q\x9c":              `\x9b31m\x90q\x9c`,
		"\xe9t\xe9":                     `\xe9t\xe9`,
		"\u202egnp.exe\u2066x\u2069":    `\u202egnp.exe\u2066x\u2069`,
		"line\u2028separator\ufeffmark": `line\u2028separator\ufeffmark`,
		"\ufffd":                        "\ufffd",
	} {
		if got := Printable(in); got != want {
			t.Errorf("Printable(%+q) = %+q, want %+q", in, got, want)
		}
	}
}

// No byte and no rune gets through that could be a control, wherever it stands.
func TestNoControlPasses(t *testing.T) {
	for r := range rune(0x3000) {
		for _, in := range []string{string(r), "a" + string(r) + "b"} {
			got := Printable(in)
			if !utf8.ValidString(got) || strings.ContainsFunc(got, func(r rune) bool { return r < ' ' || r >= 0x7f && r < 0xa0 }) {
				t.Fatalf("Printable(%+q) = %+q", in, got)
			}
		}
	}
	for b := range 256 {
		if got := Printable("é" + string([]byte{byte(b)})); !utf8.ValidString(got) || strings.ContainsAny(got, "\x1b\a\b\r\n") {
			t.Fatalf("byte %#x gives %+q", b, got)
		}
	}
}

func FuzzPrintable(f *testing.F) {
	f.Add("a\x1b[0m\x9b\u202e")
	f.Fuzz(func(t *testing.T, in string) {
		got := Printable(in)
		if !isPrintable(got) || Printable(got) != got {
			t.Errorf("Printable(%+q) = %+q", in, got)
		}
	})
}
