package systemd

import (
	"syscall"
	"time"
)

// Pause is time.Sleep for a launch: one system call. A timer of the runtime sets up
// its poller, and if no descriptor is left for that it ends the process.
func Pause(d time.Duration) {
	left := syscall.NsecToTimespec(d.Nanoseconds())
	for syscall.Nanosleep(&left, &left) == syscall.EINTR {
	}
}
