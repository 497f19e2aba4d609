//go:build rig

package desktop

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// A home is one that electroscope is installed into.
type home struct {
	*testing.T
	dir string
	env []string
}

// newHome is a fresh home at dir: the folders of the rig's, and that apps.toml.
func newHome(t *testing.T, dir, catalogue string) *home {
	t.Helper()
	h := &home{T: t, dir: dir}
	for _, name := range []string{".cache", ".config/electroscope", ".local/share"} {
		h.must(os.MkdirAll(filepath.Join(dir, name), 0o755))
	}
	h.env = append(os.Environ(), "HOME="+dir, "PATH="+dir+"/.local/bin:/usr/local/bin:/usr/bin:/bin", "LANG=C.UTF-8", "SHELL=/bin/bash")
	h.write(".config/electroscope/apps.toml", catalogue)
	return h
}

func (h *home) must(err error) {
	h.Helper()
	if err != nil {
		h.Fatal(err)
	}
}

// write makes a file of the home, or any by its full path.
func (h *home) write(name, text string) string {
	h.Helper()
	if !filepath.IsAbs(name) {
		name = filepath.Join(h.dir, name)
	}
	h.must(os.MkdirAll(filepath.Dir(name), 0o755))
	h.must(os.WriteFile(name, []byte(text), 0o644))
	return name
}

// command is one with the home's environment, and found on its PATH.
func (h *home) command(name string, args ...string) *exec.Cmd {
	c := exec.Command("/usr/bin/env", append([]string{name}, args...)...)
	c.Env = h.env
	c.WaitDelay = time.Second // what it started may hold its output
	return c
}

// run gives the output of a command that must succeed.
func (h *home) run(name string, args ...string) string {
	h.Helper()
	out, err := h.command(name, args...).CombinedOutput()
	if err != nil {
		h.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
	return string(out)
}

func (h *home) electroscope(args ...string) string {
	h.Helper()
	return h.run(os.Getenv("ELECTROSCOPE_BIN"), args...)
}

// refused gives what a command that must fail says.
func (h *home) refused(args ...string) string {
	h.Helper()
	out, err := h.command(os.Getenv("ELECTROSCOPE_BIN"), args...).CombinedOutput()
	if err == nil {
		h.Errorf("electroscope %s succeeds: %s", strings.Join(args, " "), out)
	}
	return string(out)
}

// tree is all that can be told of the files below the home but times.
func (h *home) tree() map[string]string {
	h.Helper()
	tree := map[string]string{}
	h.must(filepath.WalkDir(h.dir, func(path string, d fs.DirEntry, err error) error {
		h.must(err)
		info, err := d.Info()
		h.must(err)
		text := info.Mode().String()
		switch {
		case d.Type() == fs.ModeSymlink:
			to, err := os.Readlink(path)
			h.must(err)
			text += " -> " + to
		case d.Type().IsRegular():
			data, err := os.ReadFile(path)
			h.must(err)
			text += fmt.Sprintf(" %x\n%.300s", sha256.Sum256(data), data)
		}
		tree[strings.TrimPrefix(path, h.dir)] = text
		return nil
	}))
	return tree
}

// uninstall leaves the home as it was before.
func (h *home) uninstall(before map[string]string) {
	h.Helper()
	h.electroscope("uninstall")
	h.same(before)
}

func (h *home) same(before map[string]string) {
	h.Helper()
	if diff := cmp.Diff(before, h.tree()); diff != "" {
		h.Errorf("uninstall leaves (-before +after):\n%s", diff)
	}
}

func until(limit time.Duration, there func() bool) bool {
	for end := time.Now().Add(limit); ; time.Sleep(50 * time.Millisecond) {
		if there() {
			return true
		}
		if time.Now().After(end) {
			return false
		}
	}
}

// show gives properties of a unit of the rig's manager.
func show(t *testing.T, unit string, properties ...string) map[string]string {
	t.Helper()
	out, err := exec.Command("systemctl", "--user", "show", unit, "-p", strings.Join(properties, ",")).CombinedOutput()
	if err != nil {
		t.Fatalf("systemctl show %s: %v\n%s", unit, err, out)
	}
	values := map[string]string{}
	for line := range strings.Lines(string(out)) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), "=")
		values[name] = value
	}
	return values
}
