//go:build rig

package desktop

import (
	"os"
	"strings"
	"testing"
)

// TestFixInstall: what electroscope install mends --fix has it do, and --undo gives the home back,
// with the manifest that was there.
func TestFixInstall(t *testing.T) {
	for _, check := range []string{"links-first", "desktop-entries"} {
		t.Run(check, func(t *testing.T) {
			h := chat(t, t.TempDir())
			h.env = append(h.env, "PATH="+h.dir+"/.local/bin:"+h.pathOf())
			h.fixAndUndo(check, "")
		})
	}
}

// pathOf is the PATH of the home's commands.
func (h *home) pathOf() string {
	var path string
	for _, variable := range h.env {
		if value, is := strings.CutPrefix(variable, "PATH="); is {
			path = value
		}
	}
	return path
}

// TestFixOverInstall: what is missing of an install, or was changed, is mended and given back as it
// was, and uninstall still leaves the home as it was before.
func TestFixOverInstall(t *testing.T) {
	h := chat(t, t.TempDir())
	h.env = append(h.env, "PATH="+h.dir+"/.local/bin:"+h.pathOf())
	before := h.tree()
	h.electroscope("install")
	installed := h.tree()
	h.must(os.Remove(h.dir + "/.local/bin/chat"))
	h.fixAndUndo("links-first", "")
	h.write(".local/share/applications/chat.desktop", "[Desktop Entry]\nType=Application\nName=Mine\nExec=chat-real\n")
	h.fixAndUndo("desktop-entries", "")
	h.must(os.Remove(h.dir + "/.local/share/applications/chat.desktop"))
	h.electroscope("doctor", "--fix", "--yes", "desktop-entries")
	h.must(os.RemoveAll(h.dir + "/.local/state/electroscope/doctor"))
	h.sameAs("the fix", installed)
	h.uninstall(before)
}

// TestFixUninstalled: after an uninstall nothing is left for --undo but to forget.
func TestFixUninstalled(t *testing.T) {
	h := chat(t, t.TempDir())
	h.env = append(h.env, "PATH="+h.dir+"/.local/bin:"+h.pathOf())
	before := h.tree()
	h.electroscope("doctor", "--fix", "--yes", "links-first")
	h.electroscope("uninstall")
	if said := h.electroscope("doctor", "--undo"); !strings.HasPrefix(said, "links-first: nothing to do\n") {
		t.Errorf("after an uninstall: %s", said)
	}
	h.sameAs("it", before)
}

// TestFixInstalledSince: of a fix by install that another install came after nothing is undone.
func TestFixInstalledSince(t *testing.T) {
	h := chat(t, t.TempDir())
	h.env = append(h.env, "PATH="+h.dir+"/.local/bin:"+h.pathOf())
	h.electroscope("doctor", "--fix", "--yes", "links-first")
	h.write(".config/electroscope/apps.toml", "[apps.chat]\nexec = [\"chat-real\"]\nnames = [\"chat\", \"talk\"]\n")
	h.electroscope("install")
	before := h.tree()
	if said := h.refused("doctor", "--undo"); !strings.Contains(said, "install.json\" was changed since: nothing is given back") {
		t.Errorf("after an install: %s", said)
	}
	h.sameAs("it", before)
}

// TestFixWithoutPath: what install does for a check and what is left to the user are told apart.
func TestFixWithoutPath(t *testing.T) {
	h := chat(t, t.TempDir())
	before := h.tree()
	if said := h.refused("doctor", "--fix", "--yes", "links-first"); !strings.Contains(said, "links-first: changed\n") || !strings.Contains(said, "links-first is still warn: ") {
		t.Errorf("it says %s", said)
	}
	if said := h.refused("doctor", "--fix", "--yes", "links-first"); !strings.Contains(said, "nothing to change that mends it\n  electroscope install, and in the shell's profile: export PATH=") {
		t.Errorf("again it says %s", said)
	}
	h.write(".config/kdeglobals", "")
	h.env = append(h.env, "XDG_CURRENT_DESKTOP=KDE")
	h.electroscope("doctor", "--fix", "--yes", "animations")
	if said := h.electroscope("uninstall"); !strings.Contains(said, "electroscope doctor --undo gives it back") {
		t.Errorf("uninstall says %s", said)
	}
	h.electroscope("doctor", "--undo")
	h.must(os.Remove(h.dir + "/.config/kdeglobals"))
	h.sameAs("--undo", before)
}
