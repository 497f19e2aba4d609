//go:build rig

package uml

import (
	"encoding/json"
	"strings"
	"testing"
)

// TestCompare: real Chromium without electroscope and with it does the same work, all of which is
// measured, and nothing of it is left.
func TestCompare(t *testing.T) {
	s := browserStage(t)
	out := s.tool(electroscope(), "compare", "--json", "--rounds=1", "--seconds=2", "--a=off", "--b=limits.CPUQuota = \"90%\"", "browser",
		"--", "--headless", "--no-sandbox", "--disable-gpu", "--disable-crash-reporter")
	var got struct {
		A, B struct {
			Setting string
			Rounds  []map[string]*float64
		}
	}
	if err := json.Unmarshal([]byte(out), &got); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	for _, side := range [][]map[string]*float64{got.A.Rounds, got.B.Rounds} {
		if len(side) != 1 {
			t.Fatalf("rounds: %s", out)
		}
		for figure, least := range map[string]float64{"memory_peak": 40 << 20, "memory_mean": 20 << 20, "cpu_seconds": 0.5, "ready_seconds": 0.1, "frames": 1} {
			if n := side[0][figure]; n == nil || *n < least {
				t.Errorf("%s is %v, of at least %v: %s", figure, n, least, out)
			}
		}
		if *side[0]["memory_peak"] < *side[0]["memory_mean"] {
			t.Errorf("the peak is below the mean: %s", out)
		}
	}
	if max := 256.0 * (1 << 20); *got.B.Rounds[0]["memory_peak"] > max {
		t.Errorf("under MemoryMax=256M it had %v", *got.B.Rounds[0]["memory_peak"])
	}
	if !until(func() bool { out, _ := try(nil, "pgrep", "-c", "chromium"); return strings.TrimSpace(out) == "0" }) {
		t.Error("a Chromium is left")
	}
	if out := s.tool("systemctl", "--user", "list-units", "--no-legend", "--state=active", "*.scope"); strings.Contains(out, "compare") || strings.Contains(out, "browser") {
		t.Errorf("a scope is left: %s", out)
	}
}
