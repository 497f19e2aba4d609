package render

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"electroscope/monitor"
)

// TestOpenMetrics: tests/package reads the same file with the parser of the reference
// implementation, prometheus_client.
func TestOpenMetrics(t *testing.T) {
	s := running()
	s.Apps[2].Name = "a \"b\"\\\n\xff" // escaped, and UTF-8
	s.Machine.Pressure.MemorySome = monitor.Percent(12.5)
	var b strings.Builder
	if err := OpenMetrics(&b, s); err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile("testdata/status.openmetrics")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), b.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for _, line := range []string{
		"\nelectroscope_machine_memory_stall_ratio 0.125\n",
		"\nelectroscope_app_memory_bytes{app=\"discord\",unit=\"app-com.discordapp.Discord-31415.scope\",pid=\"31415\"} 3040870400\n",
		"\nelectroscope_app_memory_max_bytes{app=\"teams\",unit=\"app-teams-7.scope\",pid=\"7\"} +Inf\n",
		"\nelectroscope_app_cpu_quota_seconds{app=\"discord\",unit=\"app-com.discordapp.Discord-31415.scope\",pid=\"31415\"} 1.5\n",
		"\nelectroscope_app_oom_kills_total{app=\"discord\",unit=\"app-com.discordapp.Discord-31415.scope\",pid=\"31415\"} 1\n",
		`app="a \"b\"\\\n?"`,
	} {
		if !strings.Contains(b.String(), line) {
			t.Errorf("it does not have %q", line)
		}
	}
	b.Reset()
	if err := OpenMetrics(&b, monitor.Sample{}); err != nil || b.String() != "# EOF\n" {
		t.Errorf("of nothing: %q, %v", b.String(), err)
	}
}

// TestMetrics: each has a name of its own that ends in its unit, and is a sentence's worth of help.
func TestMetrics(t *testing.T) {
	s := running()
	seen := map[string]bool{}
	for _, m := range append(appMetrics(), machineMetrics(s)...) {
		if seen[m.name] || m.unit != "" && !strings.HasSuffix(m.name, "_"+m.unit) || !strings.HasSuffix(m.help, ".") || strings.ContainsAny(m.help, "\\\"\n") {
			t.Errorf("%+v", m)
		}
		seen[m.name] = true
	}
}
