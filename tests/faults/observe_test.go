//go:build rig

package faults

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"unsafe"

	"electroscope/launcher/procstat"
)

// autogroup numbers sessions (sched(7)).
var autogroup = regexp.MustCompile(`/autogroup-\d+`)

// observe is what a process has inherited, as /proc and the kernel tell it of
// another (proc(5)).
func observe(pid int) map[string]string {
	proc := fmt.Sprintf("/proc/%d/", pid)
	seen := map[string]string{}
	status, _ := os.ReadFile(proc + "status")
	for line := range strings.SplitSeq(string(status), "\n") {
		name, value, _ := strings.Cut(line, ":\t")
		if slices.Contains([]string{
			"Umask", "Uid", "Gid", "Groups", "ShdPnd", "SigPnd", "SigBlk", "SigIgn", "CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb",
			"NoNewPrivs", "Seccomp", "Seccomp_filters", "THP_enabled", "Cpus_allowed_list", "Mems_allowed_list", "TracerPid",
		}, name) {
			seen[name] = value
		}
	}
	for _, file := range []string{"limits", "oom_score_adj", "coredump_filter", "timerslack_ns", "personality", "sessionid", "loginuid", "autogroup"} {
		text, _ := os.ReadFile(proc + file)
		seen[file] = autogroup.ReplaceAllString(string(text), "")
	}
	for _, link := range []string{"cwd", "root"} {
		seen[link], _ = os.Readlink(proc + link)
		// Each process has its own folder that is gone, or shut.
		seen[link] = strings.TrimRight(strings.TrimSuffix(seen[link], " (deleted)"), "0123456789")
	}
	maps, _ := os.ReadFile(proc + "numa_maps")
	seen["memory policy"] = strings.Join(strings.Fields(string(maps) + " x x")[1:2], "")
	seen["group, session, terminal"] = leader(proc, pid)
	for name, number := range map[string]uintptr{"policy": syscall.SYS_SCHED_GETSCHEDULER, "nice": syscall.SYS_GETPRIORITY, "ioprio": syscall.SYS_IOPRIO_GET} {
		args := map[string][2]uintptr{"policy": {uintptr(pid)}, "nice": {0, uintptr(pid)}, "ioprio": {1, uintptr(pid)}}[name]
		value, _, errno := syscall.RawSyscall(number, args[0], args[1], 0)
		seen[name] = fmt.Sprint(value, errno)
	}
	fds, _ := filepath.Glob(proc + "fd/*")
	for _, fd := range fds {
		to, _ := os.Readlink(fd)
		info, _ := os.ReadFile(proc + "fdinfo/" + filepath.Base(fd))
		flags, _, _ := strings.Cut(string(info), "mnt_id")
		seen["fd "+filepath.Base(fd)] = to + "\n" + flags
	}
	return seen
}

// leader tells whether the process leads its group and session, and the terminal:
// the numbers themselves are its own.
func leader(proc string, pid int) string {
	s, own := procstat.Read(proc), strconv.Itoa(pid)
	return fmt.Sprint(s.Field(5) == own, s.Field(6) == own, s.Field(7))
}

// waiting waits until the process has become the app and sleeps, or reads its
// stdin, so that the loader's descriptors are gone; false if it has ended or will
// not.
func waiting(c *exec.Cmd, bin string) bool {
	proc := fmt.Sprintf("/proc/%d/", c.Process.Pid)
	calls := []string{fmt.Sprint(syscall.SYS_CLOCK_NANOSLEEP, " "), fmt.Sprint(syscall.SYS_NANOSLEEP, " "), fmt.Sprint(syscall.SYS_READ, " 0x0 ")}
	over := false
	arrived := until(late, func() bool {
		if over = ended(c.Process.Pid); over {
			return true
		}
		exe, _ := os.Readlink(proc + "exe")
		now, _ := os.ReadFile(proc + "syscall")
		return filepath.Dir(exe) == bin && slices.ContainsFunc(calls, func(call string) bool { return strings.HasPrefix(string(now), call) })
	})
	return arrived && !over
}

// ended reports whether a child has, and leaves it to be waited for. /proc does not
// tell: while another thread than the first executes a program, the process is a
// zombie there for a moment, or absent.
func ended(child int) bool {
	const byPID, exited, keep = 1, 4, 0x1000000 // waitid(2)
	var info [32]uint32
	_, _, errno := syscall.RawSyscall6(syscall.SYS_WAITID, byPID, uintptr(child), uintptr(unsafe.Pointer(&info)), exited|syscall.WNOHANG|keep, 0, 0)
	return errno != 0 || info[0] == uint32(syscall.SIGCHLD) // si_signo
}

// state is the third field of /proc/PID/stat (proc_pid_stat(5)); 0 if there is no
// such process.
func state(pid int) byte {
	if s := procstat.Read("/proc/" + strconv.Itoa(pid)).Field(3); s != "" {
		return s[0]
	}
	return 0
}

// become starts a command, looks at the app that it becomes, and ends it.
func (s *stage) become(c *exec.Cmd, look func(*exec.Cmd)) error {
	said, err := os.Create(fmt.Sprintf("%s/stderr%p", s.dir, c))
	if err != nil {
		return err
	}
	defer os.Remove(said.Name())
	defer said.Close()
	c.Env, c.Dir, c.Stderr = s.env, s.dir, said
	if err := c.Start(); err != nil {
		return err
	}
	defer c.Wait()
	defer c.Process.Kill()
	if !waiting(c, s.bin) {
		text, _ := os.ReadFile(said.Name())
		return fmt.Errorf("the app does not run; state %q, stderr: %.300q", state(c.Process.Pid), text)
	}
	look(c)
	return nil
}

// seen is what the app that a command becomes has inherited.
func (s *stage) seen(c *exec.Cmd) (map[string]string, error) {
	var seen map[string]string
	err := s.become(c, func(c *exec.Cmd) {
		seen = observe(c.Process.Pid)
		// Each has an stderr of its own.
		seen["fd 2"] = strings.ReplaceAll(seen["fd 2"], c.Stderr.(*os.File).Name(), "stderr")
	})
	return seen, err
}

// compare holds an app against the same started without us.
func (s *stage) compare(attribute string) error {
	want, err := s.seen(inheriting(attribute, s.app(), s.app(), "600"))
	if err != nil {
		return fmt.Errorf("without us: %w", err)
	}
	got, err := s.seen(inheriting(attribute, s.link(), s.link(), "600"))
	if err != nil {
		return err
	}
	return differences(want, got)
}

func differences(want, got map[string]string) error {
	var all []string
	for name, value := range want {
		if got[name] != value {
			all = append(all, fmt.Sprintf("%s is %.200q, without us %.200q", name, got[name], value))
		}
	}
	for name, value := range got {
		if _, known := want[name]; !known {
			all = append(all, fmt.Sprintf("%s is %q, without us it is not there", name, value))
		}
	}
	if all == nil {
		return nil
	}
	slices.Sort(all)
	return errors.New(strings.Join(all, "; "))
}

// TestAttributes takes on each, alone, and becomes the app by its link and without.
func TestAttributes(t *testing.T) {
	s := newStage(t, "/bin/sleep", quiet)
	a := newArea(t, "attributes kept over exec")
	if err := s.compare(""); err != nil {
		t.Fatal(err)
	}
	list := attributes()
	each(len(list), 4, func(i int) { a.try(list[i].name, list[i].exception, s.compare(list[i].name)) })
}
