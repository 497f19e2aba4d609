//go:build rig

package session

import (
	"fmt"
	"os/exec"
	"strings"
	"syscall"
	"testing"
)

// A shell goes from inside a capped scope to one without limits, directly below app.slice.
func TestShell(t *testing.T) {
	s := nested(t)
	s.catalogue("[apps.outer]\nexec = [\"/bin/sh\"]\n[apps.outer.limits]\nMemoryMax = \"64M\"\nCPUQuota = \"10%\"\n" +
		"[defaults.limits]\nMemoryMax = \"128M\"\n")
	outer, r := s.launchInside(electroscope(), "shell", s.bin+"/plain-app", "x", "-n")
	if want := fmt.Sprintf("/app.slice/app-electroscope-shell-%d.scope", r.PID); !strings.HasSuffix(r.Group, want) {
		t.Fatalf("it runs in %q, not in %q; stderr: %s", r.Group, want, outer.stderr())
	}
	if got := string(r.Args[1]) + " " + string(r.Args[2]); got != "x -n" {
		t.Errorf("arguments %q", got)
	}
	capped := show(t, unitOf(groupOf(outer.pid())), "MemoryMax", "CPUQuotaPerSecUSec")
	if capped["MemoryMax"] != "67108864" || capped["CPUQuotaPerSecUSec"] != "100ms" {
		t.Fatalf("the app around it has %v", capped)
	}
	for name, value := range show(t, unitOf(r.Group), "MemoryMax", "MemoryHigh", "MemorySwapMax", "CPUQuotaPerSecUSec") {
		if value != "infinity" {
			t.Errorf("%s=%s", name, value)
		}
	}
	if policy := show(t, unitOf(r.Group), "OOMPolicy")["OOMPolicy"]; policy != "continue" {
		t.Errorf("OOMPolicy=%s", policy)
	}
}

func TestShellLimits(t *testing.T) {
	s := nested(t)
	p := s.start(electroscope(), "shell", "--MemoryMax=1G", "--TasksMax=100", "--", s.bin+"/plain-app")
	r := p.report(s.bin + "/plain-app")
	if got := show(t, unitOf(r.Group), "MemoryMax", "TasksMax"); got["MemoryMax"] != "1073741824" || got["TasksMax"] != "100" {
		t.Errorf("%v; stderr: %s", got, p.stderr())
	}
}

// What is in the shell's place is the command: PID, streams, status.
func TestShellProcess(t *testing.T) {
	s := nested(t)
	s.env = append(s.env, "FLATPAK_SANDBOX_DIR=", "SHELL=/bin/sh")
	script := "echo $0 $$; env | grep -c FLATPAK_SANDBOX_DIR; cat /proc/self/cgroup; exit 7\n"
	p := s.startWith(func(c *exec.Cmd) { c.Stdin = strings.NewReader(script) }, electroscope(), "shell")
	if got := p.status(); got != 7 || p.stderr() != "" {
		t.Errorf("status %d; stderr: %s", got, p.stderr())
	}
	if want := fmt.Sprintf("/bin/sh %d\n0\n", p.pid()); !strings.HasPrefix(p.stdout(), want) || !in(groupIn(p.stdout()), fmt.Sprintf("app-electroscope-shell-%d.scope", p.pid())) {
		t.Errorf("stdout: %q, want %q and its scope", p.stdout(), want)
	}
	for words, status := range map[string]int{"nonesuch": 127, s.dir: 127, "/etc/passwd": 126} {
		if p := s.start(electroscope(), "shell", words); p.status() != status || !strings.Contains(p.stderr(), words) {
			t.Errorf("%s: status %d, want %d; stderr: %s", words, p.status(), status, p.stderr())
		}
	}
	s.env = append(s.env, "SHELL=/nonexistent/shell")
	if p := s.start(electroscope(), "shell"); p.status() != 0 || p.stderr() != "" {
		t.Errorf("without a $SHELL: status %d; stderr: %s", p.status(), p.stderr())
	}
}

// An app that is started in the shell, or as its command, has its own limits again.
func TestShellApp(t *testing.T) {
	for _, words := range [][]string{{"plain"}, {"/bin/sh", "-c", "exec plain"}} {
		s := nested(t)
		p := s.start(electroscope(), append([]string{"shell"}, words...)...)
		r := p.report(s.bin + "/plain-app")
		if want := fmt.Sprintf("/app-electron.slice/app-plain-%d.scope", p.pid()); !strings.HasSuffix(r.Group, want) {
			t.Errorf("%q runs in %q, not in %q", words, r.Group, want)
		}
	}
}

func TestShellManagerHangs(t *testing.T) {
	s := nested(t)
	manager := managerPID(t)
	stop(t, manager)
	s.shellStays("does not answer")
	syscall.Kill(manager, syscall.SIGCONT)
}

// TestWithoutManagerShell needs a rig without one.
func TestWithoutManagerShell(t *testing.T) { newStage(t).shellStays("there is no user manager") }

// shellStays expects that the command runs all the same, and one line says why inside.
func (s *stage) shellStays(why string) {
	s.t.Helper()
	p := s.start(electroscope(), "shell", "sh", "-c", "exit 7")
	if got := p.status(); got != 7 {
		s.t.Errorf("status %d", got)
	}
	if err := oneLine(p.stderr(), "electroscope: note: the shell stays in session-1.scope: ", []string{why}); err != nil {
		s.t.Error(err)
	}
}
