//go:build rig

package desktop

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestOddHomes: GLib starts the link of an entry by a path that needs quotes or holds
// a per cent sign.
func TestOddHomes(t *testing.T) {
	for _, name := range []string{"h%o", "100%", "a%b c", "%u", "it's", `q"d`, `b\s`, "a$b", "=x", "ü ñ"} {
		t.Run(name, func(t *testing.T) {
			h := chat(t, filepath.Join(t.TempDir(), name))
			h.startsChat()
			before := h.tree()
			h.electroscope("install")
			h.started("install")
			h.uninstall(before)
		})
	}
	t.Run("%=", func(t *testing.T) { // which neither way of spelling serves
		h := chat(t, filepath.Join(t.TempDir(), "a%=b"))
		before := h.tree()
		if out := h.refused("install"); !strings.Contains(out, `env would take the link's path for a variable`) {
			t.Errorf("says: %s", out)
		}
		h.uninstall(before)
	})
}

// startsChat has chat tell in which group it runs, and with what.
func (h *home) startsChat() {
	h.Helper()
	program := h.found("PATH", "/chat-real")
	h.write(program, fmt.Sprintf("#!/bin/sh\n{ sed -n 's/^0:://p' /proc/self/cgroup; printf '%%s\\n' \"$@\"; } >'%s.told'\nmv '%s.told' '%s.out'\n", program, program, program))
	h.must(os.Chmod(program, 0o755))
}

// found is the file of that name in the first folder that a variable names.
func (h *home) found(variable, name string) string {
	h.Helper()
	value := ""
	for _, entry := range h.env {
		if v, ok := strings.CutPrefix(entry, variable+"="); ok {
			value = v // the last holds
		}
	}
	dir, _, _ := strings.Cut(value, ":")
	return dir + name
}

// started launches the entry as GLib does, and looks where the app is.
func (h *home) started(when string) {
	h.Helper()
	out := h.found("PATH", "/chat-real.out")
	os.Remove(out)
	h.run("gio", "launch", h.dir+"/.local/share/applications/chat.desktop", "http://localhost/a%20b")
	if !until(10*time.Second, func() bool { _, err := os.Stat(out); return err == nil }) {
		h.Fatalf("after %s: gio starts nothing", when)
	}
	text, err := os.ReadFile(out)
	h.must(err)
	if !strings.Contains(string(text), "/app-electron.slice/app-chat-") || !strings.HasSuffix(string(text), "\nhttp://localhost/a%20b\n") {
		h.Errorf("after %s the app says %q", when, text)
	}
}

// TestTwoInstalls: one that is held before its lock sees what another has done
// meanwhile.
func TestTwoInstalls(t *testing.T) {
	h := chat(t, t.TempDir())
	h.write(".config/electroscope/apps.toml", "[apps.chat]\nexec = [\"chat-real\"]\n[apps.talk]\nexec = [\"chat-real\"]\n")
	h.write(".config/autostart/mine.desktop", "[Desktop Entry]\nName=mine\nExec=chat --mine\n")
	before := h.tree()
	late := exec.Command("timeout", "60", "strace", "-f", "-q", "-o", "/dev/null", "-e", "trace=flock",
		"-e", "inject=flock:delay_enter=2000000:when=1", os.Getenv("ELECTROSCOPE_BIN"), "install", "talk")
	late.Env = h.env
	h.must(late.Start())
	time.Sleep(500 * time.Millisecond) // it waits for two seconds
	h.electroscope("install", "chat")
	h.must(late.Wait())
	for _, name := range []string{"chat", "talk"} {
		if !h.manifest()[h.dir+"/.local/bin/"+name] {
			t.Errorf("%s is not recorded", name)
		}
	}
	h.uninstall(before)
}
