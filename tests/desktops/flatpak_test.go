//go:build rig

package desktops

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

const flatpakID = "com.discordapp.Discord"

// TestFlatpak launches a real Flatpak, whose scope Flatpak itself makes: electroscope gives
// it limits by a drop-in. Its runtime is busybox, and its app stands in for Discord.
func TestFlatpak(t *testing.T) {
	m := freshHome(t)
	m.installFlatpak()
	m.user(ownBinary, "install", "--flatpak", "discord")
	xfce.login(t, m).walk([]way{
		{name: "flatpak run", app: "flatpak", start: command("flatpak", "run", flatpakID), want: seen{Unit: flatpakUnit, Notice: "none"}},
		{name: "gtk-launch of a Flatpak", app: "flatpak", start: command("gtk-launch", flatpakID), want: seen{Unit: flatpakUnit, Notice: "none"}},
	})
}

const flatpakUnit = "app-electron.slice/app-flatpak-com.discordapp.Discord-ID.scope"

// installFlatpak makes a repository with a runtime and an app, and installs both for the user.
func (m machine) installFlatpak() {
	m.Helper()
	work, err := os.MkdirTemp("", "flatpak")
	m.must(err)
	m.Cleanup(func() { os.RemoveAll(work) })
	standIn, err := os.ReadFile("/proc/self/exe")
	m.must(err)
	busybox, err := exec.LookPath("busybox")
	m.must(err)
	shell, err := os.ReadFile(busybox)
	m.must(err)
	for name, data := range map[string][]byte{
		"runtime/metadata":      []byte("[Runtime]\nname=org.example.Busybox\nruntime=org.example.Busybox/x86_64/1\nsdk=org.example.Busybox/x86_64/1\n"),
		"runtime/usr/bin/sh":    shell,
		"runtime/files/.ref":    nil,
		"app/metadata":          []byte("[Application]\nname=" + flatpakID + "\nruntime=org.example.Busybox/x86_64/1\nsdk=org.example.Busybox/x86_64/1\ncommand=Discord\n"),
		"app/files/bin/Discord": standIn,
		"app/export/share/applications/" + flatpakID + ".desktop": []byte(entry("Discord", "Discord", "")),
	} {
		file := filepath.Join(work, name)
		m.must(os.MkdirAll(filepath.Dir(file), 0o755))
		m.must(os.WriteFile(file, data, 0o755))
	}
	m.root("chown", "-R", "rig:rig", work)
	repository := filepath.Join(work, "repository")
	m.user("flatpak", "build-export", "--disable-sandbox", "--runtime", repository, filepath.Join(work, "runtime"), "1")
	m.user("flatpak", "build-export", "--disable-sandbox", repository, filepath.Join(work, "app"), "1")
	m.user("flatpak", "--user", "remote-add", "--no-gpg-verify", "local", repository)
	m.user("flatpak", "--user", "install", "--noninteractive", "local", "org.example.Busybox/x86_64/1", flatpakID)
}
