package catalog_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"electroscope/launcher/catalog"
)

func TestWordsOfALaunch(t *testing.T) {
	for _, test := range []struct {
		name              string
		args, words, want []string
	}{
		{"none", nil, []string{"a"}, []string{"a"}},
		{"by name", []string{"/x.py"}, nil, []string{"/x.py"}},
		{"by name, with words", []string{"/x.py", "-v"}, []string{"a b"}, []string{"/x.py", "-v", "a b"}},
		{"by the entry", []string{"/x.py", "-v"}, []string{"/x.py", "-v", "f"}, []string{"/x.py", "-v", "f"}},
		{"a part of them", []string{"/x.py", "-v"}, []string{"/x.py"}, []string{"/x.py", "-v", "/x.py"}},
		{"in another place", []string{"--app=u"}, []string{"-v", "--app=u"}, []string{"--app=u", "-v", "--app=u"}},
	} {
		app := catalog.App{Args: test.args}
		if diff := cmp.Diff(test.want, app.CommandLine(test.words)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

func TestArgsAndEntry(t *testing.T) {
	s, mistakes, ok := layersOf("[apps.a]\nargs = [\"-jar\", \"\"]\nentry = { Name = \"A\", Icon = \"i\", StartupWMClass = \"c\" }\n").App("a")
	if !ok || len(mistakes) > 0 {
		t.Fatalf("%v %v", ok, mistakes)
	}
	if diff := cmp.Diff([]string{"-jar", ""}, s.App.Args); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(catalog.Entry{Name: "A", Icon: "i", StartupWMClass: "c"}, s.App.Entry); diff != "" {
		t.Error(diff)
	}
	for _, text := range []string{"args = \"-v\"", "args = [\"a\\u0000\"]", "entry = { Name = \"\" }", "entry = { name = \"A\" }", "entry.Exec = \"x\""} {
		if _, mistakes, _ := layersOf("[apps.a]\n" + text + "\n").App("a"); len(mistakes) != 1 {
			t.Errorf("%s: %v", text, mistakes)
		}
	}
}
