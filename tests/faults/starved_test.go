//go:build rig

package faults

import (
	"bytes"
	"context"
	"fmt"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"
	"unsafe"
)

// starvations take away what a launch needs and a small program does not. What
// cannot hold then is what Go's own runtime needs before main.
func starvations() []attribute {
	const (
		thread = "Go's runtime starts a second thread before main"
		space  = "Go's runtime reserves address space before main"
	)
	var list []attribute
	add := func(name string, which int, values []uint64, below uint64, exception string) {
		for _, value := range values {
			a := attribute{name: fmt.Sprintf("%s %d", name, value), set: func(*process) error { return hardLimit(which, value) }}
			if value < below {
				a.exception = exception
			}
			list = append(list, a)
		}
	}
	const mega = 1 << 20
	add("descriptors", syscall.RLIMIT_NOFILE, []uint64{3, 4, 5, 6, 7, 8, 9, 10, 12, 16}, 0, "")
	add("address space", syscall.RLIMIT_AS, []uint64{16 * mega, 64 * mega, 128 * mega, 256 * mega, 400 * mega, 600 * mega, 1024 * mega, 2048 * mega}, 1024*mega, space)
	add("data", syscall.RLIMIT_DATA, []uint64{4 * mega, 16 * mega, 64 * mega, 1024 * mega}, 1024*mega, space)
	add("stack", syscall.RLIMIT_STACK, []uint64{128 << 10, 512 << 10}, 0, "")
	add("file size", syscall.RLIMIT_FSIZE, []uint64{0, 1}, 0, "")
	add("core size", syscall.RLIMIT_CORE, []uint64{0}, 0, "")
	add("processor seconds", syscall.RLIMIT_CPU, []uint64{1}, 0, "")
	const processes, locked, locks, queued, messages, niceness, realtime = 6, 8, 10, 11, 12, 13, 14 // getrlimit(2)
	add("processes", processes, []uint64{0, 1}, 2, thread)
	for name, which := range map[string]int{"locked memory": locked, "locks": locks, "queued signals": queued, "message queues": messages, "niceness": niceness, "realtime priority": realtime} {
		add(name, which, []uint64{0}, 0, "")
	}
	return append(list, forbidden(thread)...)
}

// forbidden are system calls that a filter refuses, as containers do it: EPERM, or
// ENOSYS as of an older kernel.
func forbidden(thread string) []attribute {
	const own = "Go's runtime calls it before main and ends without"
	exceptions := map[string]string{"clone": thread, "futex": own, "sigaltstack": own, "rt_sigprocmask": own, "rt_sigaction": own, "fcntl": own}
	calls := map[string]uintptr{
		"pidfd_open": 434, "socket": syscall.SYS_SOCKET, "connect": syscall.SYS_CONNECT, "sendmsg": syscall.SYS_SENDMSG,
		"sendto": syscall.SYS_SENDTO, "setsockopt": syscall.SYS_SETSOCKOPT, "prctl": syscall.SYS_PRCTL, "readlinkat": syscall.SYS_READLINKAT,
		"getcwd": syscall.SYS_GETCWD, "mkdirat": syscall.SYS_MKDIRAT, "unlinkat": syscall.SYS_UNLINKAT, "renameat": syscall.SYS_RENAMEAT,
		"fcntl": syscall.SYS_FCNTL, "flock": syscall.SYS_FLOCK, "epoll_create1": syscall.SYS_EPOLL_CREATE1, "epoll_ctl": syscall.SYS_EPOLL_CTL,
		"eventfd2": syscall.SYS_EVENTFD2, "pipe2": syscall.SYS_PIPE2, "clone": syscall.SYS_CLONE, "clone3": 435, "getrandom": 318,
		"sched_getaffinity": syscall.SYS_SCHED_GETAFFINITY, "uname": syscall.SYS_UNAME, "statfs": syscall.SYS_STATFS,
		"getdents64": syscall.SYS_GETDENTS64, "prlimit64": syscall.SYS_PRLIMIT64, "ioctl": syscall.SYS_IOCTL, "madvise": syscall.SYS_MADVISE,
		"nanosleep": syscall.SYS_NANOSLEEP, "futex": syscall.SYS_FUTEX, "tgkill": syscall.SYS_TGKILL, "sigaltstack": syscall.SYS_SIGALTSTACK,
		"rt_sigaction": syscall.SYS_RT_SIGACTION, "rt_sigprocmask": syscall.SYS_RT_SIGPROCMASK, "getuid": syscall.SYS_GETUID,
		"poll": syscall.SYS_POLL, "ppoll": syscall.SYS_PPOLL, "pread64": syscall.SYS_PREAD64, "newfstatat": syscall.SYS_NEWFSTATAT, "fstat": syscall.SYS_FSTAT,
	}
	var list []attribute
	for name, number := range calls {
		for how, errno := range map[string]syscall.Errno{"forbidden": syscall.EPERM, "unknown": syscall.ENOSYS} {
			list = append(list, attribute{name + " " + how, func(*process) error { return filter([]uintptr{number}, uint16(errno)) }, exceptions[name]})
		}
	}
	return list
}

