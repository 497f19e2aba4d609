//go:build rig

package uml

import (
	"os/exec"
	"strings"
	"testing"
)

// TestTooLittle: a limit in which no program can live costs itself, not the launch.
func TestTooLittle(t *testing.T) {
	for _, limit := range []string{"MemoryMax = 3", `MemoryMax = "3K"`, `CPUQuota = "0.01%"`} {
		t.Run(limit, func(t *testing.T) {
			s := newStage(t, "[apps.plain]\nexec = [\"stand-in\"]\n[apps.plain.limits]\n"+limit+"\n")
			p := s.start("plain")
			p.runs()
			name, _, _ := strings.Cut(limit, " ")
			if said := p.said(); !strings.Contains(said, name) {
				t.Errorf("it says %q", said)
			}
			c := exec.Command(electroscope(), "config", "check")
			c.Env = s.env
			if out, err := c.CombinedOutput(); err == nil || !strings.Contains(string(out), name) {
				t.Errorf("config check: %v\n%s", err, out)
			}
		})
	}
}
