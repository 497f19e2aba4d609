//go:build rig

package session

import (
	"errors"
	"os"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// TestGracePeriod: the write by which a launch has the kernel begin a grace period
// (launcher/graceperiod.go) moves nothing, from a session's scope and from an app's.
func TestGracePeriod(t *testing.T) {
	manager := strings.TrimSpace(systemctl(t, "show", "--property=ControlGroup", "--value"))
	file := "/sys/fs/cgroup" + manager + "/cgroup.threads"
	t.Run("session", func(t *testing.T) {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		before := groupOf(os.Getpid())
		f, err := os.OpenFile(file, os.O_WRONLY, 0)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		_, err = f.WriteString(strconv.Itoa(syscall.Gettid()))
		if !refusesThread(err) {
			t.Errorf("write to %q: %v", file, err)
		}
		if after := groupOf(os.Getpid()); after != before {
			t.Errorf("moved from %q to %q", before, after)
		}
	})
	t.Run("app", func(t *testing.T) {
		const script = `grep ^0:: /proc/self/cgroup; if echo $$ >"$0"; then echo taken; fi; grep ^0:: /proc/self/cgroup`
		out := tool(t, "systemd-run", "--user", "--scope", "--quiet", "--slice=app.slice", "sh", "-c", script, file)
		before, rest, _ := strings.Cut(out, "\n")
		if strings.Contains(rest, "taken") || strings.Count(out, before+"\n") != 2 || !strings.Contains(out, "/app.slice/") {
			t.Errorf("%s", out)
		}
	})
}

// refusesThread: cgroup_attach_permissions and cgroup_migrate_vet_dst, kernel/cgroup/cgroup.c.
func refusesThread(err error) bool {
	return errors.Is(err, syscall.EOPNOTSUPP) || errors.Is(err, syscall.EBUSY) || errors.Is(err, syscall.EACCES)
}
