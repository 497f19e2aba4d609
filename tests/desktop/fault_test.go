//go:build rig

package desktop

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// chat is an app with an entry and an autostart entry of the machine's, in folders
// of the test's.
func chat(t *testing.T, dir string) *home {
	t.Helper()
	h := newHome(t, dir, "[apps.chat]\nexec = [\"chat-real\"]\n")
	machine := t.TempDir()
	h.write(machine+"/bin/chat-real", "#!/bin/sh\n")
	h.must(os.Chmod(machine+"/bin/chat-real", 0o755))
	entry := "[Desktop Entry]\nType=Application\nName=Chat\nExec=chat-real %U\n" + strings.Repeat("# translations\n", 300)
	for _, name := range []string{"share/applications", "xdg/autostart"} {
		h.write(machine+"/"+name+"/chat.desktop", entry)
	}
	h.write(machine+"/share/applications/mimeinfo.cache", "[MIME Cache]\nx-scheme-handler/chat=chat.desktop;\n")
	h.env = append(h.env, "PATH="+machine+"/bin:/usr/bin:/bin", "XDG_DATA_DIRS="+machine+"/share", "XDG_CONFIG_DIRS="+machine+"/xdg")
	return h
}

// manifest is the paths that the manifest records; none where it is not there.
func (h *home) manifest() map[string]bool {
	h.Helper()
	text, err := os.ReadFile(h.dir + "/.local/state/electroscope/install.json")
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	h.must(err)
	var m struct{ Files []struct{ Path string } }
	h.must(json.Unmarshal(text, &m))
	paths := map[string]bool{}
	for _, f := range m.Files {
		paths[f.Path] = true
	}
	return paths
}

// TestReadOnly: a folder that cannot be written is told, the rest is there and
// recorded, and goes.
func TestReadOnly(t *testing.T) {
	h := chat(t, t.TempDir())
	folder := h.dir + "/.local/share/applications"
	h.must(os.MkdirAll(folder, 0o755))
	h.must(os.Chmod(folder, 0o555))
	before := h.tree()
	if out := h.refused("install", "chat"); !strings.Contains(out, "permission denied") || !strings.Contains(out, folder) {
		t.Errorf("says: %s", out)
	}
	for path := range h.manifest() {
		if _, err := os.Lstat(path); err != nil {
			t.Errorf("the manifest is not true: %v", err)
		}
	}
	if len(h.manifest()) != 2 { // the link, autostart
		t.Errorf("the manifest has %v", h.manifest())
	}
	h.uninstall(before)

	state := h.dir + "/.local/state"
	h.must(os.MkdirAll(state, 0o755))
	h.must(os.Chmod(state, 0o555))
	before = h.tree()
	if out := h.refused("install", "chat"); !strings.Contains(out, "permission denied") || !strings.Contains(out, state) {
		t.Errorf("says: %s", out)
	}
	if diff := cmp.Diff(before, h.tree()); diff != "" {
		t.Errorf("without a manifest something is done: %s", diff)
	}
}

// smallDisk mounts a tmpfs of 128 KiB in namespaces of its own, and gives its path
// by way of the process that holds them.
func smallDisk(t *testing.T) string {
	t.Helper()
	at := t.TempDir()
	c := exec.Command("unshare", "--user", "--map-root-user", "--mount", "--kill-child", "--fork", "--pid", "sh", "-c",
		`mount -t tmpfs -o size=128k,mode=777 none "$0" && echo mounted && exec sleep 600`, at)
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	c.Stderr = os.Stderr
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		c.Process.Kill()
		c.Wait()
	})
	if line, err := bufio.NewReader(out).ReadString('\n'); err != nil || line != "mounted\n" {
		t.Fatalf("no small disk: %q, %v", line, err)
	}
	return fmt.Sprintf("/proc/%d/root%s", c.Process.Pid, at)
}

// TestFullDisk installs with 0, 4, 8, ... KiB left on the disk, until it succeeds.
// Each time it does not the error says why, all that was written is recorded, and
// uninstall has room to leave the home as it was.
func TestFullDisk(t *testing.T) {
	disk := smallDisk(t)
	failed := 0
	for free := int64(0); ; free += 4 << 10 {
		dir := filepath.Join(disk, "home")
		h := chat(t, dir)
		var fsys syscall.Statfs_t
		h.must(syscall.Statfs(dir, &fsys))
		left := int64(fsys.Bavail)*fsys.Bsize - free
		if left < 0 {
			t.Fatal("install does not succeed on an empty disk")
		}
		h.must(os.WriteFile(disk+"/ballast", make([]byte, left), 0o644))
		before := h.tree()
		out, err := h.command(os.Getenv("ELECTROSCOPE_BIN"), "install", "chat").CombinedOutput()
		if err != nil {
			failed++
			if !strings.Contains(string(out), "no space left on device") {
				t.Errorf("%d KiB left: %v: %s", free>>10, err, out)
			}
		}
		recorded := h.manifest()
		for name, is := range h.tree() {
			if before[name] != is && !strings.HasPrefix(is, "d") && !recorded[h.dir+name] && !strings.HasSuffix(name, "/install.json") {
				t.Errorf("%d KiB left: %s is not recorded", free>>10, name)
			}
		}
		h.uninstall(before)
		h.must(os.Remove(disk + "/ballast"))
		h.must(os.RemoveAll(dir))
		if err == nil {
			break
		}
	}
	if failed < 3 {
		t.Errorf("only %d installs ran out of room", failed)
	}
	t.Logf("%d installs ran out of room", failed)
}
