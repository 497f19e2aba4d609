//go:build rig

package desktop

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A chat that is Electron, of an id with a dash, for which an Electron before 41.x
// asks unescaped.
const chatCatalogue = `
[defaults]
memory-high-without-swap = "keep"

[apps.chat]
exec    = ["chat-real"]
runtime = "electron"
id      = "chat-desktop"
snap    = "chat-snap"
limits  = { MemoryMax = "1G", TasksMax = 500 }

[apps.talk]
exec      = ["talk-real"]
runtime   = "electron"
instances = "shared"
limits    = { MemoryMax = "2G" }
`

// asked gives what a scope of that name has if a process asks for it as Chromium
// does: the PID, and no slice (components/dbus/xdg/systemd.cc). PID in the name is it.
func (h *home) asked(name string) map[string]string {
	h.Helper()
	app := exec.Command("sleep", "300")
	h.must(app.Start())
	h.Cleanup(func() {
		app.Process.Kill()
		app.Wait()
	})
	unit := strings.ReplaceAll(name, "PID", fmt.Sprint(app.Process.Pid))
	h.run("busctl", "--user", "call", "org.freedesktop.systemd1", "/org/freedesktop/systemd1", "org.freedesktop.systemd1.Manager",
		"StartTransientUnit", "ssa(sv)a(sa(sv))", unit, "fail", "1", "PIDs", "au", "1", fmt.Sprint(app.Process.Pid), "0")
	return show(h.T, unit, "Slice", "MemoryMax", "TasksMax")
}

// launched gives what the scope of a launch has.
func (h *home) launched(name string) map[string]string {
	h.Helper()
	var said strings.Builder
	c := h.command(h.dir + "/.local/bin/" + name)
	c.Stderr = &said
	out, err := c.Output()
	h.must(err)
	if strings.Contains(said.String(), "electroscope.conf") { // of the machine's there may be notes
		h.Errorf("a launch of %s says: %s", name, &said)
	}
	group, rest, _ := strings.Cut(string(out), "\n")
	pid, err := strconv.Atoi(strings.TrimSpace(rest))
	h.must(err)
	h.Cleanup(func() { syscall.Kill(pid, syscall.SIGKILL) })
	unit := filepath.Base(group)
	return show(h.T, unit, "Slice", "MemoryMax", "TasksMax", "ActiveState")
}

// TestUnitsDropIns: a scope that an app's Chromium asks for by itself is in the group
// of apps, under its limits where the name can be no launch's; our own scopes have
// what they are launched with, also after apps.toml has changed.
func TestUnitsDropIns(t *testing.T) {
	h := newHome(t, os.Getenv("HOME"), chatCatalogue)
	apps := t.TempDir()
	for _, name := range []string{"chat", "talk"} {
		h.write(apps+"/"+name+"-real", "#!/bin/sh\nsed -n 's/^0:://p' /proc/self/cgroup\nsleep 300 >/dev/null 2>&1 &\necho $!\n")
		h.must(os.Chmod(apps+"/"+name+"-real", 0o755))
	}
	h.env = append(h.env, "PATH="+h.dir+"/.local/bin:"+apps+":/usr/bin:/bin")
	clean := h.tree()
	const infinity = "infinity"
	before := h.asked("app-org.chromium.Chromium-PID.scope")
	if before["Slice"] != "app.slice" {
		t.Fatalf("without a drop-in: %v", before)
	}
	h.electroscope("install", "chat", "talk")
	group := map[string]string{"Slice": "app-electron.slice", "MemoryMax": infinity, "TasksMax": before["TasksMax"]}
	for name, want := range map[string]map[string]string{
		"app-org.chromium.Chromium-PID.scope": group,
		`app-chat\x2ddesktop-PID.scope`:       group,
		"app-chat-desktop-PID.scope":          {"Slice": "app-electron.slice", "MemoryMax": fmt.Sprint(gib), "TasksMax": "500"},
		"app-talk-PID.scope":                  {"Slice": "app-electron-talk.slice", "MemoryMax": infinity, "TasksMax": before["TasksMax"]},
		"app-com.google.Chrome-PID.scope":     before,
		"app-other-PID.scope":                 before,
		"app-chat-PID.scope":                  before,
	} {
		if diff := cmp.Diff(want, h.asked(name)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	for name, want := range map[string]map[string]string{
		"chat": {"Slice": "app-electron.slice", "MemoryMax": fmt.Sprint(gib), "TasksMax": "500", "ActiveState": "active"},
		"talk": {"Slice": "app-electron-talk.slice", "MemoryMax": infinity, "TasksMax": before["TasksMax"], "ActiveState": "active"},
	} {
		if diff := cmp.Diff(want, h.launched(name)); diff != "" {
			t.Errorf("a launch of %s: %s", name, diff)
		}
	}
	// Without another install: what is asked for by name is old, a launch is not.
	h.write(".config/electroscope/apps.toml", strings.Replace(chatCatalogue, "1G", "3G", 1))
	if got := h.launched("chat")["MemoryMax"]; got != fmt.Sprint(3*gib) {
		t.Errorf("a launch after apps.toml changed has MemoryMax=%s", got)
	}
	h.refused("install", "--check")
	h.electroscope("install")
	if got := h.asked("app-chat-desktop-PID.scope")["MemoryMax"]; got != fmt.Sprint(3*gib) {
		t.Errorf("after install: MemoryMax=%s", got)
	}
	h.write(".config/electroscope/apps.toml", chatCatalogue)
	h.uninstall(clean)
	if diff := cmp.Diff(before, h.asked("app-org.chromium.Chromium-PID.scope")); diff != "" {
		t.Errorf("after uninstall: %s", diff)
	}
}

// TestUnitsSnap: the limits hold for scopes that snap run asks for.
func TestUnitsSnap(t *testing.T) {
	h := newHome(t, os.Getenv("HOME"), chatCatalogue)
	clean := h.tree()
	const uuid = "-6ba7b810-9dad-11d1-80b4-00c04fd430c8.scope"
	before := h.asked("snap.chat-snap.chat-snap" + strings.Replace(uuid, "c8", "c7", 1))
	h.electroscope("install", "--snap", "chat", "spotify")
	for name, want := range map[string]map[string]string{
		"snap.chat-snap.chat-snap":       {"Slice": "app-electron.slice", "MemoryMax": fmt.Sprint(gib), "TasksMax": "500"},
		`snap.chat\x2dsnap.chat\x2dsnap`: {"Slice": "app-electron.slice", "MemoryMax": fmt.Sprint(gib), "TasksMax": "500"},
		"snap.spotify.spotify":           {"Slice": "app-electron.slice", "MemoryMax": fmt.Sprint(3 * gib), "TasksMax": before["TasksMax"]},
		"snap.chat-snap.other":           before,
		"snap.chat.chat":                 before,
	} {
		if diff := cmp.Diff(want, h.asked(name+uuid)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	h.uninstall(clean)
	if diff := cmp.Diff(before, h.asked("snap.chat-snap.chat-snap"+strings.Replace(uuid, "c8", "c9", 1))); diff != "" {
		t.Errorf("after uninstall: %s", diff)
	}
}
