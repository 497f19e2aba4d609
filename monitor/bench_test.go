package monitor

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"electroscope/launcher/catalog"
)

// BenchmarkSample reads 500 scopes with ten processes each: more than anybody has.
func BenchmarkSample(b *testing.B) {
	root := b.TempDir()
	r := Reader{Proc: root + "/proc", Cgroup: root + "/cgroup", UID: os.Getuid()}
	put := func(path, text string) {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			b.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			b.Fatal(err)
		}
	}
	const scopes, each = 500, 10
	for i := range scopes {
		first := 1000 + i*each
		group := fmt.Sprintf("%s/app-browser-%d.scope", apps, first)
		for file, text := range map[string]string{
			"memory.current": "1000000\n", "memory.max": "2000000\n", "memory.stat": "anon 700000\nfile 300000\n", "memory.events": "high 0\noom_kill 0\n",
			"cpu.stat": "usage_usec 1000\nnr_periods 10\nnr_throttled 1\n", "cpu.max": "50000 100000\n", "pids.current": "10\n",
		} {
			put(r.Cgroup+group+"/"+file, text)
		}
		for pid := first; pid < first+each; pid++ {
			dir := fmt.Sprintf("%s/%d/", r.Proc, pid)
			put(dir+"cgroup", "0::"+group+"\n")
			put(dir+"stat", fmt.Sprintf("%d (chromium) S 1 1 1 0 -1 0 0 0 0 0 1 1 0 0 20 0 1 0 %d 100000 1000 0\n", pid, pid))
			put(dir+"cmdline", "/usr/lib/chromium/chromium\x00--type=renderer\x00")
		}
	}
	candidates := []Candidate{browser, {App: catalog.App{Key: "other", ID: "other"}, Programs: []string{"/opt/other"}}}
	for b.Loop() {
		s, err := r.Sample(candidates)
		if err != nil || len(s.Apps) != scopes || len(s.Apps[0].Processes) != each {
			b.Fatalf("%d apps, %v", len(s.Apps), err)
		}
	}
}
