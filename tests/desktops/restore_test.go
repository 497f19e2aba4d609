//go:build rig

package desktops

import (
	"os/exec"
	"testing"
	"time"
)

// TestPlasmaRestore logs out of Plasma with an app open, which the next login starts again:
// by its entry, if it does not speak X's own protocol for that (docs/desktop.md, on saved
// sessions).
func TestPlasmaRestore(t *testing.T) {
	m := freshHome(t)
	t.Run("first login", func(t *testing.T) {
		s := plasmaX11.login(t, machine{t})
		s.startApp("chromium")
		time.Sleep(10 * time.Second) // until its window is there
		s.user("gdbus", "call", "--session", "--dest", "org.kde.Shutdown", "--object-path", "/Shutdown", "--method", "org.kde.Shutdown.logout")
		if !until(60*time.Second, func() bool { return exec.Command("systemctl", "is-active", "--quiet", loginUnit).Run() != nil }) {
			t.Fatal("Plasma has not logged out after 60 s")
		}
	})
	plasmaX11.login(t, m).walk([]way{{name: "session restore", app: "chromium", want: seen{Theirs: "app-chromium@ID.service"}}})
}
