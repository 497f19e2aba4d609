//go:build rig

package files

import (
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// other is a user whose environment root has, as after sudo -E or su.
const other = 54321

// A home is another user's, with whatever he may have put into it for root to step on.
type home struct {
	t                    *testing.T
	dir, own, links, etc string // his folder, one of root's alone, the app's links, the system's catalogue
	ran                  string // what his program writes to
	env                  []string
}

func newHome(t *testing.T, linked bool) *home {
	t.Helper()
	root := t.TempDir()
	must(t, os.Chmod(root, 0o755))
	h := &home{t: t, dir: root + "/home", own: root + "/root-only", links: root + "/links", etc: root + "/etc", ran: root + "/ran"}
	for _, dir := range []string{h.dir + "/.config/electroscope", h.dir + "/run", h.own, h.links, h.etc + "/electroscope", root + "/bin"} {
		must(t, os.MkdirAll(dir, 0o755))
	}
	must(t, os.WriteFile(root+"/bin/plain-app", []byte("#!/bin/sh\necho started\n"), 0o755))
	must(t, os.WriteFile(h.dir+"/evil", []byte("#!/bin/sh\necho evil\necho evil >"+h.ran+"\n"), 0o755))
	must(t, os.WriteFile(h.etc+"/electroscope/apps.toml", []byte("[apps.plain]\nexec = ['plain-app']\n"), 0o644))
	must(t, os.WriteFile(h.dir+"/.config/electroscope/apps.toml", []byte("[apps.plain]\nexec = ['"+h.dir+"/evil']\n"), 0o644))
	must(t, os.Symlink(os.Getenv("ELECTROSCOPE_BIN"), h.links+"/plain"))
	if linked {
		for _, name := range []string{".cache", ".local", ".config/systemd", ".config/autostart", ".config/electroscope/apps.d", "run/electroscope", "run/systemd"} {
			must(t, os.Symlink(h.own, h.dir+"/"+name))
		}
	}
	must(t, filepath.WalkDir(h.dir, func(path string, _ fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return os.Lchown(path, other, other)
	}))
	h.env = []string{"HOME=" + h.dir, "XDG_RUNTIME_DIR=" + h.dir + "/run", "XDG_CONFIG_DIRS=" + h.etc, "PATH=" + h.links + ":" + root + "/bin:/usr/bin:/bin", "LANG=C.UTF-8"}
	return h
}

// seen is what there is in his folder and in root's.
func (h *home) seen() []string {
	h.t.Helper()
	var list []string
	for _, dir := range []string{h.dir, h.own} {
		must(h.t, filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			info, err := entry.Info()
			if err != nil {
				return err
			}
			list = append(list, fmt.Sprint(path, " ", info.Mode(), " ", info.Sys().(*syscall.Stat_t).Uid))
			return nil
		}))
	}
	return list
}

func (h *home) run(program string, words ...string) (out string, status int) {
	h.t.Helper()
	c := exec.Command(program, words...)
	c.Env, c.Dir = h.env, h.own
	text, _ := c.CombinedOutput() // the status tells
	return string(text), c.ProcessState.ExitCode()
}

// TestAnothersHome: root with another user's environment starts his own program and not that user's,
// writes nothing into his folders nor through his links, and refuses to change them.
func TestAnothersHome(t *testing.T) {
	for name, linked := range map[string]bool{"his folders": false, "his links": true} {
		t.Run(name, func(t *testing.T) {
			h := newHome(t, linked)
			before := h.seen()
			for _, command := range [][]string{{h.links + "/plain"}, {os.Getenv("ELECTROSCOPE_BIN"), "run", "plain"}} {
				out, status := h.run(command[0], command[1:]...)
				if status != 0 || !strings.HasSuffix(out, "started\n") || !strings.Contains(out, "apps.toml: belongs to another user") {
					t.Errorf("%q: status %d, %s", command, status, out)
				}
			}
			for _, words := range [][]string{
				{"install"}, {"install", "--watch"}, {"uninstall"}, {"link", "plain"}, {"link", "--dir", h.dir, "plain"}, {"unlink", "plain"},
				{"set", "--save", "plain", "memory=1G"}, {"add", "https://example.org"}, {"remove", "plain"},
				{"baseline", "record", "--seconds", "0.1", "x"},
			} {
				out, status := h.run(os.Getenv("ELECTROSCOPE_BIN"), words...)
				if status == 0 || !strings.Contains(out, "another user's") {
					t.Errorf("%q: status %d, %s", words, status, out)
				}
			}
			for _, words := range [][]string{{"doctor", "--fix", "--yes", "kwin-compositor"}, {"doctor", "--undo"}} { // never as root
				if out, status := h.run(os.Getenv("ELECTROSCOPE_BIN"), words...); status == 0 || !strings.Contains(out, "are not changed as root") {
					t.Errorf("%q: status %d, %s", words, status, out)
				}
			}
			if after := h.seen(); !slices.Equal(before, after) {
				t.Errorf("root has changed his folders, or followed his links: %s", cmp.Diff(before, after))
			}
			if text, err := os.ReadFile(h.ran); err == nil {
				t.Errorf("his program ran as root: %s", text)
			}
		})
	}
}
