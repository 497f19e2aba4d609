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

	"github.com/google/go-cmp/cmp"
)

// xfceChannel is a panel at the top left whose only item is a launcher of an entry's, as
// `xfce4-panel --add=launcher FILE` leaves it: the panel makes a copy of its own.
const xfceChannel = `<?xml version="1.0" encoding="UTF-8"?>
<channel name="xfce4-panel" version="1.0">
  <property name="configver" type="int" value="2"/>
  <property name="panels" type="array">
    <value type="int" value="1"/>
    <property name="panel-1" type="empty">
      <property name="position" type="string" value="p=6;x=0;y=0"/>
      <property name="size" type="uint" value="48"/>
      <property name="plugin-ids" type="array"><value type="int" value="1"/></property>
    </property>
  </property>
  <property name="plugins" type="empty">
    <property name="plugin-1" type="string" value="launcher">
      <property name="items" type="array"><value type="string" value="%s"/></property>
    </property>
  </property>
</channel>
`

// A panel is XFCE's, with one launcher, in a home.
type panel struct {
	*home
	mark     string // file to which the program that was started writes its name
	launcher string // the panel's copy
}

// newPanel starts one that shows the machine's chat entry.
func newPanel(t *testing.T, h *home, entry string) *panel {
	t.Helper()
	for _, name := range []string{"xfce4-panel", "xdotool"} {
		if _, err := exec.LookPath(name); err != nil {
			t.Fatalf("%v (remedy: tests/rig/install.sh desktop)", err)
		}
	}
	p := &panel{home: h, mark: t.TempDir() + "/ran"}
	h.write(h.found("PATH", "/chat-real"), "#!/bin/sh\necho \"$0\" >>"+p.mark+"\ncat /proc/self/cgroup >>"+p.mark+"\n")
	h.write(".config/xfce4/xfconf/xfce-perchannel-xml/xfce4-panel.xml", fmt.Sprintf(xfceChannel, entry))
	h.env = append(h.env, "XDG_CURRENT_DESKTOP=XFCE")
	h.xfconfd()
	h.background("xfce4-panel", "--disable-wm-check")
	if !until(long, func() bool {
		files, _ := filepath.Glob(h.dir + "/.config/xfce4/panel/launcher-1/*.desktop")
		if len(files) == 1 {
			p.launcher = files[0]
		}
		return len(files) == 1
	}) {
		t.Fatal("the panel makes no copy of the entry")
	}
	return p
}

// xfconfd starts the daemon that keeps XFCE's settings: that of the bus would have another
// home.
func (h *home) xfconfd() {
	h.Helper()
	daemons, _ := filepath.Glob("/usr/lib/*/xfce4/xfconf/xfconfd")
	if len(daemons) != 1 {
		h.Fatalf("of xfconfd there is %q (remedy: tests/rig/install.sh desktop)", daemons)
	}
	h.background(daemons[0])
}

// background starts a program that is ended with the test.
func (h *home) background(name string, args ...string) {
	h.Helper()
	c := h.command(name, args...)
	c.Stderr = os.Stderr
	h.must(c.Start())
	h.Cleanup(func() {
		c.Process.Kill()
		c.Wait()
	})
}

// click clicks the launcher until the program has run, and gives its name and control group.
func (p *panel) click() (program, group string) {
	p.Helper()
	p.must(os.RemoveAll(p.mark))
	var text []byte
	if !until(long, func() bool {
		p.run("xdotool", "mousemove", "24", "24", "click", "1")
		return until(2*time.Second, func() bool {
			text, _ = os.ReadFile(p.mark)
			return strings.Contains(string(text), "\n0::")
		})
	}) {
		p.Fatalf("a click starts nothing: %q", text)
	}
	program, _, _ = strings.Cut(string(text), "\n")
	_, group, _ = strings.Cut(string(text), "\n0::")
	return program, strings.TrimSpace(group)
}

