package machine

import (
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
)

func TestReadAgreesWithMeminfo(t *testing.T) {
	text, err := os.ReadFile("/proc/meminfo")
	if err != nil {
		t.Fatal(err)
	}
	var total uint64
	for line := range strings.SplitSeq(string(text), "\n") {
		if f := strings.Fields(line); len(f) == 3 && f[0] == "MemTotal:" {
			kib, err := strconv.ParseUint(f[1], 10, 64)
			if err != nil {
				t.Fatal(err)
			}
			total = kib << 10
		}
	}
	m := Read()
	if m.RAM != total || m.Threads < 1 {
		t.Errorf("Read = %+v, /proc/meminfo says %d bytes", m, total)
	}
}

func TestCount(t *testing.T) {
	for list, want := range map[string]int{
		"0": 1, "0-7": 8, "0-3,8": 5, "0,2-3,5": 4, "0-1,4-5": 4, "": 0, "a": 0, "3-1": 0, "0-": 0, "-1": 0, "0,,1": 0,
	} {
		if got := count(list); got != want {
			t.Errorf("count(%q) = %d, want %d", list, got, want)
		}
	}
}

func TestOnline(t *testing.T) {
	file := filepath.Join(t.TempDir(), "online")
	if got := online(file); got != runtime.NumCPU() {
		t.Errorf("without the file: %d, want what this process may use", got)
	}
	if err := os.WriteFile(file, []byte("0-95\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if got := online(file); got != 96 {
		t.Errorf("online = %d, want 96", got)
	}
}
