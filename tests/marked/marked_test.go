package marked

import "testing"

func TestReplace(t *testing.T) {
	const begin, end = "<!-- begin: make x -->\n", "<!-- end: make x -->\n"
	got, err := Replace("prose\n"+begin+"old\n"+end+"more\n", "make x", "new\n")
	if want := "prose\n" + begin + "new\n" + end + "more\n"; err != nil || got != want {
		t.Errorf("%q, %v; want %q", got, err, want)
	}
	for _, document := range []string{"", begin, end, end + begin, "<!-- begin: make y -->\n<!-- end: make y -->\n"} {
		if _, err := Replace(document, "make x", "new\n"); err == nil {
			t.Errorf("%q: no error", document)
		}
	}
}
