//go:build rig

package session

import (
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A gate is a shell that becomes the launch when it is told to, so that its PID is
// known before.
func (s *stage) gate(name string) (p *started, open func()) {
	s.t.Helper()
	r, w, err := os.Pipe()
	s.must(err)
	s.t.Cleanup(func() { w.Close() })
	defer r.Close()
	p = s.startWith(func(c *exec.Cmd) { c.Stdin = r }, "/bin/sh", "-c", `read -r _; exec "$0"`, s.links+"/"+name)
	return p, func() { fmt.Fprintln(w) }
}

// hold makes a scope, with a process of its own in it, as somebody else would.
func hold(t *testing.T, unit string, options ...string) {
	t.Helper()
	c := exec.Command("systemd-run", append(append([]string{"--user", "--scope", "--quiet", "--unit=" + unit}, options...), "/bin/sleep", "600")...)
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		c.Process.Kill()
		c.Wait()
	})
	if !until(soon, func() bool { return show(t, unit, "ActiveState")["ActiveState"] == "active" }) {
		t.Fatalf("%s does not come up", unit)
	}
}

func TestNameTaken(t *testing.T) {
	s := plainStage(t)
	p, open := s.gate("plain")
	hold(t, fmt.Sprintf("app-plain-%d.scope", p.pid()))
	open()
	r := p.report(s.bin + "/plain-app")
	if want := fmt.Sprintf("app-plain-%dx.scope", p.pid()); unitOf(r.Group) != want || p.stderr() != "" {
		t.Errorf("it runs in %q, not %q; stderr: %q", r.Group, want, p.stderr())
	}
}

func TestBothNamesTaken(t *testing.T) {
	s := plainStage(t)
	f := fault{stage: s, says: []string{"limits", "already"}, launch: func() *started {
		p, open := s.gate("plain")
		hold(t, fmt.Sprintf("app-plain-%d.scope", p.pid()))
		hold(t, fmt.Sprintf("app-plain-%dx.scope", p.pid()))
		open()
		return p
	}}
	f.check(t)
}

// TestGuardTaken: a name that we would hold is held by somebody already.
func TestGuardTaken(t *testing.T) {
	s := newStage(t)
	s.catalogue(plain + "runtime = \"chromium\"\n")
	s.standIn("plain-app", "wait")
	s.link()
	p, open := s.gate("plain")
	hold(t, fmt.Sprintf("app-org.chromium.Chromium-%d.scope", p.pid()))
	open()
	r := p.report(s.bin + "/plain-app")
	if want := fmt.Sprintf("app-plain-%d.scope", p.pid()); unitOf(r.Group) != want || p.stderr() != "" {
		t.Errorf("it runs in %q, not %q; stderr: %q", r.Group, want, p.stderr())
	}
	// The other guards hold, and are never started.
	guard := fmt.Sprintf("app-com.google.Chrome-%d.scope", p.pid())
	if diff := cmp.Diff(map[string]string{"LoadState": "loaded", "ActiveState": "inactive"}, show(t, guard, "LoadState", "ActiveState")); diff != "" {
		t.Errorf("%s: %s", guard, diff)
	}
	out, err := try("systemd-run", "--user", "--scope", "--unit="+guard, "/bin/true")
	if err == nil || !strings.Contains(out, "already loaded") {
		t.Errorf("somebody else may make %s: %v %s", guard, err, out)
	}
}

func systemdVersion(t *testing.T) int {
	t.Helper()
	v, err := strconv.Atoi(os.Getenv("ELECTROSCOPE_RIG_SYSTEMD"))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// TestUnknownProperty: MemoryZSwapMax came with 253, and costs itself alone before.
func TestUnknownProperty(t *testing.T) {
	s := newStage(t)
	exe := s.standIn("Discord", "wait")
	s.link()
	s.env = append(s.env, "ELECTROSCOPE_SET=defaults.memory-high-without-swap = \"keep\"\napps.discord.limits.MemoryZSwapMax = \"1G\"")
	p := s.start("discord")
	r := p.report(exe)
	unit := fmt.Sprintf("app-discord-%d.scope", p.pid())
	want := map[string]string{"MemoryHigh": "2147483648", "MemoryMax": "3221225472", "CPUQuotaPerSecUSec": "1.500000s", "OOMPolicy": "continue"}
	if systemdVersion(t) >= 253 {
		want["MemoryZSwapMax"] = "1073741824"
	}
	if diff := cmp.Diff(want, show(t, unit, "MemoryHigh", "MemoryMax", "CPUQuotaPerSecUSec", "OOMPolicy", "MemoryZSwapMax")); diff != "" || unitOf(r.Group) != unit {
		t.Errorf("in %q: %s", r.Group, diff)
	}
	if said := strings.Contains(p.stderr(), "MemoryZSwapMax: systemd refuses it"); said != (systemdVersion(t) < 253) {
		t.Errorf("stderr: %q", p.stderr())
	}
	if strings.Count(p.stderr(), "\n") != 1 {
		t.Errorf("not one line: %q", p.stderr())
	}
}
