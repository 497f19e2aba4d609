package program

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"electroscope/launcher/self"
	"electroscope/tests/tree"
)

func TestFronted(t *testing.T) {
	root := tree.Make(t, map[string]string{
		"electroscope/bin/electroscope":           "ELF x",
		"front/bin/app":                           "-> {}/electroscope/bin/electroscope",
		"front/bin/plain":                         "-> {}/electroscope/bin/electroscope",
		"front/bin/file":                          "ELF x",
		"front/libexec/electroscope/app":          "-> {}/app/bin/App",
		"front/libexec/electroscope/file":         "-> {}/app/bin/App",
		"relative/bin/app":                        "-> ../../electroscope/bin/electroscope",
		"relative/libexec/electroscope/app":       "-> App",
		"profile/bin/app":                         "-> {}/front/bin/app",
		"profile/libexec/electroscope/app":        "-> {}/front/libexec/electroscope/app",
		"whole/bin":                               "-> {}/front/bin",
		"renamed/chat":                            "-> ../profile/bin/app",
		"circle/bin/app":                          "-> app",
		"nothing/libexec/electroscope/app/folder": "x",
		"nothing/bin/app":                         "-> {}/electroscope/bin/electroscope",
	})
	for link, want := range map[string]string{
		"front/bin/app":    "{}/app/bin/App",
		"profile/bin/app":  "{}/app/bin/App",
		"whole/bin/app":    "{}/app/bin/App",
		"renamed/chat":     "{}/app/bin/App",
		"relative/bin/app": "{}/relative/bin/../libexec/electroscope/App",
		"front/bin/plain":  "",
		"front/bin/file":   "", // it starts itself
		"circle/bin/app":   "",
		"nothing/bin/app":  "",
		"gone":             "",
	} {
		if got := strings.ReplaceAll(Fronted(filepath.Join(root, link)), root, "{}"); got != want {
			t.Errorf("%s: %q, want %q", link, got, want)
		}
	}
}

func TestLinks(t *testing.T) {
	root := tree.Make(t, map[string]string{"a": "-> b", "b": "-> {}/sub/c", "sub/c": "-> ../end", "end": "ELF x", "circle": "-> circle"})
	got := tree.Relative(root, slices.Collect(Links(root+"/a")))
	if want := []string{"{}/a", "{}/b", "{}/sub/c"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if n := len(slices.Collect(Links(root + "/circle"))); n != maxLinks {
		t.Errorf("a circle has %d links", n)
	}
}

// In Nix's store a link to electroscope is gone on from, and nowhere else.
func TestFindFronts(t *testing.T) {
	root := tree.Make(t, map[string]string{
		"bin/electroscope":               "SELF",
		"other/electroscope":             "SELF",
		"app/bin/App":                    "ELF x",
		"front/bin/app":                  "-> {}/bin/electroscope",
		"front/libexec/electroscope/app": "-> {}/app/bin/App",
		"older/bin/app":                  "-> {}/other/electroscope",
		"older/libexec/electroscope/app": "-> {}/app/bin/App",
	})
	for _, front := range []string{"front", "older"} {
		for _, changed := range []int64{1, 0, 1700000000} {
			at := time.Unix(changed, 0)
			check(t, os.Chtimes(root+"/bin/electroscope", at, at))
			check(t, os.Chtimes(root+"/other/electroscope", at, at))
			s := search(t, root)
			s.Self, s.Path = self.At(root+"/bin/electroscope"), root+"/"+front+"/bin"
			got, err := Find([]string{"app"}, s, nil)
			if inStore := changed == 1; s.Self.InStore() != inStore || (got.Path == root+"/app/bin/App") != inStore || (err == nil) != inStore {
				t.Errorf("%s, changed at %d: found %q, %v", front, changed, got.Path, err)
			}
		}
	}
}