func hardLimit(which int, value uint64) error {
	l := syscall.Rlimit{Cur: value, Max: value}
	return call(syscall.SYS_PRLIMIT64, 0, uintptr(which), uintptr(unsafe.Pointer(&l)), 0)
}

// filter refuses system calls from now on (seccomp(2)); none: it only is there.
func filter(numbers []uintptr, errno uint16) error {
	type instruction struct {
		code   uint16
		jt, jf uint8
		k      uint32
	}
	const load, equal, ret, allow, refuse = 0x20, 0x15, 0x06, 0x7fff0000, 0x00050000
	program := []instruction{{load, 0, 0, 0}} // the number, first in seccomp_data
	for _, n := range numbers {
		program = append(program, instruction{equal, 0, 1, uint32(n)}, instruction{ret, 0, 0, refuse | uint32(errno)})
	}
	program = append(program, instruction{ret, 0, 0, allow})
	head := struct {
		length uint16
		first  *instruction
	}{uint16(len(program)), &program[0]}
	const setNoNewPrivs, setSeccomp, modeFilter = 38, 22, 2
	if err := call(syscall.SYS_PRCTL, setNoNewPrivs, 1); err != nil {
		return err
	}
	return call(syscall.SYS_PRCTL, setSeccomp, modeFilter, uintptr(unsafe.Pointer(&head)))
}

// TestStarved compares the app by its link with the same without us: where the
// program itself does not run, nothing is asked of us.
func TestStarved(t *testing.T) {
	s := newStage(t, "/bin/sh", quiet)
	a := newArea(t, "starved limits and forbidden system calls")
	if said, ok := s.up("", s.link()); !ok {
		t.Fatalf("without a fault: %q", said)
	}
	list := starvations()
	each(len(list), 4, func(i int) {
		_, bare := s.up(list[i].name, s.app())
		said, ok := s.up(list[i].name, s.link())
		var err error
		if bare && !ok {
			err = fmt.Errorf("the app does not run: %.300q", said)
		}
		exception := list[i].exception
		if !bare {
			exception = ""
		}
		a.try(list[i].name, exception, err)
	})
}

// up tells whether a program that takes the attribute on gets as far as to say so.
func (s *stage) up(attribute, path string) (said string, ok bool) {
	ctx, cancel := context.WithTimeout(context.Background(), late)
	defer cancel()
	of := inheriting(attribute, path, path, "-c", "echo up")
	c := exec.CommandContext(ctx, of.Path, of.Args[1:]...)
	var out, complaints bytes.Buffer
	c.Env, c.Dir, c.Stdout, c.Stderr, c.WaitDelay = s.env, s.dir, &out, &complaints, time.Second
	err := c.Run()
	return complaints.String(), err == nil && strings.TrimSpace(out.String()) == "up"
}
