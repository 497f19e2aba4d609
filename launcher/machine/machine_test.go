package machine

import (
	"os"
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
