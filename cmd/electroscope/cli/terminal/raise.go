package terminal

import (
	"runtime"
	"syscall"
	"unsafe"
)

// sigaction has room for the kernel's struct sigaction of every architecture, and sigset is the
// size of its mask (rt_sigaction(2)). SIG_DFL without flags is all zeros.
type sigaction [64]byte

const sigset = 8

// raise has a signal do to this process what it does by default. It has done so when this
// returns, as it is sent to this thread. Of SIGTSTP that is to wait for SIGCONT, or nothing if no
// shell is there to send that: then the process group is orphaned (setpgid(2)).
//
// signal.Reset would not do: the runtime's handler stays, and drops SIGTSTP (runtime/signal_unix.go,
// sigdisable).
func raise(s syscall.Signal) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	var byDefault, before sigaction
	change(s, &byDefault, &before)
	syscall.Tgkill(syscall.Getpid(), syscall.Gettid(), s)
	change(s, &before, &byDefault)
}

func change(s syscall.Signal, to, from *sigaction) {
	syscall.RawSyscall6(syscall.SYS_RT_SIGACTION, uintptr(s), uintptr(unsafe.Pointer(to)), uintptr(unsafe.Pointer(from)), sigset, 0, 0)
}
