//go:build rig

// Package uml launches stand-ins for apps, and real Chromium, under a real kernel
// that gives the user's manager the memory, cpu and pids controllers, and reads
// the kernel's files: not what systemd was told, but what holds. It runs inside
// tests/rig/uml.sh, as the user there; run.sh starts it.
package uml

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

func TestMain(m *testing.M) {
	if err := atHome(); err != nil {
		fmt.Fprintln(os.Stderr, "uml:", err)
		os.Exit(99)
	}
	os.Exit(m.Run())
}

// atHome refuses to run anywhere but in the rig: the tests end units, and fill the
// memory.
func atHome() error {
	if os.Getenv("ELECTROSCOPE_RIG") != "guest" {
		return fmt.Errorf("not inside the rig (remedy: tests/uml/run.sh)")
	}
	if bin := os.Getenv("ELECTROSCOPE_BIN"); !filepath.IsAbs(bin) {
		return fmt.Errorf("ELECTROSCOPE_BIN is %q, not the path of the binary under test", bin)
	}
	_, err := os.Stat(os.Getenv("ELECTROSCOPE_BIN"))
	return err
}
