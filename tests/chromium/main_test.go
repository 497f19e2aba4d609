//go:build rig

// Package chromium holds the launch against the real thing: Debian's Chromium under
// Xvfb, with a session bus on which the manager has its name, as Chromium needs to
// ask for a scope of its own. It runs inside tests/rig/session.sh --bus --xvfb;
// tests/session/run.sh starts it.
package chromium

import (
	"cmp"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

const (
	installed = "/usr/lib/chromium/chromium"
	wrapper   = "/usr/bin/chromium" // Debian's shell script, which execs the program
)

// program is the Chromium to run, of another milestone if ELECTROSCOPE_CHROMIUM names one.
var program = cmp.Or(os.Getenv("ELECTROSCOPE_CHROMIUM"), installed)

func TestMain(m *testing.M) {
	if name := filepath.Base(os.Args[0]); strings.HasPrefix(name, "forks") {
		os.Exit(fork(name, os.Args[1:]))
	}
	if err := atHome(); err != nil {
		fmt.Fprintln(os.Stderr, "chromium:", err)
		os.Exit(99)
	}
	os.Exit(m.Run())
}

// fork is what this program does under the name of a launcher: an ELF file that starts
// Chromium as its child and waits, with its own environment or with what Chromium needs.
func fork(name string, args []string) int {
	c := exec.Command(program, args...)
	c.Stdout, c.Stderr = os.Stdout, os.Stderr
	if name == "forks-clean" {
		for _, name := range []string{"HOME", "DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR", "PATH"} {
			c.Env = append(c.Env, name+"="+os.Getenv(name))
		}
	}
	c.Run()
	return c.ProcessState.ExitCode()
}

// atHome refuses to run where nothing could be proven.
func atHome() error {
	if bin := os.Getenv("ELECTROSCOPE_BIN"); !filepath.IsAbs(bin) {
		return fmt.Errorf("ELECTROSCOPE_BIN is %q, not the path of the binary under test", bin)
	}
	for _, name := range []string{"ELECTROSCOPE_RIG", "DBUS_SESSION_BUS_ADDRESS", "DISPLAY"} {
		if os.Getenv(name) == "" {
			return fmt.Errorf("%s is not set: not inside the rig (remedy: tests/session/run.sh)", name)
		}
	}
	for _, file := range []string{os.Getenv("ELECTROSCOPE_BIN"), program, wrapper} {
		if _, err := os.Stat(file); err != nil {
			return fmt.Errorf("%w (remedy: tests/rig/install.sh demo)", err)
		}
	}
	return nil
}
