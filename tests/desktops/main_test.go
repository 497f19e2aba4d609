//go:build rig

// Package desktops logs in to real desktops and launches apps as their icons, runners,
// links and autostart do. A launch by any of them ends in the app's capped scope.
//
// It runs as root inside tests/rig/desktop.sh, where systemd is PID 1; run.sh starts it.
// No controller is handed on to that container, so a limit "holds" here if systemd has
// it on the unit; that the kernel enforces it is shown by tests/uml and tests/vm.
package desktops

import (
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"syscall"
	"testing"
)

const (
	catalogued = "/usr/share/discord/Discord"  // where the catalogue looks for Discord
	ownBinary  = "/usr/local/bin/electroscope" // the binary under test, at home in there
)

func TestMain(m *testing.M) {
	if filepath.Base(os.Args[0]) == filepath.Base(catalogued) {
		os.Exit(standIn())
	}
	if err := furnish(); err != nil {
		fmt.Fprintln(os.Stderr, "desktops:", err)
		os.Exit(99)
	}
	os.Exit(m.Run())
}

// standIn is this test binary in the place of Discord, which cannot be had: a program
// with children and a grandchild, all of which stay, as Electron's do.
func standIn() int {
	children := map[string][]string{"": {"--type=zygote", "--type=utility"}, "--type=zygote": {"--type=renderer"}}
	kind := ""
	if len(os.Args) > 1 && len(os.Args[1]) > 7 && os.Args[1][:7] == "--type=" {
		kind = os.Args[1]
	}
	for _, child := range children[kind] {
		c := exec.Command("/proc/self/exe", child)
		c.Args[0] = os.Args[0]
		if err := c.Start(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
	}
	end := make(chan os.Signal, 1)
	signal.Notify(end, syscall.SIGTERM, syscall.SIGINT)
	<-end
	return 0
}

// standInProcesses is how many processes a stand-in has.
const standInProcesses = 4

// furnish puts the apps and electroscope into the container; it refuses to run anywhere
// else, where the files are somebody's.
func furnish() error {
	if os.Getenv("ELECTROSCOPE_RIG") != "desktop" || os.Getpid() == 1 {
		return fmt.Errorf("not inside the rig (remedy: tests/desktops/run.sh)")
	}
	binary, err := os.ReadFile(os.Getenv("ELECTROSCOPE_BIN"))
	if err != nil {
		return fmt.Errorf("the binary under test: %w", err)
	}
	self, err := os.ReadFile("/proc/self/exe")
	if err != nil {
		return err
	}
	for path, data := range map[string][]byte{
		ownBinary:  binary,
		catalogued: self,
		"/usr/share/applications/discord.desktop": []byte(entry("Discord", catalogued+" %U", "MimeType=x-scheme-handler/discord;\nStartupNotify=true")),
		// Read by Debian's /usr/bin/chromium: a first run asks nothing.
		"/etc/chromium.d/rig": []byte("export CHROMIUM_FLAGS=\"$CHROMIUM_FLAGS --no-first-run --password-store=basic --disable-gpu\"\n"),
	} {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, data, 0o755); err != nil {
			return err
		}
	}
	return nil
}

func entry(name, command, more string) string {
	return "[Desktop Entry]\nType=Application\nName=" + name + "\nExec=" + command + "\n" + more + "\n"
}
