//go:build rig

package session

import (
	"os"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"electroscope/launcher/procstat"
)

// managerPID is the real manager, which the rig lets its user signal.
func managerPID(t *testing.T) int {
	t.Helper()
	pid, err := strconv.Atoi(os.Getenv("MANAGER_PID"))
	if err != nil || pid < 2 {
		t.Fatalf("MANAGER_PID is %q", os.Getenv("MANAGER_PID"))
	}
	return pid
}

// stop freezes the manager, and waits until it stands still.
func stop(t *testing.T, pid int) {
	t.Helper()
	if err := syscall.Kill(pid, syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { syscall.Kill(pid, syscall.SIGCONT) })
	if !until(soon, func() bool { return state(pid) == 'T' }) {
		t.Fatal("the manager does not stop")
	}
}

// state is the third field of /proc/PID/stat (proc_pid_stat(5)); 0 if there is no such process.
func state(pid int) byte {
	if s := procstat.Read("/proc/" + strconv.Itoa(pid)).Field(3); s != "" {
		return s[0]
	}
	return 0
}

func TestManagerHangs(t *testing.T) {
	s := plainStage(t)
	manager := managerPID(t)
	stop(t, manager)
	f := fault{stage: s, says: []string{"limits", "does not answer"}}
	_, r := f.runs(t)
	if in(r.Group, "app-electron.slice") {
		t.Errorf("it is in %q of a stopped manager", r.Group)
	}
	f.refuses(t)
	syscall.Kill(manager, syscall.SIGCONT)
	if p := s.start("plain"); !in(p.report(s.bin+"/plain-app").Group, "app-electron.slice") || p.stderr() != "" {
		t.Errorf("once the manager is well again: %q", p.stderr())
	}
}

// TestManagerDies needs a rig whose manager is not needed afterwards. A stopped
// process still accepts connections into its backlog and dies with them.
func TestManagerDies(t *testing.T) {
	s := plainStage(t)
	manager := managerPID(t)
	stop(t, manager)
	exe := s.bin + "/plain-app"
	p := s.start("plain")
	if !until(soon, func() bool { return len(processesOf(electroscope())) == 1 && connections(t) > 0 }) {
		t.Fatal("the launch does not call the manager")
	}
	s.must(syscall.Kill(manager, syscall.SIGKILL))
	r, ok := p.reportWithin(late, exe)
	if !ok || in(r.Group, "app-electron.slice") {
		t.Fatalf("the app does not run; stderr: %s", p.stderr())
	}
	if err := oneLine(p.stderr(), "electroscope: note: plain runs without ", []string{"limits"}); err != nil {
		t.Error(err)
	}
	fault{stage: s, says: []string{"limits"}}.check(t) // and without it from the start
}

// connections counts those to the manager's private socket, in this network
// namespace's table (proc_net(5), unix).
func connections(t *testing.T) int {
	t.Helper()
	text, err := os.ReadFile("/proc/net/unix")
	if err != nil {
		t.Fatal(err)
	}
	return strings.Count(string(text), os.Getenv("XDG_RUNTIME_DIR")+"/systemd/private\n") - 1 // one listens
}

// TestManagerBusyAtLogin: the main process of a unit, as an autostart entry is, waits for a
// manager that is slower than anyone at a prompt would wait.
func TestManagerBusyAtLogin(t *testing.T) {
	s := plainStage(t)
	manager := managerPID(t)
	stop(t, manager)
	p := s.start("/bin/sh", "-c", `export SYSTEMD_EXEC_PID=$$; exec "$0"`, s.links+"/plain")
	time.Sleep(11 * time.Second) // more than a launch from a prompt waits for one that does nothing
	s.must(syscall.Kill(manager, syscall.SIGCONT))
	if r := p.report(s.bin + "/plain-app"); !in(r.Group, "app-electron.slice") || p.stderr() != "" {
		t.Errorf("it is in %q; stderr: %q", r.Group, p.stderr())
	}
}
