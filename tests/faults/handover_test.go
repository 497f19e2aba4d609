//go:build rig

package faults

import (
	"fmt"
	"os"
	"syscall"
)

// handOver connects to the real manager by all routes, in the process that is to
// become the launch, and hands the connections to the proxy on descriptor 3.
const handOver = "hand over"

func handConnections(*process) error {
	const control = 3
	for _, route := range routes {
		var fds []int
		for range handed {
			fd, err := syscall.Socket(syscall.AF_UNIX, syscall.SOCK_STREAM|syscall.SOCK_CLOEXEC, 0)
			if err != nil {
				return err
			}
			// A route that is not there has none to hand over.
			if err := syscall.Connect(fd, &syscall.SockaddrUnix{Name: fmt.Sprintf("/run/user/%d", os.Getuid()) + route}); err == nil {
				fds = append(fds, fd)
			}
		}
		if err := syscall.Sendmsg(control, []byte{0}, syscall.UnixRights(fds...), nil, 0); err != nil {
			return err
		}
	}
	// What has been taken over is no longer ours; the launch shall not inherit it.
	_, err := syscall.Read(control, make([]byte, 1))
	syscall.CloseOnExec(control)
	return err
}
