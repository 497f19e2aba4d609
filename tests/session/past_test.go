//go:build rig

package session

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"electroscope/monitor/journal"
)

// TestUnitMessages: the systemd of each suite has the messages that package journal looks for, and their
// fields. The rig has no journald (tests/uml has), so its code is looked at.
func TestUnitMessages(t *testing.T) {
	var code []byte
	for _, pattern := range []string{"/usr/lib/systemd/libsystemd-core-*.so", "/usr/lib/*/systemd/libsystemd-core-*.so"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			code = append(code, text...)
		}
	}
	if code == nil {
		t.Fatal("systemd's library is not where it is looked for")
	}
	words := append(journal.UnitMessages(), "CPU_USAGE_NSEC=", "UNIT_RESULT=", "USER_UNIT=")
	if version := os.Getenv("ELECTROSCOPE_RIG_SYSTEMD"); version >= "256" {
		words = append(words, "MEMORY_PEAK", "MEMORY_SWAP_PEAK")
	}
	for _, word := range words {
		if !bytes.Contains(code, []byte(word)) {
			t.Errorf("it has no %s", word)
		}
	}
}
