//go:build rig

package uml

import (
	"encoding/json"
	"strings"
	"testing"
)

// expectDoctor makes checks and holds them against "CHECK: STATE" lines, with part of what is
// found behind a comma.
func (s *stage) expectDoctor(lines string) {
	s.t.Helper()
	out, _ := try(s.env, electroscope(), "doctor", "--json") // its status follows from the findings
	var list []struct{ Check, State, Found string }
	if err := json.Unmarshal([]byte(out), &list); err != nil {
		s.t.Fatalf("doctor: %v: %s", err, out)
	}
	for line := range strings.SplitSeq(strings.TrimSpace(lines), "\n") {
		check, rest, _ := strings.Cut(strings.TrimSpace(line), ": ")
		state, found, _ := strings.Cut(rest, ", ")
		made := false
		for _, f := range list {
			if f.Check != check {
				continue
			}
			made = true
			if f.State != state || !strings.Contains(f.Found, found) {
				s.t.Errorf("%s is %q, found %q; want %s, %q", check, f.State, f.Found, state, found)
			}
		}
		if !made {
			s.t.Errorf("no check %s", check)
		}
	}
}

const doctored = `
[budget]
memory = "50%"
cpus = "50%"
[apps.plain]
exec = ["stand-in"]
[apps.plain.limits]
MemoryMax = "64M"
MemorySwapMax = "0"
CPUQuota = "50%"
`

// TestDoctor: a machine that enforces limits, with zram and without, and an app within them.
func TestDoctor(t *testing.T) {
	setSwap(t, true)
	s := newStage(t, doctored)
	app := s.start("plain", "hog", s.dir+"/ended")
	scope := app.scope("plain")
	s.waitFor("ended")
	s.expectDoctor(`
		user-manager: ok, systemd 257
		private-socket: ok
		cgroup-v2: ok
		controllers: ok, cpu memory pids
		escape-cure: ok, plain
		limits-in-force: ok, plain
		apps-slice: ok, CPUQuota=50%
		within-limits: warn, plain: 1 processes killed
		zram: ok, /dev/zram0, 1G
		zram-algorithm: warn, lzo-rle
		psi: warn
		swappiness: warn, 60, with zram
		system-state: ok
		io-scheduler: not here
		gpu-driver: not here
	`)
	// The kernel has another limit than apps.toml.
	s.tool("systemctl", "--user", "set-property", "--runtime", scope.name(), "MemoryMax=1G")
	s.expectDoctor("limits-in-force: warn, plain has MemoryMax=1G")
	s.tool("systemctl", "--user", "set-property", "--runtime", scope.name(), "MemoryMax=infinity")
	s.expectDoctor("limits-in-force: fail, plain has no MemoryMax")
	setSwap(t, false)
	s.expectDoctor("zram: fail, no swap at all\nzram-size: not here\nswappiness: not here")
}

// TestDoctorChromium: a real browser in its limits draws on the CPU where there is no card.
func TestDoctorChromium(t *testing.T) {
	s := browserStage(t)
	p := s.start("browser", "--user-data-dir="+s.dir+"/profile", "about:blank")
	scope := p.scope("browser")
	if !until(func() bool { return len(renderers(scope)) > 0 }) {
		t.Fatalf("it shows no page; stderr: %s", p.said())
	}
	s.expectDoctor(`
		engines: ok, browser: Chromium
		heap: warn, browser: heap 2G, MemoryMax 256M
		escape-cure: ok, browser
		limits-in-force: ok, browser
		gpu-processes: not here
	`)
}
