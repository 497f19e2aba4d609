package cli

import (
	"encoding/binary"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"electroscope"
	"electroscope/cmd/electroscope/cli/render"
	"electroscope/launcher"
	"electroscope/launcher/catalog"
	"electroscope/launcher/chromium"
)

// A card is a graphics card as /sys shows it.
type card struct{ vendor, driver, vaDriver string }

var (
	nvidia     = card{"0x10de", "nvidia", "usr/lib64/dri/nvidia_drv_video.so"}
	nvidiaNoVA = card{"0x10de", "nvidia", ""}
	nouveau    = card{"0x10de", "nouveau", ""}
	intel      = card{"0x8086", "i915", ""}
	noCard     = card{}
)

// A fakeMachine is a folder with a /sys, a home and programs.
type fakeMachine struct {
	t    *testing.T
	root string
}

func newMachine(t *testing.T, c card) fakeMachine {
	t.Helper()
	root, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	m := fakeMachine{t, root}
	if c.vendor != "" {
		device := filepath.Join(root, "sys/class/drm/renderD128/device")
		write(t, device+"/vendor", c.vendor+"\n", 0o644)
		if err := os.Symlink("../../../bus/pci/drivers/"+c.driver, device+"/driver"); err != nil {
			t.Fatal(err)
		}
	}
	if c.vaDriver != "" {
		write(t, filepath.Join(root, c.vaDriver), "", 0o644)
	}
	return m
}

// config writes a file of the user's into electroscope's folder.
func (m fakeMachine) config(name, text string) {
	write(m.t, filepath.Join(m.root, "home/.config/electroscope", name), text, 0o644)
}

// elf writes a program that knows these words.
func (m fakeMachine) elf(path string, words []string) {
	os.RemoveAll(filepath.Join(m.root, "home/.cache")) // ext4 syncs a file that is renamed over another
	write(m.t, filepath.Join(m.root, path), string(fakeELF(words)), 0o755)
}

// install puts an app there as its vendor or a distribution does.
func (m fakeMachine) install(app, electron, chrome string, milestone int) {
	program := map[string]string{
		"discord": "bin/Discord", "signal": "bin/signal-desktop", "codium": "share/codium/codium", "teams": "lib/electron/electron",
		"obsidian": "libexec/electron/electron", "claude-desktop": "lib/claude-desktop/claude-desktop",
	}[app]
	if program != "" {
		m.elf(program, electronLiterals(electron, chrome, milestone))
	}
	script := func(path, text string) {
		write(m.t, filepath.Join(m.root, path), strings.ReplaceAll(text, "{}", m.root), 0o755)
	}
	switch app {
	case "spotify": // CEF: libcef.so holds it all
		m.elf("share/spotify/spotify", []string{"spotify"})
		m.elf("share/spotify/libcef.so", append(names(chromium.CEF, milestone), chrome))
		script("bin/spotify", "#!/bin/sh\nexec {}/share/spotify/spotify \"$@\"\n")
	case "zoom":
		m.elf("bin/zoom", []string{"Qt5", "Chrome/146.0.7680.80 Safari"})
	case "codium": // VS Code's own script
		write(m.t, filepath.Join(m.root, "share/codium/resources/app/out/vs/loader.js"), "", 0o644)
		script("bin/codium", "#!/usr/bin/env sh\nVSCODE_PATH={}/share/codium\nELECTRON=\"$VSCODE_PATH/codium\"\n"+
			"CLI=\"$VSCODE_PATH/resources/app/out/cli.js\"\nELECTRON_RUN_AS_NODE=1 \"$ELECTRON\" \"$CLI\" --ozone-platform-hint=auto \"$@\"\nexit $?\n")
	case "teams": // a distribution's Electron
		script("bin/teams-for-linux", "#!/bin/sh\nexec {}/lib/electron/electron /usr/lib/teams-for-linux/app.asar \"$@\"\n")
	case "obsidian": // nixpkgs' makeWrapper
		script("bin/obsidian", "#! /bin/bash -e\nexec \"{}/libexec/electron/electron\" /share/obsidian/app.asar "+
			"--enable-features=WaylandWindowDecorations \"$@\"\n")
	case "claude-desktop": // the .deb's link
		link := filepath.Join(m.root, "bin/claude-desktop")
		if _, err := os.Lstat(link); err != nil {
			if err := os.Symlink("../lib/claude-desktop/claude-desktop", link); err != nil {
				m.t.Fatal(err)
			}
		}
	}
}

