package marked

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"strings"
	"testing"
)

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

func TestReadFile(t *testing.T) {
	path := t.TempDir() + "/lines"
	if err := os.WriteFile(path, []byte("text"), 0o644); err != nil {
		t.Fatal(err)
	}
	var got string
	if err := ReadFile(path, func(r io.Reader) error {
		text, err := io.ReadAll(r)
		got = string(text)
		return err
	}); err != nil || got != "text" {
		t.Errorf("%q, %v", got, err)
	}
	if err := ReadFile(path, func(io.Reader) error { return io.ErrUnexpectedEOF }); !errors.Is(err, io.ErrUnexpectedEOF) || !strings.Contains(err.Error(), path) {
		t.Errorf("the reader fails: %v", err)
	}
	if err := ReadFile(path+"x", func(io.Reader) error { return nil }); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
}
