//go:build rig

package desktop

import (
	"fmt"
	"os"
	"os/exec"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const unitCatalogue = `
[defaults]
memory-high-without-swap = "keep"

[budget]
memory = "9G"
cpus   = "50%"

[apps.dashes]
flatpak = "org.example.with-dashes"
limits  = { MemoryMax = "1G", TasksMax = "25%" }
`

// flatpak makes a scope as flatpak run does: the PID is all it says of it
// (flatpak-run.c, flatpak_run_in_transient_unit).
func (h *home) flatpak(escaped string) (unit string) {
	h.Helper()
	app := exec.Command("sleep", "300")
	h.must(app.Start())
	h.Cleanup(func() {
		app.Process.Kill()
		app.Wait()
	})
	unit = fmt.Sprintf("app-flatpak-%s-%d.scope", escaped, app.Process.Pid)
	h.run("busctl", "--user", "call", "org.freedesktop.systemd1", "/org/freedesktop/systemd1", "org.freedesktop.systemd1.Manager",
		"StartTransientUnit", "ssa(sv)a(sa(sv))", unit, "fail", "1", "PIDs", "au", "1", fmt.Sprint(app.Process.Pid), "0")
	return unit
}

// TestUnitsFlatpak: the drop-in holds for scopes of that app, and for no others.
func TestUnitsFlatpak(t *testing.T) {
	h := newHome(t, os.Getenv("HOME"), unitCatalogue)
	before := h.tree()
	properties := []string{"MemoryHigh", "MemoryMax", "CPUQuotaPerSecUSec", "Slice", "OOMPolicy"}
	without := show(t, h.flatpak("com.discordapp.Discord"), properties...)
	if without["MemoryMax"] != "infinity" {
		t.Errorf("a Flatpak has limits before: %v", without)
	}
	h.electroscope("install", "--flatpak", "com.discordapp.Discord", "dashes")
	with := show(t, h.flatpak("com.discordapp.Discord"), properties...)
	if diff := cmp.Diff(map[string]string{
		"MemoryHigh": fmt.Sprint(2 * gib), "MemoryMax": fmt.Sprint(3 * gib), "CPUQuotaPerSecUSec": "1.500000s",
		"Slice": "app-electron.slice", "OOMPolicy": "continue",
	}, with); diff != "" {
		t.Error(diff)
	}
	if got := show(t, h.flatpak(`org.example.with\x2ddashes`), "MemoryMax")["MemoryMax"]; got != fmt.Sprint(gib) {
		t.Errorf("an id with a dash: MemoryMax is %s", got)
	}
	for _, other := range []string{"com.discordapp.DiscordCanary", "com.discordapp", "org.example.with"} {
		if got := show(t, h.flatpak(other), "MemoryMax")["MemoryMax"]; got != "infinity" {
			t.Errorf("%s: MemoryMax is %s", other, got)
		}
	}
	h.uninstall(before)
	if got := show(t, h.flatpak("com.discordapp.Discord"), "MemoryMax")["MemoryMax"]; got != "infinity" {
		t.Errorf("after uninstall: MemoryMax is %s", got)
	}
}

// TestUnitsSlice: the budget from login is what a launch would set, and stays.
func TestUnitsSlice(t *testing.T) {
	const slice = "app-electron.slice"
	h := newHome(t, os.Getenv("HOME"), unitCatalogue)
	before := h.tree()
	budget := func() map[string]string { return show(t, slice, "MemoryHigh", "CPUQuotaPerSecUSec") }
	forget := func() {
		h.run("systemctl", "--user", "stop", "electroscope-notice-*") // it has a file in there
		h.must(os.RemoveAll(os.Getenv("XDG_RUNTIME_DIR") + "/electroscope"))
		h.run("systemctl", "--user", "stop", slice)
		h.run("systemctl", "--user", "revert", slice)
	}
	launch := func() { h.electroscope("run", "--", "true") }
	forget()
	launch()
	want := budget()
	if want["MemoryHigh"] != fmt.Sprint(9*gib) || want["CPUQuotaPerSecUSec"] == "infinity" {
		t.Errorf("a launch sets %v", want)
	}

	forget()
	h.electroscope("install", "--slice")
	h.run("systemctl", "--user", "start", slice)
	if diff := cmp.Diff(want, budget()); diff != "" {
		t.Errorf("from login (-launch +login): %s", diff)
	}
	launch()
	if diff := cmp.Diff(want, budget()); diff != "" {
		t.Errorf("after a launch: %s", diff)
	}
	if set, _ := os.ReadDir(os.Getenv("XDG_RUNTIME_DIR") + "/systemd/user.control/" + slice + ".d"); len(set) > 0 {
		t.Errorf("the launch set %v again", set)
	}

	h.write(".config/electroscope/apps.toml", "[budget]\nmemory = \"8G\"\n[defaults]\nmemory-high-without-swap = \"keep\"\n")
	h.refused("install", "--check")
	h.electroscope("install")
	if got := budget()["MemoryHigh"]; got != fmt.Sprint(8*gib) {
		t.Errorf("after apps.toml changed: MemoryHigh is %s", got)
	}
	h.write(".config/electroscope/apps.toml", unitCatalogue)
	h.run("systemctl", "--user", "stop", slice)
	h.uninstall(before)
	h.run("systemctl", "--user", "start", slice)
	if got := budget()["MemoryHigh"]; got != "infinity" {
		t.Errorf("after uninstall: MemoryHigh is %s", got)
	}
	forget()
}
