//go:build rig

package desktop

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// linker has an app with tight limits that opens a link by the opener that it is given.
const linker = `
[apps.linker]
exec = ["linker"]
runtime = "native"

[apps.linker.limits]
MemoryMax = "300M"
TasksMax = 50
`

// browser is one of Debian's. Its own entry does not say that it opens links, as that of
// other browsers does, so the test has one that does.
const browser = "/usr/bin/dillo"

// TestLinkInApp: a link in an app starts the default browser, a real one, inside the app's
// scope, until install --browser has it leave: by whatever opens the link.
func TestLinkInApp(t *testing.T) {
	if _, err := os.Stat(browser); err != nil {
		t.Fatalf("%v (remedy: tests/rig/install.sh desktop)", err)
	}
	h := newHome(t, t.TempDir(), linker)
	machine := t.TempDir()
	h.write(machine+"/applications/dillo.desktop", "[Desktop Entry]\nType=Application\nName=Dillo\nExec=dillo %u\nMimeType=x-scheme-handler/http;x-scheme-handler/https;text/html;\n")
	h.write(".config/mimeapps.list", "[Default Applications]\nx-scheme-handler/http=dillo.desktop\nx-scheme-handler/https=dillo.desktop\ntext/html=dillo.desktop\n")
	h.must(os.Chmod(h.write("bin/linker", "#!/bin/sh\n\"$@\" http://127.0.0.1:9/\nexec sleep 60\n"), 0o755))
	h.env = append(h.env, "PATH="+h.dir+"/.local/bin:"+h.dir+"/bin:/usr/bin:/bin", "XDG_DATA_DIRS="+machine+":/usr/share", "BROWSER=")
	h.electroscope("install", "linker")
	before := h.installed()
	openers := []struct {
		desktop string
		words   []string
	}{
		{"", []string{"xdg-open"}}, // by itself
		{"GNOME", []string{"xdg-open"}},
		{"XFCE", []string{"xdg-open"}},
		{"", []string{"gio", "open"}},
		{"KDE", []string{"kde-open5"}},
	}
	for _, o := range openers {
		if pid, group := h.follow(o.desktop, o.words); !strings.Contains(group, fmt.Sprintf("/app-linker-%d.scope", pid)) {
			t.Errorf("before, %s by %s starts the browser in %s", o.words, o.desktop, group)
		}
	}
	h.electroscope("install", "--browser", "linker")
	for _, o := range openers {
		_, group := h.follow(o.desktop, o.words)
		if !strings.HasPrefix(filepath.Base(group), "app-dillo-") || !strings.HasSuffix(filepath.Dir(group), "/app.slice") {
			t.Errorf("%s by %q starts the browser in %s", o.words, o.desktop, group)
		}
	}
	if dpid := running("/usr/bin/dpid"); dpid != 0 { // the browser's daemon
		ended(t, dpid)
	}
	h.electroscope("uninstall", "dillo")
	if diff := cmp.Diff(before, h.installed()); diff != "" {
		t.Errorf("uninstall leaves (-before +after):\n%s", diff)
	}
}

// installed is the part of the home that install writes to; the openers and the browser keep
// things of their own elsewhere.
func (h *home) installed() map[string]string {
	h.Helper()
	tree := h.tree()
	for name := range tree {
		if !slices.ContainsFunc([]string{"/.config", "/.local/bin", "/.local/share/applications", "/.local/state"}, func(dir string) bool { return strings.HasPrefix(name, dir) }) {
			delete(tree, name)
		}
	}
	return tree
}

// follow opens the link from the app, and gives the app's PID and the browser's control
// group. It reads back that a scope of the browser's own has none of the app's limits. Both
// are ended.
func (h *home) follow(desktop string, words []string) (pid int, group string) {
	h.Helper()
	c := h.command("linker", words...)
	c.Env = append(c.Env, "XDG_CURRENT_DESKTOP="+desktop, "QT_QPA_PLATFORM=offscreen")
	if desktop == "KDE" {
		c.Env = append(c.Env, "KDE_FULL_SESSION=true", "KDE_SESSION_VERSION=5")
	}
	h.must(c.Start())
	defer c.Wait()
	defer c.Process.Kill()
	found := 0
	if !until(long, func() bool { found = running(browser); return found != 0 }) {
		h.Fatalf("%q in %q starts no browser", words, desktop)
	}
	defer ended(h.T, found)
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/cgroup", found))
	h.must(err)
	_, group, _ = strings.Cut(string(text), "0::")
	group = strings.TrimSpace(group)
	if unit := filepath.Base(group); strings.HasPrefix(unit, "app-dillo-") {
		if got := show(h.T, unit, "MemoryMax", "TasksMax"); got["MemoryMax"] != "infinity" || got["TasksMax"] == "50" {
			h.Errorf("%s has the limits %v", unit, got)
		}
	}
	return c.Process.Pid, group
}

// running is the PID of a program, 0 if it does not run.
func running(program string) int {
	files, _ := filepath.Glob("/proc/[0-9]*/exe")
	for _, file := range files {
		if exe, err := os.Readlink(file); err == nil && exe == program {
			pid, _ := strconv.Atoi(filepath.Base(filepath.Dir(file)))
			return pid
		}
	}
	return 0
}

// ended ends a process that is no child, and waits until it is gone.
func ended(t *testing.T, pid int) {
	t.Helper()
	syscall.Kill(pid, syscall.SIGKILL)
	if !until(10*time.Second, func() bool { return syscall.Kill(pid, 0) != nil }) {
		t.Errorf("process %d does not end", pid)
	}
}
