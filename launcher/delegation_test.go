package launcher

import (
	"errors"
	"io/fs"
	"net"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"electroscope/launcher/dbus"
)

func TestDelegation(t *testing.T) {
	refused := errors.New("permission denied")
	for _, test := range []struct {
		name     string
		d        Delegation
		property string
		want     Enforcement
		why      string
	}{
		{"there", delegated([]string{"cpu", "memory", "pids"}, nil, false), "MemoryMax", Enforced, ""},
		{"the quota", delegated([]string{"memory", "pids"}, nil, false), "CPUQuotaPerSecUSec", NotEnforced, "not given the cgroup controller cpu"},
		{"a share of tasks", delegated([]string{"memory"}, nil, false), "TasksMaxScale", NotEnforced, "controller pids"},
		{"none at all", delegated(nil, nil, false), "MemoryHigh", NotEnforced, "controller memory"},
		{"no limit of the kernel's", delegated(nil, nil, false), "OOMPolicy", Enforced, ""},
		{"not to be read", delegated(nil, refused, false), "MemoryMax", Unknown, "cannot be read: permission denied"},
		{"version 1", delegated(nil, fs.ErrNotExist, true), "MemoryMax", NotEnforced, "cgroup v1"},
		{"no socket", unasked(fs.ErrNotExist), "MemoryMax", NotEnforced, "there is no user manager"},
		{"nobody listens", unasked(syscall.ECONNREFUSED), "OOMPolicy", NotEnforced, "there is no user manager"},
		{"no answer", unasked(dbus.ErrDeadline), "MemoryMax", Unknown, "no answer in time"},
		{"not allowed", unasked(syscall.EACCES), "MemoryMax", Unknown, "permission denied"},
	} {
		got, why := test.d.Enforces(test.property)
		if got != test.want || !strings.Contains(why.String(), test.why) || (got == Enforced) != (why.String() == "") {
			t.Errorf("%s: %s, %q", test.name, got, why)
		}
	}
}

// TestSilentManager: one that takes the connection and never answers is waited for until the
// deadline, and what it would say is unknown.
func TestSilentManager(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mkdir(dir+"/systemd", 0o700); err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("unix", filepath.Join(dir, "systemd/private"))
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	_, err = managerGroup(dir, time.Now().Add(20*time.Millisecond))
	if state, why := unasked(err).Enforces("MemoryMax"); state != Unknown {
		t.Errorf("%s: %v", state, why)
	}
}
