//go:build rig

// Package desktop installs electroscope into a home and launches apps as a desktop
// does: real Chromium by its entry, by a URL, from autostart; real entries of Debian
// are taken through install. It runs inside tests/rig/session.sh; run.sh starts it.
package desktop

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

func TestMain(m *testing.M) {
	if err := atHome(); err != nil {
		fmt.Fprintln(os.Stderr, "desktop:", err)
		os.Exit(99)
	}
	os.Exit(m.Run())
}

// atHome refuses to run anywhere but in the rig, where the home is nobody's.
func atHome() error {
	if os.Getenv("ELECTROSCOPE_RIG") == "" {
		return fmt.Errorf("not inside the rig (remedy: tests/desktop/run.sh)")
	}
	if bin := os.Getenv("ELECTROSCOPE_BIN"); !filepath.IsAbs(bin) {
		return fmt.Errorf("ELECTROSCOPE_BIN is %q, not the path of the binary under test", bin)
	}
	_, err := os.Stat(os.Getenv("ELECTROSCOPE_BIN"))
	return err
}
