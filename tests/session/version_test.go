//go:build rig

package session

import (
	"errors"
	"os"
	"strings"
	"testing"
)

// TestPIDFDs: the launch names its process by PIDFDs where the manager takes them
// (since 255), and remembers where it does not.
func TestPIDFDs(t *testing.T) {
	memo := os.Getenv("XDG_RUNTIME_DIR") + "/electroscope/manager"
	os.RemoveAll(memo)
	s := plainStage(t)
	for range 2 {
		p := s.start("plain")
		if r := p.report(s.bin + "/plain-app"); !in(r.Group, "app-electron.slice") || p.stderr() != "" {
			t.Errorf("it runs in %q; stderr: %s", r.Group, p.stderr())
		}
		text, err := os.ReadFile(memo)
		if err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
		if only := strings.Contains(string(text), "pids-only"); only != (systemdVersion(t) < 255) {
			t.Errorf("systemd %d: the memo says %q", systemdVersion(t), text)
		}
	}
}

// TestMemoBroken: the memo is advice; without it, or with nonsense in it, the launch
// asks once more.
func TestMemoBroken(t *testing.T) {
	folder := os.Getenv("XDG_RUNTIME_DIR") + "/electroscope"
	t.Cleanup(func() { os.RemoveAll(folder) })
	for name, set := range map[string]func(memo string) error{
		"a folder":          func(memo string) error { return os.Mkdir(memo, 0o700) },
		"a link to nowhere": func(memo string) error { return os.Symlink("/nonexistent", memo) },
		"nonsense":          func(memo string) error { return os.WriteFile(memo, []byte("\x00\xff 1 2\npids-only x\n\n"), 0o600) },
		"not to be read":    func(memo string) error { return os.WriteFile(memo, nil, 0) },
		"no folder for it":  func(memo string) error { return os.Chmod(folder, 0) },
	} {
		t.Run(name, func(t *testing.T) {
			os.RemoveAll(folder)
			if err := errors.Join(os.Mkdir(folder, 0o700), set(folder+"/manager")); err != nil {
				t.Fatal(err)
			}
			s := plainStage(t)
			p := s.start("plain")
			if r := p.report(s.bin + "/plain-app"); !in(r.Group, "app-electron.slice") || p.stderr() != "" {
				t.Errorf("it runs in %q; stderr: %s", r.Group, p.stderr())
			}
		})
	}
}
