//go:build rig

package session

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestProcess holds a launched app against the same program started without us.
func TestProcess(t *testing.T) {
	s := plainStage(t)
	exe := s.bin + "/plain-app"
	elsewhere := t.TempDir()
	input, err := os.Open("/etc/passwd")
	s.must(err)
	defer input.Close()
	change := func(c *exec.Cmd) {
		c.Dir, c.Stdin = elsewhere, input
		c.Env = append(s.env, "EMPTY=", "LINES=a\nb", "EQUALS=a=b", "BYTES=\xff\xfe", "GODEBUG=madvdontneed=1", "novalue")
	}
	bare := s.startWith(change, exe, "x")
	want := bare.report(exe)
	p := s.startWith(change, "plain", "x")
	got := p.report(exe)

	if got.PID != p.pid() || got.PPID != os.Getpid() {
		t.Errorf("pid %d of %d, started as %d by %d", got.PID, got.PPID, p.pid(), os.Getpid())
	}
	if !in(got.Group, "app-electron.slice") {
		t.Errorf("it runs in %q; stderr: %s", got.Group, p.stderr())
	}
	if diff := cmp.Diff(want.Env, got.Env); diff != "" {
		t.Errorf("environment: %s", diff)
	}
	if got.Dir != want.Dir || got.Stdio[0] != want.Stdio[0] {
		t.Errorf("folder %q, stdin %s; without us %q, %s", got.Dir, got.Stdio[0], want.Dir, want.Stdio[0])
	}
	for fd, file := range map[int]string{1: p.out, 2: p.err} {
		var f syscall.Stat_t
		s.must(syscall.Stat(file, &f))
		if id := fmt.Sprintf("%d:%d", f.Dev, f.Ino); got.Stdio[fd] != id {
			t.Errorf("descriptor %d is %s, not %s", fd, got.Stdio[fd], id)
		}
	}
	if diff := cmp.Diff(want.Args, got.Args); diff != "" {
		t.Errorf("arguments: %s", diff)
	}
	if said := p.stderr(); said != "" {
		t.Errorf("a launch without a fault says %q", said)
	}
	if left := processesOf(electroscope()); len(left) > 0 {
		t.Errorf("processes of electroscope are left: %v", left)
	}
}

// processesOf are those that run a program, in this rig.
func processesOf(program string) []string {
	var found []string
	links, _ := filepath.Glob("/proc/[0-9]*/exe")
	for _, link := range links {
		if to, err := os.Readlink(link); err == nil && to == program {
			found = append(found, link)
		}
	}
	return found
}

func TestStatus(t *testing.T) {
	for then, want := range map[string]int{"exit 0": 0, "exit 7": 7, "exit 125": 125, "die 9": 128 + 9, "die 15": 128 + 15} {
		t.Run(then, func(t *testing.T) {
			s := newStage(t)
			s.catalogue(plain)
			s.standIn("plain-app", then)
			s.link()
			if p := s.start("plain"); p.status() != want {
				t.Errorf("status %d, want %d; stderr: %s", p.status(), want, p.stderr())
			}
		})
	}
}

func TestSignal(t *testing.T) {
	s := plainStage(t)
	exe := s.bin + "/plain-app"
	p := s.start("plain")
	p.report(exe)
	s.must(p.cmd.Process.Signal(syscall.SIGUSR1))
	if !until(soon, func() bool { _, err := os.Stat(heardFile(exe, p.pid())); return err == nil }) {
		t.Error("SIGUSR1 did not reach the app")
	}
	s.must(p.cmd.Process.Signal(syscall.SIGTERM))
	if got := p.status(); got != 128+int(syscall.SIGTERM) {
		t.Errorf("status %d after SIGTERM", got)
	}
}

// TestInherited looks at what exec keeps beside the environment, through programs
// that change nothing of it: signals that the parent ignores, open files, limits.
func TestInherited(t *testing.T) {
	s := newStage(t)
	s.catalogue(strings.ReplaceAll(plain, `"plain-app"`, `"grep"`) + "[apps.files]\nexec = [\"ls\"]\n")
	s.program("grep", "/bin/grep")
	s.program("ls", "/bin/ls")
	s.link()
	through := func(prefix, program string, args ...string) string {
		t.Helper()
		p := s.start("/bin/sh", append([]string{"-c", prefix + ` exec "$0" "$@"`, program}, args...)...)
		if got := p.status(); got != 0 || p.stderr() != "" {
			t.Fatalf("%s: status %d, stderr: %s", program, got, p.stderr())
		}
		return p.stdout()
	}
	const files = "exec 5</etc/passwd; exec 9</dev/null;"
	for _, test := range []struct{ name, prefix, link, program, option, file string }{
		{"SIGINT and SIGHUP ignored", "trap '' INT HUP;", "plain", "grep", "^Sig[IB]", "/proc/self/status"},
		{"nothing ignored", "", "plain", "grep", "^Sig[IB]", "/proc/self/status"},
		{"limits", "ulimit -n 777; ulimit -c 0;", "plain", "grep", "-v", "/proc/self/limits"},
		{"mask", "umask 0027;", "plain", "grep", "^Umask", "/proc/self/status"},
		{"open files", files, "files", "ls", "-1", "/proc/self/fd"},
		{"no open files", "", "files", "ls", "-1", "/proc/self/fd"},
	} {
		args := []string{test.option, test.file}
		if test.option == "-v" {
			args = []string{"-v", "Max pending", test.file}
		}
		want, got := through(test.prefix, s.bin+"/"+test.program, args...), through(test.prefix, s.links+"/"+test.link, args...)
		if diff := cmp.Diff(want, got); diff != "" || want == "" {
			t.Errorf("%s: %s", test.name, diff)
		}
	}
}