// world is that of a process on the machine, on X11 unless there is a Wayland
// socket.
func (m fakeMachine) world() launcher.Process {
	session := "XDG_SESSION_TYPE=x11"
	if _, err := os.Stat(m.root + "/run/wayland-0"); err == nil {
		session = "XDG_SESSION_TYPE=wayland"
	}
	return launcher.Process{
		Env: []string{
			"HOME=" + m.root + "/home", "PATH=" + m.root + "/bin", "XDG_RUNTIME_DIR=" + m.root + "/run",
			"XDG_CONFIG_DIRS=" + m.root + "/etc", "DISPLAY=:0", session,
		},
		Dir: m.root, PID: 42, UID: 1000, Root: m.root, Proc: m.root + "/proc", Cgroup: m.root + "/sys/fs/cgroup",
	}
}

// plan is what would run, as run -n --json has it, with {} for the machine's
// folder and with those notes alone that are about switches.
func (m fakeMachine) plan(name string, args ...string) render.PlanJSON {
	m.t.Helper()
	w := m.world()
	layers := catalog.ReadLayers(w.Getenv, electroscope.Apps)
	p, err := launcher.Prepare(w, request(layers, append([]string{name}, args...), nil))
	if err != nil {
		m.t.Fatal(err)
	}
	kept := p.Notes[:0]
	for _, n := range p.Notes {
		if n.Switch != "" {
			kept = append(kept, n)
		}
	}
	p.Notes = kept
	j := render.PlanOf(p, launcher.Delegation{})
	for _, list := range [][]string{j.Argv, j.EnvAdded, j.Notes} {
		for i := range list {
			list[i] = strings.ReplaceAll(list[i], m.root, "{}")
		}
	}
	return j
}

// electronLiterals are the words in an Electron of that version.
func electronLiterals(electron, chrome string, milestone int) []string {
	return append(names(chromium.Electron, milestone), "Chrome/"+chrome+" Electron/"+electron)
}

// names are the switches and features that a build of that milestone has. Of
// two nobody has established since when and until when: here they are there
// from the oldest on.
func names(runtime chromium.Runtime, milestone int) []string {
	open := map[string]int{"UseChromeOSDirectVideoDecoder": 115, "WebRTCPipeWireCapturer": 149}
	var list []string
	for _, name := range chromium.Names() {
		r := chromium.Lookup(name)
		if r.Of == runtime || r.At(milestone) == chromium.Present || milestone <= open[r.Name] {
			list = append(list, r.Name)
		}
	}
	return list
}

// fakeELF is a 64-bit ELF file of nothing but read-only data (elf(5)).
func fakeELF(words []string) []byte {
	const names = "\x00.rodata\x00.shstrtab\x00"
	rodata := "\x00" + strings.Join(words, "\x00") + "\x00"
	le := binary.LittleEndian
	head := make([]byte, 64)
	copy(head, "\x7fELF\x02\x01\x01")
	le.PutUint64(head[0x28:], uint64(64+len(rodata)+len(names)))
	le.PutUint16(head[0x3a:], 64)
	le.PutUint16(head[0x3c:], 3)
	le.PutUint16(head[0x3e:], 2)
	file := append(append(head, rodata...), names...)
	section := func(name, kind uint32, at, size int) {
		h := make([]byte, 64)
		le.PutUint32(h, name)
		le.PutUint32(h[4:], kind)
		le.PutUint64(h[0x18:], uint64(at))
		le.PutUint64(h[0x20:], uint64(size))
		file = append(file, h...)
	}
	section(0, 0, 0, 0)
	section(1, 1, 64, len(rodata))
	section(9, 3, 64+len(rodata), len(names))
	return file
}

func write(t *testing.T, path, text string, mode os.FileMode) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	os.Remove(path) // ext4 syncs a file that is written over
	if err := os.WriteFile(path, []byte(text), mode); err != nil {
		t.Fatal(err)
	}
}
