//go:build rig

package session

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// The rig has no memory and no cpu controller, so what is seen here is what the manager has;
// tests/uml has what the kernel makes of it.

// ask runs electroscope to its end, and gives its exit status and what it printed.
func (s *stage) ask(words ...string) (status int, out, said string) {
	s.t.Helper()
	c := exec.Command(electroscope(), words...)
	var stdout, stderr strings.Builder
	c.Env, c.Stdout, c.Stderr = s.env, &stdout, &stderr
	timer := time.AfterFunc(time.Minute, func() { c.Process.Kill() })
	defer timer.Stop()
	if err := c.Run(); c.ProcessState == nil {
		s.t.Fatal(err)
	}
	return c.ProcessState.ExitCode(), stdout.String(), stderr.String()
}

// running is the plain app in its scope.
func (s *stage) running() (p *started, unit, group string) {
	s.t.Helper()
	p = s.start("plain")
	r := p.report(s.bin + "/plain-app")
	return p, unitOf(r.Group), r.Group
}

// TestSet: each manager takes the limits and has them from then on, the app's table is
// saved, and what no controller enforces here is not called in force.
func TestSet(t *testing.T) {
	s := plainStage(t)
	p, unit, _ := s.running()
	status, out, said := s.ask("set", "--save", "plain", "memory=4G", "cpus=2", "TasksMax=500")
	if status != 1 || strings.Count(said, "has no effect") < 3 {
		t.Errorf("status %d; it prints %q and says %q", status, out, said)
	}
	want := map[string]string{"MemoryMax": fmt.Sprint(4 * gib), "CPUQuotaPerSecUSec": "2s", "TasksMax": "500"}
	if diff := cmp.Diff(want, show(t, unit, "MemoryMax", "CPUQuotaPerSecUSec", "TasksMax")); diff != "" {
		t.Error(diff)
	}
	text, err := os.ReadFile(s.config + "/electroscope/apps.toml")
	if err != nil || !strings.Contains(string(text), "exec = [\"plain-app\"]\nmemory = \"4G\"\ncpus = 2\nlimits.TasksMax = 500\n") {
		t.Errorf("%v: %s", err, text)
	}
	if next := s.start("plain"); next.report(s.bin+"/plain-app").PID > 0 {
		if diff := cmp.Diff(want, show(t, fmt.Sprintf("app-plain-%d.scope", next.pid()), "MemoryMax", "CPUQuotaPerSecUSec", "TasksMax")); diff != "" {
			t.Errorf("the next launch: %s", diff)
		}
	}
	if status, _, said := s.ask("stop", "plain"); status != 2 || !strings.Contains(said, "plain runs 2 times") || !strings.Contains(said, fmt.Sprint(p.pid())) {
		t.Errorf("status %d: %q", status, said)
	}
}

// TestSetDropIn: a drop-in that will have the last word again is named.
func TestSetDropIn(t *testing.T) {
	s := plainStage(t)
	file := s.dropIn("app-plain-.scope.d", "[Scope]\nMemoryMax=1G\n")
	_, unit, _ := s.running()
	_, _, said := s.ask("set", "plain", "MemoryMax=3G")
	if files := show(t, unit, "DropInPaths")["DropInPaths"]; !strings.Contains(files, filepath.Base(file)) {
		t.Fatalf("the drop-ins are %q", files)
	}
	if !strings.Contains(said, filepath.Base(file)) || !strings.Contains(said, "MemoryMax=1G") {
		t.Errorf("of %s it says %q", file, said)
	}
	if got := show(t, unit, "MemoryMax")["MemoryMax"]; got != fmt.Sprint(3*gib) {
		t.Errorf("MemoryMax is %s", got)
	}
	systemctl(t, "daemon-reload")
	if got := show(t, unit, "MemoryMax")["MemoryMax"]; got != fmt.Sprint(gib) {
		t.Errorf("after a daemon-reload, MemoryMax is %s: what is said of the drop-in is not so", got)
	}
}

// TestFreezeThawStop: by the manager, or by the kernel if it takes it for one without a
// freezer, which it does here before 258 (there is no init.scope).
func TestFreezeThawStop(t *testing.T) {
	s := plainStage(t)
	p, _, group := s.running()
	frozen := func() string {
		text, err := os.ReadFile("/sys/fs/cgroup" + group + "/cgroup.events")
		s.must(err)
		_, value, _ := strings.Cut(string(text), "frozen ")
		return strings.TrimSpace(value)
	}
	if status, _, said := s.ask("freeze", "plain"); status != 0 || frozen() != "1" {
		t.Errorf("status %d, frozen %s: %s", status, frozen(), said)
	}
	if status, _, said := s.ask("thaw", "plain"); status != 0 || frozen() != "0" {
		t.Errorf("status %d, frozen %s: %s", status, frozen(), said)
	}
	s.ask("freeze", "plain")
	status, out, said := s.ask("stop", fmt.Sprint(p.pid()))
	if status != 0 || !strings.Contains(out, "ended") || !until(10*time.Second, func() bool { _, err := os.Stat("/sys/fs/cgroup" + group); return err != nil }) {
		t.Errorf("status %d: %q, %q", status, out, said)
	}
	if status, _, said := s.ask("stop", "plain"); status != 1 || !strings.Contains(said, "plain does not run") {
		t.Errorf("status %d: %q", status, said)
	}
}

// TestFix: what left its scope comes back, and what is beside it stays.
func TestFix(t *testing.T) {
	s := plainStage(t)
	s.standIn("two-app", "wait")
	s.script("pair-app", "#!/bin/sh\nsleep 300 &\nexec "+s.bin+"/two-app\n")
	s.catalogue(strings.Replace(plain, `"plain-app"`, `"pair-app"`, 1))
	p := s.start("plain")
	home := p.report(s.bin + "/two-app").Group
	t.Cleanup(func() { // its child
		pids, _ := os.ReadFile("/sys/fs/cgroup" + home + "/cgroup.procs")
		for _, word := range strings.Fields(string(pids)) {
			if pid, err := strconv.Atoi(word); err == nil {
				syscall.Kill(pid, syscall.SIGKILL)
			}
		}
	})
	other := exec.Command("systemd-run", "--user", "--scope", "--quiet", "sleep", "300")
	other.Env = append(os.Environ(), s.env...)
	s.must(other.Start())
	t.Cleanup(func() {
		other.Process.Signal(syscall.SIGKILL)
		other.Wait()
	})
	group := func(pid int) string {
		text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/cgroup", pid))
		_, path, _ := strings.Cut(string(text), "0::")
		return strings.TrimSpace(path)
	}
	if !until(10*time.Second, func() bool { return strings.HasPrefix(filepath.Base(group(other.Process.Pid)), "run-") }) {
		t.Fatalf("the other scope: %q", group(other.Process.Pid))
	}
	elsewhere := group(other.Process.Pid)
	s.must(os.WriteFile("/sys/fs/cgroup"+elsewhere+"/cgroup.procs", []byte(fmt.Sprint(p.pid())), 0))
	status, out, said := s.ask("status", "--fix", "plain")
	if status != 0 || group(p.pid()) != home || !strings.Contains(said, "is back in its scope") {
		t.Errorf("status %d, in %q: %q, %q", status, group(p.pid()), out, said)
	}
	if group(other.Process.Pid) != elsewhere {
		t.Errorf("what was beside it is in %q", group(other.Process.Pid))
	}
}
