//go:build rig

// Package session launches stand-ins for apps on a real systemd --user and asks
// the manager, /proc and the stand-ins themselves what came of it. It runs inside
// tests/rig/session.sh, as the ordinary user there; run.sh starts it in every rig.
//
// Some tests need a rig of their own and are chosen by name: TestHybrid… one that
// shows cgroup v1, TestWithoutManager… one without a manager, TestManagerDies one
// whose manager may be killed, TestNotice… and TestBackground… one with a bus and a display,
// TestTop… one of the machine's own suite, for tmux(1).
package session

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

func TestMain(m *testing.M) {
	if exe, err := os.Readlink("/proc/self/exe"); err == nil {
		if then, err := os.ReadFile(exe + thenSuffix); err == nil {
			os.Exit(standIn(exe, string(then)))
		}
	}
	err := atHome()
	if err == nil {
		_, err = executable()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "session:", err)
		os.Exit(99)
	}
	os.Exit(m.Run())
}

// atHome refuses to run anywhere but in the rig: a test that skips proves nothing,
// and one that stops the developer's own manager proves too much.
func atHome() error {
	if os.Getenv("ELECTROSCOPE_RIG") == "" {
		return fmt.Errorf("not inside the rig (remedy: tests/session/run.sh)")
	}
	if bin := os.Getenv("ELECTROSCOPE_BIN"); !filepath.IsAbs(bin) {
		return fmt.Errorf("ELECTROSCOPE_BIN is %q, not the path of the binary under test", bin)
	}
	_, err := os.Stat(os.Getenv("ELECTROSCOPE_BIN"))
	return err
}
