//go:build rig

package faults

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// refusals are the errors that each system call of a launch is given, as the kernel may give them
// (its man page, "ERRORS"): no descriptor, no memory, no room on a disk, no permission, a file system
// or a socket that is not as it was.
var refusals = map[string][]string{
	"openat":     {"EMFILE", "ENFILE", "ENOMEM", "EACCES", "EPERM", "EIO", "ENOSPC", "EROFS", "ELOOP", "EINTR"},
	"read":       {"EIO", "ENOMEM", "EINTR", "EISDIR"},
	"pread64":    {"EIO", "ENOMEM", "EINTR"},
	"write":      {"ENOSPC", "EDQUOT", "EIO", "EPIPE", "EPERM", "EINTR"},
	"close":      {"EIO", "EINTR", "ENOSPC"},
	"fstat":      {"EIO", "ENOMEM", "EOVERFLOW"},
	"newfstatat": {"EIO", "ENOMEM", "EACCES", "ELOOP"},
	"statfs":     {"EIO", "ENOMEM", "ENOSYS"},
	"readlinkat": {"EIO", "ENOMEM", "EACCES"},
	"faccessat2": {"EIO", "ENOMEM", "ENOSYS", "EPERM"},
	"getcwd":     {"ENOENT", "ENOMEM", "EACCES"},
	"mkdirat":    {"ENOSPC", "EROFS", "EACCES", "EDQUOT", "EEXIST"},
	"renameat":   {"ENOSPC", "EROFS", "EACCES", "EXDEV"},
	"unlinkat":   {"EROFS", "EACCES", "EBUSY"},
	"flock":      {"EWOULDBLOCK", "EINTR", "ENOLCK"},
	"socket":     {"EMFILE", "ENFILE", "ENOMEM", "EACCES", "EAFNOSUPPORT"},
	"connect":    {"ECONNREFUSED", "EAGAIN", "EACCES", "ENOMEM", "EINTR"},
	"setsockopt": {"ENOPROTOOPT", "ENOMEM", "EDOM"},
	"getsockopt": {"ENOPROTOOPT", "ENOMEM"},
	"sendmsg":    {"EPIPE", "EAGAIN", "ENOBUFS", "ENOMEM", "EMSGSIZE", "ECONNRESET", "EINTR"},
	"sendto":     {"ENOENT", "EAGAIN", "ENOBUFS", "EMSGSIZE"},
	"recvfrom":   {"ECONNRESET", "EAGAIN", "ENOMEM", "EINTR", "EIO"},
	"pidfd_open": {"ENOSYS", "EMFILE", "ENOMEM", "EPERM", "EINVAL"},
	"ppoll":      {"EINTR", "ENOMEM"},
	"ioctl":      {"EIO", "EPERM"},
	"sysinfo":    {"EPERM", "ENOSYS"},
	"getdents64": {"EIO", "ENOENT"},
	"execve":     {"EACCES", "ENOENT", "ENOMEM", "E2BIG", "EIO", "EMFILE", "ETXTBSY", "EPERM", "ELIBBAD"},
	"prlimit64":  {"EPERM"},
	"geteuid":    nil, // it cannot fail
	"getpid":     nil,
}

// A calledAt is a system call of a launch: the n-th of its name.
type calledAt struct {
	name string
	n    int
}

// ofRuntime are the system calls of Go's own runtime, which ends the process if one of them fails;
// docs/faults.md tells of them.
var ofRuntime = []string{
	"futex", "mmap", "munmap", "madvise", "rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "sigaltstack", "clone", "clone3", "gettid", "tgkill",
	"nanosleep", "sched_yield", "epoll_create1", "eventfd2", "epoll_ctl", "epoll_pwait", "fcntl", "restart_syscall",
}

// calls lists the system calls of a launch by its main thread, on which all of it happens, from the
// first of main (the working folder is asked for) to the one that becomes the app. strace injects
// none into the execve of the program that it starts, which is the first, and does not count it.
func calls(trace string) []calledAt {
	count := map[string]int{"execve": -1}
	var list []calledAt
	begun := false
	for line := range strings.Lines(trace) {
		name, _, isCall := strings.Cut(line, "(")
		if !isCall || strings.ContainsAny(name, " -+") {
			continue
		}
		count[name]++
		begun = begun || name == "getcwd"
		if begun && !slices.Contains(ofRuntime, name) {
			list = append(list, calledAt{name, count[name]})
		}
		if begun && name == "execve" {
			break
		}
	}
	return list
}

// straced launches under strace(1), with one option more, as a process that stays our child (-D).
func (s *stage) straced(log, option string) (launch, error) {
	return s.runAs(s.env, func(c *exec.Cmd) {
		c.Args = slices.Concat([]string{"strace", "-D", "-q", "-o", log, "-e", option, c.Path}, c.Args[1:])
		c.Path = "/usr/bin/strace"
	})
}

// failing launches while one system call fails once, and gives that call. It is empty if the launch
// did not come so far: how often it reads from a socket is chance.
func (s *stage) failing(at calledAt, errno string) (l launch, call string, err error) {
	log, err := os.CreateTemp(s.dir, "trace")
	if err != nil {
		return launch{}, "", err
	}
	defer os.Remove(log.Name())
	defer log.Close()
	l, err = s.straced(log.Name(), fmt.Sprintf("inject=%s:error=%s:when=%d", at.name, errno, at.n))
	text, readErr := os.ReadFile(log.Name())
	if err == nil {
		err = readErr
	}
	for line := range strings.Lines(string(text)) {
		if strings.Contains(line, "(INJECTED)") {
			call = line
		}
	}
	return l, call, err
}

// TestCalls has each system call of a launch fail, each by errors of its own: make test at two of the
// places where the launch makes it, soak at each. Only if the file of the app itself cannot be looked
// at or executed may the app be refused.
func TestCalls(t *testing.T) {
	s := newStage(t, "/bin/sh", catalogue)
	a := newArea(t, "system calls that fail, one at a time")
	const atOnce = 2
	r := newRows(a, s, atOnce, func() (launch, error) { return s.straced("/dev/null", "trace=all") })
	log := s.dir + "/trace"
	_, err := s.straced(log, "trace=all")
	s.must(err)
	trace, err := os.ReadFile(log)
	s.must(err)
	places := map[string][]calledAt{}
	for _, at := range calls(string(trace)) {
		if _, known := refusals[at.name]; !known {
			t.Errorf("a launch calls %s, for which no errors are listed", at.name)
		}
		places[at.name] = append(places[at.name], at)
	}
	list := failingCalls(seeded(t), places)
	each(len(list), atOnce, func(i int) {
		at, errno := list[i].at, list[i].errno
		l, call, err := s.failing(at, errno)
		if err != nil || call != "" {
			// The file of the app itself is asked for in any case, by the kernel.
			r.launch(at.name, errno, strings.Contains(call, `"`+s.app()+`"`), l, err)
		}
	})
}

// A failingCall is one system call that fails, and how.
type failingCall struct {
	at    calledAt
	errno string
}

// failingCalls are all, or for make test some of each kind.
func failingCalls(random *rand.Rand, places map[string][]calledAt) []failingCall {
	var list []failingCall
	for name, errnos := range refusals {
		for _, errno := range errnos {
			n := len(places[name])
			for _, i := range random.Perm(n)[:min(n, sized(2, n))] {
				list = append(list, failingCall{places[name][i], errno})
			}
		}
	}
	slices.SortStableFunc(list, func(a, b failingCall) int { return strings.Compare(a.at.name+a.errno, b.at.name+b.errno) })
	return list
}
