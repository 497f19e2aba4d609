package atomicfile

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

func TestWrite(t *testing.T) {
	root := t.TempDir()
	dir, err := syscall.Open(root, syscall.O_RDONLY|syscall.O_DIRECTORY, 0)
	check(t, err)
	defer syscall.Close(dir)
	old := syscall.Umask(0o077)
	defer syscall.Umask(old)
	long := strings.Repeat("0123456789", 100_000)
	for _, tt := range []struct {
		text string
		o    Options
		mode os.FileMode
	}{
		{"one", Options{}, 0o600},
		{"", Options{}, 0o600},
		{long, Options{Mode: 0o644, Sync: true}, 0o644},
		{"the last", Options{Aside: "aside"}, 0o600},
	} {
		check(t, Write(dir, "file", tt.text, tt.o))
		got, err := os.ReadFile(root + "/file")
		check(t, err)
		if info, _ := os.Stat(root + "/file"); string(got) != tt.text || info.Mode() != tt.mode {
			t.Errorf("%d bytes with %v, want %d with %v", len(got), info.Mode(), len(tt.text), tt.mode)
		}
	}
	alone(t, root)
}

// A file that cannot be written, or not get its name, leaves the old one and nothing else.
func TestWriteFails(t *testing.T) {
	root := t.TempDir()
	path := filepath.Join(root, "file")
	check(t, Write(CWD, path, "old", Options{Aside: path + ".new"}))
	refused := errors.New("refused")
	for name, tt := range map[string]struct {
		o    Options
		want error
	}{
		"by its name":       {Options{Aside: path + ".new", Name: func(string) error { return refused }}, refused},
		"by what is aside":  {Options{Aside: path}, os.ErrExist},
		"without a folder":  {Options{Aside: root + "/gone/new"}, os.ErrNotExist},
		"by a disk":         {Options{Aside: "/dev/full"}, os.ErrExist},
		"over a dead place": {Options{Aside: path + ".new", Name: func(aside string) error { return os.Rename(aside, root+"/no/where") }}, os.ErrNotExist},
	} {
		if err := Write(CWD, path, "new", tt.o); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", name, err, tt.want)
		}
		if got, _ := os.ReadFile(path); string(got) != "old" {
			t.Errorf("%s: the file holds %q", name, got)
		}
		alone(t, root)
	}
}

// A full disk takes a part of a text. So does a limit on the size of files, whose
// signal does not end a Go program.
func TestShortWrite(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	var limit syscall.Rlimit
	check(t, syscall.Getrlimit(syscall.RLIMIT_FSIZE, &limit))
	defer syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit)
	check(t, syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: 1000, Max: limit.Max}))
	if err := Write(CWD, path, strings.Repeat("x", 2000), Options{Aside: path + ".new"}); !errors.Is(err, syscall.EFBIG) {
		t.Errorf("%v, want EFBIG", err)
	}
	if entries, _ := os.ReadDir(filepath.Dir(path)); len(entries) != 0 {
		t.Errorf("left: %v", entries)
	}
}

func alone(t *testing.T, root string) {
	t.Helper()
	if entries, _ := os.ReadDir(root); len(entries) != 1 {
		t.Errorf("left beside the file: %v", entries)
	}
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
