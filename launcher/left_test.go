package launcher

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"electroscope/launcher/cgroup"
)

// TestReadLeft: the tightest of each kind, whichever unit has it, and no limit that is
// not there.
func TestReadLeft(t *testing.T) {
	sys := t.TempDir()
	outer, inner := cgroup.Group("/games.slice"), cgroup.Group("/games.slice/run-1.scope")
	for file, text := range map[string]string{
		string(outer) + "/memory.max": "2147483648\n", string(outer) + "/cpu.max": "max 100000\n", string(outer) + "/memory.high": "1073741824\n",
		string(inner) + "/memory.max": "67108864\n", string(inner) + "/memory.high": "max\n", string(inner) + "/memory.swap.max": "0\n",
		string(inner) + "/cpu.max": "400000 100000\n", string(inner) + "/pids.max": "4915\n",
	} {
		path := filepath.Join(sys, file)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got := map[string]string{}
	for _, l := range readLeft(sys, []cgroup.Group{outer, inner, "/gone.scope"}) {
		got[l.Limit.Spell(l.Value)] = l.Unit
	}
	want := map[string]string{
		"MemoryMax=64M": "run-1.scope", "MemoryHigh=1G": "games.slice", "MemorySwapMax=0B": "run-1.scope",
		"CPUQuota=400%": "run-1.scope", "TasksMax=4915": "run-1.scope",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
