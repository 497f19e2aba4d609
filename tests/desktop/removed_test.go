//go:build rig

package desktop

import (
	"os"
	"strings"
	"testing"
	"time"
)

// TestRemoved: electroscope is removed, and nobody uninstalled it. What GIO looks up by a type
// or an id starts the app itself; with the program back, uninstall leaves nothing.
func TestRemoved(t *testing.T) {
	h := chat(t, t.TempDir())
	mark := t.TempDir() + "/ran"
	chatReal := h.found("PATH", "/chat-real")
	h.write(chatReal, "#!/bin/sh\necho \"$0 $*\" >>"+mark+"\n")
	program := t.TempDir() + "/electroscope"
	copyFile(t, os.Getenv("ELECTROSCOPE_BIN"), program)
	before := h.tree()
	h.run(program, "install", "chat")
	h.must(os.Rename(program, program+".away"))

	entry := h.dir + "/.local/share/applications/chat.desktop"
	if out, err := h.command("gio", "launch", entry, "chat:path").CombinedOutput(); err == nil || !strings.Contains(string(out), "Unable to load application information") {
		t.Errorf("gio launch of the entry itself: %v, %s", err, out) // then docs/desktop.md is untrue
	}
	if out := h.run("gio", "mime", "x-scheme-handler/chat"); !strings.Contains(out, "chat.desktop") {
		t.Errorf("gio mime: %s", out)
	}
	h.run("gio", "open", "chat:open")
	if !until(10*time.Second, func() bool {
		text, _ := os.ReadFile(mark)
		return string(text) == chatReal+" chat:open\n"
	}) {
		text, _ := os.ReadFile(mark)
		t.Errorf("gio open starts %q", text)
	}
	h.must(os.Rename(program+".away", program))
	h.run(program, "uninstall")
	h.same(before)
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	data, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, data, 0o755); err != nil {
		t.Fatal(err)
	}
}
