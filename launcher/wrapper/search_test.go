package wrapper

import (
	"io/fs"
	"os"
	"testing"

	"electroscope/launcher/self"
)

// search is a Search over the tree's bin, with bin/electroscope as ourselves.
func search(t testing.TB, root string) Search {
	t.Helper()
	s := Search{Path: root + "/bin", Dir: root, Env: func(name string) (string, bool) {
		v, ok := map[string]string{"HOME": root + "/home", "WAYLAND_DISPLAY": "wayland-0"}[name]
		return v, ok
	}}
	s.Self = self.At(root + "/bin/electroscope")
	return s
}

func stat(t testing.TB, path string) fs.FileInfo {
	t.Helper()
	info, err := os.Stat(path)
	check(t, err)
	return info
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