// TestXFCEPanel: the panel's launcher is a copy of the app's entry. It is led to the link,
// without a new start of the panel, and comes back byte for byte.
func TestXFCEPanel(t *testing.T) {
	h := chat(t, t.TempDir())
	p := newPanel(t, h, h.found("XDG_DATA_DIRS", "/applications/chat.desktop"))
	before := h.entries()
	if _, group := p.click(); strings.Contains(group, "app-electron.slice") {
		t.Errorf("before, the launcher starts it in %s", group)
	}
	if out := h.refused("install", "--check", "chat"); !strings.Contains(out, p.launcher) {
		t.Errorf("install --check does not name %s: %s", p.launcher, out)
	}
	h.electroscope("install", "chat")
	if _, group := p.click(); !strings.Contains(group, "/app-electron.slice/app-chat-") {
		t.Errorf("the launcher starts it in %s", group)
	}
	h.electroscope("uninstall")
	if diff := cmp.Diff(before, h.entries()); diff != "" {
		t.Errorf("uninstall leaves (-before +after):\n%s", diff)
	}
	if _, group := p.click(); strings.Contains(group, "app-electron.slice") {
		t.Errorf("after uninstall, the launcher starts it in %s", group)
	}
}

// TestXFCEPanelLater: a launcher that the panel copies while electroscope is installed starts
// the app after it is not.
func TestXFCEPanelLater(t *testing.T) {
	h := chat(t, t.TempDir())
	h.electroscope("install", "chat")
	p := newPanel(t, h, h.dir+"/.local/share/applications/chat.desktop")
	if _, group := p.click(); !strings.Contains(group, "/app-electron.slice/app-chat-") {
		t.Errorf("the launcher starts it in %s", group)
	}
	if out := h.electroscope("uninstall"); !strings.Contains(out, "led back to the app's own") {
		t.Errorf("uninstall says %s", out)
	}
	real := h.found("PATH", "/chat-real")
	if program, group := p.click(); program != real || strings.Contains(group, "app-electron.slice") {
		t.Errorf("after uninstall, the launcher starts %q in %s", program, group)
	}
}

// TestXFCEShortcut: a shortcut that XFCE's own daemon has written is named with its line, and
// the file stays.
func TestXFCEShortcut(t *testing.T) {
	h := chat(t, t.TempDir())
	program := h.found("PATH", "/chat-real")
	h.xfconfd()
	h.run("xfconf-query", "-c", "xfce4-keyboard-shortcuts", "-p", "/commands/custom/<Super>d", "-n", "-t", "string", "-s", program+" --new")
	file := h.dir + "/.config/xfce4/xfconf/xfce-perchannel-xml/xfce4-keyboard-shortcuts.xml"
	var before []byte
	if !until(long, func() bool { // it writes some seconds later
		before, _ = os.ReadFile(file)
		return strings.Contains(string(before), program)
	}) {
		t.Fatalf("xfconfd writes %q", before)
	}
	line := strings.Count(string(before[:strings.Index(string(before), program)]), "\n") + 1
	want := fmt.Sprintf("%s:%d (XFCE's shortcuts): %q starts it without its limits: left alone", file, line, program)
	if out := h.electroscope("install", "chat"); !strings.Contains(out, want) {
		t.Errorf("install says %s\nwant %s", out, want)
	}
	if out := h.electroscope("install", "chat"); strings.Contains(out, file) {
		t.Errorf("a second install says it again: %s", out)
	}
	if out := h.electroscope("install", "--check", "chat"); !strings.Contains(out, want) {
		t.Errorf("install --check says %s\nwant %s", out, want)
	}
	h.electroscope("uninstall")
	if after, err := os.ReadFile(file); err != nil || string(after) != string(before) {
		t.Errorf("it is %q (%v)", after, err)
	}
}

// entries are the texts of all desktop entries of the home.
func (h *home) entries() map[string]string {
	h.Helper()
	all := h.tree()
	for name := range all {
		if !strings.HasSuffix(name, ".desktop") {
			delete(all, name)
		}
	}
	return all
}
