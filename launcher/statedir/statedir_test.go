package statedir

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

func TestReplaceAndRead(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a/b/electroscope")
	dir, err := OpenAll(path)
	if err != nil {
		t.Fatal(err)
	}
	defer dir.Close()
	for _, text := range []string{"one", "the second"} {
		if err := dir.Replace("memo", text); err != nil {
			t.Fatal(err)
		}
		if got, err := Read(path+"/memo", 100); err != nil || string(got) != text {
			t.Errorf("Read = %q, %v; want %q", got, err, text)
		}
	}
	if got, _ := Read(path+"/memo", 3); string(got) != "the" {
		t.Errorf("the first three bytes: %q", got)
	}
	if entries, _ := os.ReadDir(path); len(entries) != 1 {
		t.Errorf("left beside the file: %v", entries)
	}
	for _, p := range []string{path, filepath.Dir(path)} {
		if info, err := os.Stat(p); err != nil || info.Mode().Perm() != 0o700 {
			t.Errorf("%q is made with %v, %v", p, info.Mode(), err)
		}
	}
}

func TestOpenMakesOneFolder(t *testing.T) {
	if _, err := Open(filepath.Join(t.TempDir(), "a/electroscope")); !errors.Is(err, syscall.ENOENT) {
		t.Errorf("makes the folder above, too: %v", err)
	}
}

func TestLinks(t *testing.T) {
	root, elsewhere := t.TempDir(), t.TempDir()
	link := filepath.Join(root, "electroscope")
	if err := os.Symlink(elsewhere, link); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(link); err == nil {
		t.Error("a link is taken for our folder")
	}
	// Above it a user may have links of his own; root takes none.
	if err := os.Symlink(root, filepath.Join(elsewhere, "cache")); err != nil {
		t.Fatal(err)
	}
	dir, err := Open(filepath.Join(elsewhere, "cache/new"))
	if err == nil {
		dir.Close()
	}
	if asRoot := os.Geteuid() == 0; (err == nil) == asRoot {
		t.Errorf("through a link above, as uid %d: %v", os.Geteuid(), err)
	}
	if err := os.Symlink("/etc/passwd", filepath.Join(root, "file")); err != nil {
		t.Fatal(err)
	}
	if _, err := Read(filepath.Join(root, "file"), 10); err == nil {
		t.Error("reads through a link")
	}
}

// TestShared: in a folder that everybody may write to, one is made; one that everybody may
// write to is not used.
func TestShared(t *testing.T) {
	shared := t.TempDir()
	if err := os.Chmod(shared, 0o777|os.ModeSticky); err != nil {
		t.Fatal(err)
	}
	for name, open := range map[string]func(string) (Dir, error){"Open": Open, "OpenAll": OpenAll} {
		own := filepath.Join(shared, name)
		dir, err := open(own)
		if err != nil {
			t.Fatalf("%s below it: %v", name, err)
		}
		dir.Close()
		for mode, want := range map[os.FileMode]error{0o777: ErrShared, 0o702: ErrShared, 0o777 | os.ModeSticky: ErrShared, 0o770: nil, 0o755: nil} {
			if err := os.Chmod(own, mode); err != nil {
				t.Fatal(err)
			}
			dir, err := open(own)
			if !errors.Is(err, want) {
				t.Errorf("%s, %v: %v", name, mode, err)
			}
			if err == nil {
				dir.Close()
			}
		}
		if _, err := open(shared); !errors.Is(err, ErrShared) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestForeign needs root to make what is another's.
func TestForeign(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("only root can give a folder to another user")
	}
	const other = 54321
	give := func(path string) {
		t.Helper()
		if err := os.Chown(path, other, other); err != nil {
			t.Fatal(err)
		}
	}
	theirs := t.TempDir()
	give(theirs)
	for name, open := range map[string]func(string) (Dir, error){"Open": Open, "OpenAll": OpenAll} {
		for _, below := range []string{"", "/electroscope", "/.cache/electroscope"} {
			if _, err := open(theirs + below); err == nil {
				t.Errorf("%s(%q) in another's folder", name, below)
			}
		}
	}
	if entries, _ := os.ReadDir(theirs); len(entries) > 0 {
		t.Errorf("left in another's folder: %v", entries)
	}
	file := filepath.Join(t.TempDir(), "memo")
	if err := os.WriteFile(file, []byte("text"), 0o600); err != nil {
		t.Fatal(err)
	}
	give(file)
	if _, err := Read(file, 10); !errors.Is(err, ErrForeign) {
		t.Errorf("another's file is believed: %v", err)
	}
}
