package program

import (
	"testing"

	"electroscope/launcher/self"
	"electroscope/launcher/wrapper"
)

// search is a Search over the tree's bin, with bin/electroscope as ourselves.
func search(t testing.TB, root string) wrapper.Search {
	t.Helper()
	s := wrapper.Search{Path: root + "/bin", Dir: root, Env: func(name string) (string, bool) {
		v, ok := map[string]string{"HOME": root + "/home", "WAYLAND_DISPLAY": "wayland-0"}[name]
		return v, ok
	}}
	s.Self = self.At(root + "/bin/electroscope")
	return s
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
