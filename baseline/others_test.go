package baseline

import (
	"errors"
	"os"
	"syscall"
	"testing"

	"electroscope/launcher/statedir"
)

// TestOthersFiles: nothing is written into a folder that is another's or everybody's, nor through
// a link in its place, and another's record is not read. What is written is for this user alone.
func TestOthersFiles(t *testing.T) {
	s := Store{t.TempDir() + "/baseline"}
	if err := s.Save(small(), false); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]os.FileMode{s.Dir: 0o700, s.Path("small"): 0o600} {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != want {
			t.Errorf("%q: %v, %v", path, info.Mode(), err)
		}
	}
	refused := func(s Store, want error) {
		t.Helper()
		for _, force := range []bool{false, true} {
			if err := s.Save(small(), force); !errors.Is(err, want) {
				t.Errorf("in %q, with force %v: %v", s.Dir, force, err)
			}
		}
		if items, _ := os.ReadDir(s.Dir); len(items) > 0 {
			t.Errorf("written into %q: %v", s.Dir, items)
		}
	}
	everybodys := Store{t.TempDir()}
	if err := os.Chmod(everybodys.Dir, 0o777); err != nil {
		t.Fatal(err)
	}
	refused(everybodys, statedir.ErrShared)
	link := Store{t.TempDir() + "/baseline"}
	if err := os.Symlink(t.TempDir(), link.Dir); err != nil {
		t.Fatal(err)
	}
	refused(link, syscall.ENOTDIR) // open(2): O_DIRECTORY and O_NOFOLLOW of a link
	if os.Geteuid() != 0 {
		t.Skip("only root can give a folder to another user")
	}
	const other = 54321
	theirs := Store{t.TempDir()}
	for _, path := range []string{theirs.Dir, s.Path("small")} {
		if err := os.Chown(path, other, other); err != nil {
			t.Fatal(err)
		}
	}
	refused(theirs, statedir.ErrForeign)
	if err := os.Symlink(s.Path("small"), s.Path("linked")); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"small", "linked"} {
		if _, err := s.Load(name); !errors.Is(err, statedir.ErrForeign) {
			t.Errorf("another's record %q: %v", name, err)
		}
	}
}
