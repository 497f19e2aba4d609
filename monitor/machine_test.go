package monitor

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// recorded lays out a machine that was recorded into testdata: proc/ and cgroup/. A command line
// has a line for each word there, and a link ends in "exe" with its target as text.
func recorded(t *testing.T, name string) Reader {
	t.Helper()
	archive, err := txtar.ParseFile(filepath.Join("testdata", name+".txtar"))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for _, f := range archive.Files {
		path, text := filepath.Join(dir, f.Name), string(f.Data)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		switch filepath.Base(path) {
		case "exe":
			err = os.Symlink(strings.TrimSuffix(text, "\n"), path)
		case "cmdline":
			err = os.WriteFile(path, []byte(strings.ReplaceAll(text, "\n", "\x00")), 0o644)
		default:
			err = os.WriteFile(path, f.Data, 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return Reader{Proc: dir + "/proc", Cgroup: dir + "/cgroup", UID: os.Getuid()}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
