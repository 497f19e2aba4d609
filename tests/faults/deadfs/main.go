// Deadfs mounts a file system that does not answer, as a network file system whose
// server has gone, and runs a command that can see it:
//
//	deadfs FOLDER COMMAND [ARG...]
//
// In FOLDER there are silent0, silent1 and so on, which answer for themselves and
// for nothing below them, and cwd0, cwd1 and so on, which can be entered and answer
// nothing about themselves any more. Who
// waits there can be killed, and is not disturbed by any other signal: so it is
// with a server that is stopped, and with NFS. The mount is in a namespace of its
// own and goes with the command. It needs root.
package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"syscall"
)

func main() {
	if len(os.Args) < 3 {
		fmt.Fprintln(os.Stderr, "usage: deadfs FOLDER COMMAND [ARG...]")
		os.Exit(2)
	}
	status, err := run(os.Args[1], os.Args[2:])
	if err != nil {
		fmt.Fprintln(os.Stderr, "deadfs:", err)
		os.Exit(99)
	}
	os.Exit(status)
}

// run mounts, and gives the command's exit status.
func run(folder string, command []string) (int, error) {
	runtime.LockOSThread() // the namespace is this thread's, and of what it forks
	if err := syscall.Unshare(syscall.CLONE_NEWNS | syscall.CLONE_FS); err != nil {
		return 0, fmt.Errorf("make a mount namespace: %w", err)
	}
	if err := syscall.Mount("", "/", "", syscall.MS_REC|syscall.MS_PRIVATE, ""); err != nil {
		return 0, fmt.Errorf("make the mounts private: %w", err)
	}
	device, err := syscall.Open("/dev/fuse", syscall.O_RDWR|syscall.O_CLOEXEC, 0)
	if err != nil {
		return 0, fmt.Errorf("open %q: %w", "/dev/fuse", err)
	}
	options := fmt.Sprintf("fd=%d,rootmode=40755,user_id=0,group_id=0,allow_other", device)
	if err := syscall.Mount("deadfs", folder, "fuse.deadfs", syscall.MS_NOSUID|syscall.MS_NODEV, options); err != nil {
		return 0, fmt.Errorf("mount at %q: %w", folder, err)
	}
	go serve(device)
	c := exec.Command(command[0], command[1:]...)
	c.Stdin, c.Stdout, c.Stderr = os.Stdin, os.Stdout, os.Stderr
	c.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGTERM}
	err = c.Run()
	var ended *exec.ExitError
	if errors.As(err, &ended) {
		return max(1, ended.ExitCode()), nil
	}
	return 0, err
}
