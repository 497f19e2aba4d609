//go:build rig

package session

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// valuesStage is one whose catalogue asks for limits. The manager takes them; that the rig has
// no controllers for them is said in one line.
func valuesStage(t *testing.T, text string) *stage {
	t.Helper()
	s := newStage(t)
	s.catalogue("[defaults]\nmemory-high-without-swap = \"keep\"\n[budget]\nmemory = \"infinity\"\ncpus = \"infinity\"\n" + text)
	s.standIn("plain-app", "wait")
	s.link()
	return s
}

// TestMemoryAndCPUs: what the short keys and a MemoryMax of a later layer come to, as systemd
// has it.
func TestMemoryAndCPUs(t *testing.T) {
	const pair = "[apps.plain.limits]\nMemoryHigh = \"2G\"\nMemoryMax = \"3G\"\nCPUQuota = \"50%\"\n"
	for _, test := range []struct {
		name, app, set  string
		high, max, most string
	}{
		{"short keys", "memory = \"5GB\"\ncpus = 1.5\n", "", fmt.Sprint(4 * gib), fmt.Sprint(5 * gib), "1.500000s"},
		{"over limits of a lower layer", pair, "apps.plain = { memory = \"5GiB\", cpus = 2 }", fmt.Sprint(4 * gib), fmt.Sprint(5 * gib), "2s"},
		{"MemoryMax raised alone", pair, "apps.plain.limits.MemoryMax = \"5G\"", fmt.Sprint(4 * gib), fmt.Sprint(5 * gib), "500ms"},
		{"taken off", pair, "apps.plain.memory = \"infinity\"", "infinity", "infinity", "500ms"},
		{"no program can live in it", pair, "apps.plain.limits.MemoryMax = 3", fmt.Sprint(2 * gib), fmt.Sprint(3 * gib), "500ms"},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := valuesStage(t, "[apps.plain]\nexec = [\"plain-app\"]\n"+test.app)
			if test.set != "" {
				s.env = append(s.env, "ELECTROSCOPE_SET="+test.set)
			}
			p := s.start("plain")
			r := p.report(s.bin + "/plain-app")
			want := map[string]string{"MemoryHigh": test.high, "MemoryMax": test.max, "CPUQuotaPerSecUSec": test.most}
			if diff := cmp.Diff(want, show(t, unitOf(r.Group), "MemoryHigh", "MemoryMax", "CPUQuotaPerSecUSec")); diff != "" {
				t.Errorf("in %q (-want +got):\n%s\nstderr: %s", r.Group, diff, p.stderr())
			}
			if strings.Contains(p.stderr(), `did you mean "3G"?`) != (test.name == "no program can live in it") {
				t.Errorf("stderr: %s", p.stderr())
			}
		})
	}
}

// TestDefaultCap: an app without limits gets a quarter of the RAM, also when another app starts it.
func TestDefaultCap(t *testing.T) {
	var info syscall.Sysinfo_t
	if err := syscall.Sysinfo(&info); err != nil {
		t.Fatal(err)
	}
	quarter := uint64(info.Totalram) * uint64(info.Unit) / 4
	s := valuesStage(t, "[apps.outer]\nexec = [\"/bin/sh\"]\n[apps.outer.limits]\nTasksMax = 600\n[apps.plain]\nexec = [\"plain-app\"]\n")
	s.must(os.Remove(s.dir + "/etc/electroscope/apps.toml"))

	p := s.start("plain")
	r := p.report(s.bin + "/plain-app")
	want := map[string]string{"MemoryMax": fmt.Sprint(quarter)}
	if diff := cmp.Diff(want, show(t, unitOf(r.Group), "MemoryMax")); diff != "" {
		t.Errorf("in %q (-want +got):\n%s\nstderr: %s", r.Group, diff, p.stderr())
	}
	// From inside another app too: it is no helper of that one.
	_, r = s.launchInside(s.links + "/plain")
	if unit := fmt.Sprintf("app-plain-%d.scope", r.PID); unitOf(r.Group) != unit {
		t.Errorf("inside another app it runs in %q, not in %q", r.Group, unit)
	} else if diff := cmp.Diff(want, show(t, unit, "MemoryMax")); diff != "" {
		t.Errorf("inside another app (-want +got):\n%s", diff)
	}
}

// TestDisabled: an app that is switched off is not moved, and gets nothing of ours.
func TestDisabled(t *testing.T) {
	s := valuesStage(t, "[apps.plain]\nexec = [\"plain-app\"]\nruntime = \"electron\"\nswitches = [\"--x\"]\nenv.OURS = \"1\"\n[apps.plain.limits]\nMemoryMax = \"1G\"\n[apps.plain.escape]\nenv = \"always\"\n")
	s.env = append(s.env, "ELECTROSCOPE_SET=apps.plain.enabled = false")
	p := s.start("plain", "--its-own")
	r := p.report(s.bin + "/plain-app")
	if own := groupOf(os.Getpid()); r.Group != own || r.PID != p.pid() {
		t.Errorf("it runs in %q as %d, not in %q as %d", r.Group, r.PID, own, p.pid())
	}
	if len(r.Args) != 2 || string(r.Args[1]) != "--its-own" {
		t.Errorf("arguments %q", r.Args)
	}
	for _, v := range r.Env {
		if bytes.HasPrefix(v, []byte("OURS=")) || bytes.HasPrefix(v, []byte("FLATPAK_SANDBOX_DIR=")) {
			t.Errorf("it has %s in its environment", v)
		}
	}
	if p.stderr() != "" {
		t.Errorf("stderr: %s", p.stderr())
	}
}

// TestForetoldEnforcement: the dry run says what the rig's manager has no controller for, and
// what the launch then says is no news.
func TestForetoldEnforcement(t *testing.T) {
	s := valuesStage(t, "[apps.plain]\nexec = [\"plain-app\"]\nmemory = \"5G\"\ncpus = 1\n")
	p := s.start(electroscope(), "run", "-n", "--json", "plain")
	if status := p.status(); status != 0 {
		t.Fatalf("status %d, stderr: %s", status, p.stderr())
	}
	var plan struct {
		Enforcement map[string]struct{ State, Reason string }
	}
	if err := json.Unmarshal([]byte(p.stdout()), &plan); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"MemoryHigh", "MemoryMax", "CPUQuotaPerSecUSec"} {
		if e := plan.Enforcement[name]; e.State != "not enforced" || !strings.Contains(e.Reason, "is not given the cgroup controller") {
			t.Errorf("%s: %+v", name, e)
		}
	}
	p = s.start(electroscope(), "config", "check")
	if status := p.status(); status != 0 || !strings.Contains(p.stdout(), "NOT enforced here: MemoryHigh, MemoryMax, CPUQuota: this user's manager is not given the cgroup controller memory, cpu") {
		t.Errorf("status %d, stdout: %s", status, p.stdout())
	}
}
