package monitor

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// FuzzGroup: whatever the kernel's files of a control group hold, their figures can be shown as
// JSON, and read from it are the same.
func FuzzGroup(f *testing.F) {
	f.Add("262144000\n", "anon 1\nfile 2\nusage_usec 3\noom_kill 4\nfrozen 1\n", "50000 100000", "some avg10=12.50 avg60=1.00 avg300=0.00 total=5\nfull avg10=3.00\n")
	f.Add("max\n", "high\n", "max 100000", "some avg10=NaN avg60=1\nfull avg10=+Inf")
	f.Add("18446744073709551615", "anon 18446744073709551616", "18446744073709551614 1", "some avg10=1e400 ")
	f.Fuzz(func(t *testing.T, number, keyed, quota, pressure string) {
		stat := parseFields(keyed)
		g := Group{
			Memory: Memory{Current: ParseFigure(number), Anon: stat["anon"], File: stat["file"]}, Events: Events{OOMKill: stat["oom_kill"]},
			CPU: CPU{Usage: stat["usage_usec"], Quota: parseQuota(quota)}, Frozen: stat["frozen"],
			Pressure: pressureOf(func(string) string { return pressure }),
		}
		text, err := json.Marshal(g)
		if err != nil {
			t.Fatalf("%+v: %v", g, err)
		}
		var again Group
		if err := json.Unmarshal(text, &again); err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		back, err := json.Marshal(again)
		if err != nil || !cmp.Equal(text, back) {
			t.Errorf("%s is read as %s, %v", text, back, err)
		}
	})
}

// FuzzProc: whatever /proc tells of a process or the machine, what is taken has a PID and numbers.
func FuzzProc(f *testing.F) {
	f.Add(stat(7, 250), "MemTotal:       16316412 kB\nSwapTotal: 1 kB\n", "12.5 3\n")
	f.Add("7 (a) b (c", "MemTotal: 18446744073709551615 kB", "1e300")
	f.Fuzz(func(t *testing.T, process, memory, up string) {
		if p, ok := parseStat(process, 4096); ok && (p.PID <= 0 || p.Started < 0) {
			t.Errorf("%q is %+v", process, p)
		}
		if d := parseUptime(up); d < 0 {
			t.Errorf("%q is %v", up, d)
		}
		info := parseMeminfo(memory)
		if m := (Machine{RAM: info["MemTotal"], Available: info["MemAvailable"]}); m.Used().Or(0) > m.RAM.Or(0) {
			t.Errorf("%q: %v in use of %v", memory, m.Used(), m.RAM)
		}
	})
}
