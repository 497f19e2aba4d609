//go:build rig

package desktop

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// long is far above what a browser takes to come up here.
const long = 60 * time.Second

const gib = 1 << 30

// catalogue has the browser, with the switches that a machine without network, GPU
// and user namespaces needs: its own entry cannot have them.
const catalogue = `
[budget]
memory = "infinity"
cpus   = "infinity"

[apps.chromium]
exec     = ["/usr/bin/chromium"]
runtime  = "chromium"
force    = true
switches = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
	"--disable-component-update", "--disable-sync", "--user-data-dir=/tmp/profile"]

[apps.chromium.limits]
MemoryMax = "3G"
`

// A process is one of the browser's. The rig is a PID namespace: each Chromium in it
// is the one that was launched last.
type process struct {
	pid         int
	kind, group string
}

func processes() []process {
	var list []process
	files, _ := filepath.Glob("/proc/[0-9]*/exe")
	for _, file := range files {
		dir := filepath.Dir(file)
		exe, err := os.Readlink(file)
		cmdline, _ := os.ReadFile(dir + "/cmdline")
		if err != nil || !strings.HasPrefix(exe, "/usr/lib/chromium/") || len(cmdline) == 0 {
			continue
		}
		p := process{kind: "browser"}
		p.pid, _ = strconv.Atoi(filepath.Base(dir))
		if _, kind, ok := strings.Cut(strings.ReplaceAll(string(cmdline), "\x00", " "), "--type="); ok {
			p.kind, _, _ = strings.Cut(kind, " ")
		} else if filepath.Base(exe) != "chromium" {
			p.kind = "crash handler"
		}
		groups, _ := os.ReadFile(dir + "/cgroup")
		for line := range strings.Lines(string(groups)) {
			if g, ok := strings.CutPrefix(strings.TrimSpace(line), "0::"); ok {
				p.group = g
			}
		}
		if p.group != "" {
			list = append(list, p)
		}
	}
	return list
}

// capped waits for the browser and checks that all of it runs in the capped scope of
// its main process, then ends it.
func (h *home) capped(how, id string) {
	h.Helper()
	defer h.end()
	var main process
	if !until(long, func() bool {
		kinds := map[string]bool{}
		for _, p := range processes() {
			kinds[p.kind] = true
			if p.kind == "browser" {
				main = p
			}
		}
		return kinds["browser"] && kinds["renderer"]
	}) {
		h.Errorf("%s: Chromium does not come up: %v", how, processes())
		return
	}
	time.Sleep(2 * time.Second) // in which it asks systemd for a scope of its own: tests/chromium
	unit := fmt.Sprintf("app-%s-%d.scope", escapeUnit(id), main.pid)
	for _, p := range processes() {
		if !strings.HasSuffix(p.group, "/app-electron.slice/"+unit) {
			h.Errorf("%s: %v is not in %s", how, p, unit)
		}
	}
	if got := show(h.T, unit, "MemoryMax")["MemoryMax"]; got != fmt.Sprint(3*gib) {
		h.Errorf("%s: MemoryMax is %s", how, got)
	}
}

// end kills every process of the browser, whatever scope it is in, by its PID.
func (h *home) end() {
	h.Helper()
	if !until(long, func() bool {
		list := processes()
		for _, p := range list {
			syscall.Kill(p.pid, syscall.SIGKILL)
		}
		return len(list) == 0
	}) {
		h.Error("Chromium cannot be ended")
	}
	h.must(os.RemoveAll("/tmp/profile"))
}

// start does not wait for the command: some launchers stay as long as the app.
func (h *home) start(name string, args ...string) {
	h.Helper()
	c := h.command(name, args...)
	h.must(c.Start())
	ended := make(chan struct{})
	go func() {
		c.Wait()
		close(ended)
	}()
	h.Cleanup(func() {
		c.Process.Kill()
		<-ended
	})
}

// TestChromium: by link, by entry, by URL and from autostart the browser lands in a
// capped scope, and in the end the home is as it was. The home is the manager's own,
// as autostart needs.
func TestChromium(t *testing.T) {
	h := newHome(t, os.Getenv("HOME"), catalogue)
	h.write(".config/autostart/at-login.desktop", "[Desktop Entry]\nType=Application\nName=At login\nExec=/usr/bin/chromium --new-window about:blank\n")
	before := h.tree()
	h.electroscope("install", "chromium")
	if out := h.electroscope("install", "--check", "chromium"); out != "nothing to do\n" {
		t.Errorf("a second install: %s", out)
	}

	h.start("chromium", "about:blank")
	h.capped("by link", "chromium")

	h.start("gio", "launch", h.dir+"/.local/share/applications/chromium.desktop", "about:blank")
	h.capped("gio launch", "chromium")

	// GLib finds the entry by the scheme and its id, xdg-open by xdg-mime.
	if out := h.run("gio", "mime", "x-scheme-handler/http"); !strings.Contains(out, "chromium.desktop") {
		t.Errorf("gio mime: %s", out)
	}
	h.start("gio", "open", "http://localhost:1/")
	h.capped("gio open", "chromium")
	if out := h.run("xdg-mime", "query", "default", "x-scheme-handler/http"); out != "chromium.desktop\n" {
		t.Errorf("xdg-mime: %s", out)
	}
	h.start("xdg-open", "http://localhost:1/")
	h.capped("xdg-open", "chromium")

	h.run("systemctl", "--user", "import-environment", "DISPLAY")
	h.run("systemctl", "--user", "daemon-reload") // makes units of the autostart entries
	h.run("systemctl", "--user", "start", `app-at\x2dlogin@autostart.service`)
	h.capped("autostart", "chromium")

	for _, own := range []string{".pki", ".local/share/pki", ".config/chromium", ".cache/fontconfig"} { // whatever the profile's folder
		h.must(os.RemoveAll(filepath.Join(h.dir, own)))
	}
	h.uninstall(before)
}
