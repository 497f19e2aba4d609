//go:build rig

package faults

import (
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"syscall"
	"unsafe"
)

// A process is about to execute a program; an attribute changes what the program
// inherits.
type process struct {
	path      string
	argv, env []string
}

// inheritOption makes this test binary a process that takes an attribute on and
// then becomes a program: -inherit ATTRIBUTE PATH [ARGV...].
const inheritOption = "-inherit"

func init() {
	if len(os.Args) > 1 && os.Args[1] == inheritOption {
		runtime.LockOSThread() // the main thread: much of what is inherited is the calling thread's
	}
}

// inherit returns only with what went wrong.
func inherit(args []string) error {
	set, known := attributeOf(args[0])
	if !known {
		return fmt.Errorf("no attribute %q", args[0])
	}
	p := process{path: args[1], argv: args[2:], env: os.Environ()}
	if err := set(&p); err != nil {
		return fmt.Errorf("%s: %w", args[0], err)
	}
	return p.become()
}

// become is execve(2) by itself: syscall.Exec puts the limit of descriptors back.
func (p *process) become() error {
	path, err := syscall.BytePtrFromString(p.path)
	if err != nil {
		return err
	}
	argv, err := syscall.SlicePtrFromStrings(p.argv)
	if err != nil {
		return err
	}
	env, err := syscall.SlicePtrFromStrings(p.env)
	if err != nil {
		return err
	}
	_, _, errno := syscall.RawSyscall(syscall.SYS_EXECVE,
		uintptr(unsafe.Pointer(path)), uintptr(unsafe.Pointer(&argv[0])), uintptr(unsafe.Pointer(&env[0])))
	return errno
}

// inheriting is a command that takes the attribute on and becomes a program.
func inheriting(attribute, path string, argv ...string) *exec.Cmd {
	return exec.Command("/proc/self/exe", append([]string{inheritOption, attribute, path}, argv...)...)
}

// attributeOf finds one in every table of them.
func attributeOf(name string) (func(*process) error, bool) {
	for _, table := range [][]attribute{{{name: handOver, set: handConnections}}, attributes(), vectors(), starvations()} {
		for _, a := range table {
			if a.name == name {
				return a.set, true
			}
		}
	}
	return func(*process) error { return nil }, name == ""
}

// An attribute is one thing that a program inherits over exec (execve(2)).
type attribute struct {
	name string
	set  func(*process) error
	// exception is why it cannot be kept; docs/faults.md tells the user.
	exception string
}

// call is a system call whose result does not matter.
func call(number uintptr, args ...uintptr) error {
	var a [6]uintptr
	copy(a[:], args)
	if _, _, errno := syscall.RawSyscall6(number, a[0], a[1], a[2], a[3], a[4], a[5]); errno != 0 {
		return errno
	}
	return nil
}

// Of the signals, sigaction(2) and sigprocmask(2) in the form of the kernel.

const (
	sigIgnore  = 1
	sigBlock   = 0
	sigSetSize = 8
)

func ignored(signal int) func(*process) error {
	return func(*process) error {
		action := [4]uintptr{sigIgnore}
		return call(syscall.SYS_RT_SIGACTION, uintptr(signal), uintptr(unsafe.Pointer(&action)), 0, sigSetSize)
	}
}

func blocked(signal int) func(*process) error {
	return func(*process) error {
		mask := uint64(1) << (signal - 1)
		return call(syscall.SYS_RT_SIGPROCMASK, sigBlock, uintptr(unsafe.Pointer(&mask)), 0, sigSetSize)
	}
}

func pending(signal int) func(*process) error {
	return func(p *process) error {
		if err := blocked(signal)(p); err != nil {
			return err
		}
		return call(syscall.SYS_TGKILL, uintptr(os.Getpid()), uintptr(syscall.Gettid()), uintptr(signal))
	}
}
