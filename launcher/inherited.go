package launcher

import (
	"runtime"
	_ "unsafe" // for go:linkname
)

// Go's runtime changes a process before main: it installs signal handlers,
// unblocks the signals that end or stop a program (runtime/signal_unix.go,
// blockableSig), and of a variable that stands twice in the environment
// os.Environ gives the first alone. What the runtime still remembers of the
// process as it was is here; docs/faults.md lists what it does not.

// inheritedEnviron is the environment as execve(2) passed it, doubled and
// nameless entries included.
//
//go:linkname inheritedEnviron syscall.runtime_envs
func inheritedEnviron() []string

// restoreSignals takes the runtime's handlers away and blocks the signals that
// the parent had blocked, in this thread: what the runtime does in the child of
// a fork. It keeps that mask for the main thread and gives it to all others.
//
//go:linkname restoreSignals syscall.runtime_AfterForkInChild
func restoreSignals()

// StayOnMainThread has the caller run on the thread that it is on, for an init
// of package main: the main thread. A parent-death signal, a scheduling policy
// and a tracer belong to a thread, and only of the one that calls execve(2) they
// are kept (execve(2), prctl(2), ptrace(2)).
func StayOnMainThread() { runtime.LockOSThread() }
