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
)

// inNamespaces starts a launch in namespaces of its own, as that uid of a user
// namespace.
func inNamespaces(flags uintptr, uid int) func(*exec.Cmd) {
	return func(c *exec.Cmd) {
		c.SysProcAttr = &syscall.SysProcAttr{
			Cloneflags:  syscall.CLONE_NEWUSER | flags,
			UidMappings: []syscall.SysProcIDMap{{ContainerID: uid, HostID: os.Getuid(), Size: 1}},
			GidMappings: []syscall.SysProcIDMap{{ContainerID: uid, HostID: os.Getgid(), Size: 1}},
		}
	}
}

// TestUserNamespace: the manager knows who calls (SO_PEERCRED), whatever uid that is
// inside (unshare -r).
func TestUserNamespace(t *testing.T) {
	for _, uid := range []int{0, 1000, 4321} {
		t.Run(strconv.Itoa(uid), func(t *testing.T) {
			s := plainStage(t)
			p := s.startWith(inNamespaces(0, uid), "plain")
			if r := p.report(s.bin + "/plain-app"); !in(r.Group, "app-electron.slice") || p.stderr() != "" {
				t.Errorf("it runs in %q; stderr: %q", r.Group, p.stderr())
			}
		})
	}
	t.Run("on the private socket", func(t *testing.T) {
		s := plainStage(t)
		s.must(os.MkdirAll(s.dir+"/systemd", 0o700))
		s.must(os.Symlink(os.Getenv("XDG_RUNTIME_DIR")+"/systemd/private", s.dir+"/systemd/private"))
		s.runtimeDir("XDG_RUNTIME_DIR=" + s.dir)
		p := s.startWith(inNamespaces(0, 0), "plain")
		if r := p.report(s.bin + "/plain-app"); !in(r.Group, "app-electron.slice") || p.stderr() != "" {
			t.Errorf("it runs in %q; stderr: %q", r.Group, p.stderr())
		}
	})
}

// TestCgroupNamespace: what limits hold cannot be read there. That is no fault of the
// launch, and none to refuse it for.
func TestCgroupNamespace(t *testing.T) {
	s := newStage(t)
	s.catalogue(strings.Replace(talkative, "[apps.plain]\n", "[apps.plain]\non-failure = \"refuse\"\n", 1))
	exe := s.standIn("plain-app", "wait")
	s.link()
	p := s.startWith(inNamespaces(syscall.CLONE_NEWCGROUP, os.Getuid()), "plain")
	r := p.report(exe)
	if group := groupOf(r.PID); !in(group, "app-electron.slice") || p.stderr() != "" {
		t.Errorf("it runs in %q; stderr: %q", group, p.stderr())
	}
}

// TestHiddenFiles: a sandbox that hides the kernel's files hides the limits, and takes
// none away. What cannot be looked at is no fault.
func TestHiddenFiles(t *testing.T) {
	for hidden, says := range map[string]string{"/sys/fs/cgroup": "", "/proc": "without a look at its limits"} {
		t.Run(hidden, func(t *testing.T) {
			s := newStage(t)
			s.catalogue("[budget]\nmemory = \"infinity\"\n[apps.plain]\nexec = [\"/bin/sleep\"]\non-failure = \"refuse\"\nlimits = { MemoryMax = \"9G\" }\n")
			s.link()
			p := s.start("/usr/bin/unshare", "--user", "--map-root-user", "--mount", "sh", "-c",
				`mount -t tmpfs none "$1" && exec "$0" 1000`, s.links+"/plain", hidden)
			sleeps := func() bool {
				exe, _ := os.Readlink(fmt.Sprintf("/proc/%d/exe", p.pid()))
				return filepath.Base(exe) == "sleep"
			}
			if !until(soon, sleeps) {
				t.Fatalf("it does not run; stderr: %q", p.stderr())
			}
			if group := groupOf(p.pid()); !in(group, "app-electron.slice") {
				t.Errorf("it runs in %q", group)
			}
			if said := p.stderr(); (said == "") != (says == "") || !strings.Contains(said, says) {
				t.Errorf("stderr: %q, want %q", said, says)
			}
		})
	}
}

// TestPIDNamespace: a PID from inside is another process's outside. That one stays
// where it is, and the app comes into its scope.
func TestPIDNamespace(t *testing.T) {
	s := plainStage(t)
	victim := s.start("/bin/sleep", "1000")
	before := groupOf(victim.pid())
	// The next PID inside is to be the victim's: proc_sys_kernel(5), ns_last_pid.
	const loop = `while [ ! -e "$1" ]; do
	echo $(($3 - 1)) >/proc/sys/kernel/ns_last_pid
	sh -c '[ $$ -eq "$3" ] && : >"$1" && exec "$2"' sh "$@"
done`
	launch := s.start("/usr/bin/unshare", "-U", fmt.Sprintf("--map-user=%d", os.Getuid()), fmt.Sprintf("--map-group=%d", os.Getgid()),
		"--keep-caps", "-pf", "--mount-proc", "sh", "-c", loop, "sh", s.dir+"/found", s.links+"/plain", strconv.Itoa(victim.pid()))
	r := reportOf(t, s.bin+"/plain-app", victim.pid())
	if want := fmt.Sprintf("/app-electron.slice/app-plain-%d.scope", victim.pid()); !strings.HasSuffix(r.Group, want) {
		t.Errorf("the app runs in %q; stderr: %s", r.Group, launch.stderr())
	}
	if after := groupOf(victim.pid()); after != before {
		t.Errorf("another process was moved from %q to %q", before, after)
	}
	if launch.stderr() != "" {
		t.Errorf("stderr: %s", launch.stderr())
	}
}
