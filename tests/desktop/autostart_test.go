//go:build rig

package desktop

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// TestAutostart: what systemd makes of the machine's autostart entry is the link,
// once it is installed (systemd-xdg-autostart-generator(8)).
func TestAutostart(t *testing.T) {
	h := chat(t, t.TempDir())
	before := h.tree()
	if got := h.generated(); !strings.HasSuffix(got, "/bin/chat-real") || strings.HasPrefix(got, h.dir) {
		t.Errorf("before, %q is started", got)
	}
	h.electroscope("install", "chat")
	if got := h.generated(); got != h.dir+"/.local/bin/chat" {
		t.Errorf("%q is started", got)
	}
	h.uninstall(before)
}

// generated is the program of the unit that the generator makes for chat.
func (h *home) generated() string {
	h.Helper()
	out := h.TempDir()
	c := exec.Command("/usr/lib/systemd/user-generators/systemd-xdg-autostart-generator", out, out, out)
	c.Env = h.env
	if said, err := c.CombinedOutput(); err != nil {
		h.Fatalf("%v: %s", err, said)
	}
	unit, err := os.ReadFile(out + "/app-chat@autostart.service")
	h.must(err)
	_, exec, _ := strings.Cut(string(unit), "\nExecStart=:")
	program, _, _ := strings.Cut(exec, "\n")
	return strings.Trim(strings.TrimSpace(program), `"`)
}
