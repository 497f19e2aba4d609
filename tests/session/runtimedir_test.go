//go:build rig

package session

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// TestRuntimeDir: who comes by sudo, cron or a container has no XDG_RUNTIME_DIR, or
// another's. The manager is found where pam_systemd puts it.
func TestRuntimeDir(t *testing.T) {
	for name, entry := range runtimeDirs(t) {
		t.Run(name, func(t *testing.T) {
			s := plainStage(t)
			s.runtimeDir(entry)
			p := s.start("plain")
			if r := p.report(s.bin + "/plain-app"); !in(r.Group, "app-electron.slice") || p.stderr() != "" {
				t.Errorf("it runs in %q; stderr: %q", r.Group, p.stderr())
			}
		})
	}
}

// TestRuntimeDirOfAll: a folder that is one's own, and everybody may write to. Somebody
// listens there in the manager's place and never answers.
func TestRuntimeDirOfAll(t *testing.T) {
	s := plainStage(t)
	s.runtimeDir("XDG_RUNTIME_DIR=" + s.dir)
	s.socket()
	s.must(os.Chmod(s.dir, 0o777))
	p := s.start("plain")
	if r := p.report(s.bin + "/plain-app"); !in(r.Group, "app-electron.slice") || p.stderr() != "" {
		t.Errorf("it runs in %q; stderr: %q", r.Group, p.stderr())
	}
}

// TestWithoutManager needs a rig that has none.
func TestWithoutManager(t *testing.T) {
	for name, entry := range runtimeDirs(t) {
		t.Run(name, func(t *testing.T) {
			s := plainStage(t)
			s.runtimeDir(entry)
			fault{stage: s, says: []string{"limits", "systemd/private"}}.check(t)
		})
	}
	t.Run("remedy", func(t *testing.T) {
		fault{stage: plainStage(t), says: []string{"limits", "no user manager", "enable-linger"}}.check(t)
	})
	t.Run("socket without listener", func(t *testing.T) {
		s := plainStage(t)
		s.runtimeDir("XDG_RUNTIME_DIR=" + s.dir)
		s.socket().Close()
		fault{stage: s, says: []string{"limits", "connection refused"}}.check(t)
	})
}

func runtimeDirs(t *testing.T) map[string]string {
	file := t.TempDir() + "/file"
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	return map[string]string{
		"as it is": "XDG_RUNTIME_DIR=" + os.Getenv("XDG_RUNTIME_DIR"), "unset": "", "empty": "XDG_RUNTIME_DIR=",
		"relative": "XDG_RUNTIME_DIR=run", "absent": "XDG_RUNTIME_DIR=/nonexistent", "a folder": "XDG_RUNTIME_DIR=" + t.TempDir(),
		"a file": "XDG_RUNTIME_DIR=" + file, "too long": "XDG_RUNTIME_DIR=/" + strings.Repeat("x", 200),
	}
}

// runtimeDir replaces the variable; an empty entry takes it away.
func (s *stage) runtimeDir(entry string) {
	s.env = slices.DeleteFunc(slices.Clone(s.env), func(e string) bool { return strings.HasPrefix(e, "XDG_RUNTIME_DIR=") })
	if entry != "" {
		s.env = append(s.env, entry)
	}
}
